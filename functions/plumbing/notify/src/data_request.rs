//! Telling that a customer asks what is kept.

use crate::{Notify, later};
use domain::{News, Role, news::Said};
use notices::Notice;
use runtime::Failure;
use time::Duration;

/// Who hands data out.
const KEEPERS: [Role; 2] = [Role::Owner, Role::Support];
/// Within this time the customer has to have it (GDPR, article 12 (3): a month).
const WITHIN: Duration = Duration::days(30);

impl Notify {
    /// Tells of the request in the message `id`.
    pub(crate) async fn data_request(&self, id: &str, turn: &str) -> Result<(), Failure> {
        let Some(news) = self.store().news(id).await.map_err(later)? else {
            return Err(Failure::Reject(format!("there is no message `{id}`")));
        };
        match notice(&news) {
            Some(notice) => self.outbox.send(&notice, turn).await,
            None => Err(Failure::Reject(format!("nobody is told of message `{id}`"))),
        }
    }
}

/// Who asks and where the answer is: a number and an address, nothing personal.
fn notice(news: &News) -> Option<Notice> {
    let Said::DataRequest { customer, orders } = &news.said else { return None };
    let notice = Notice::new(
        format!("data-request/{}", news.id),
        &KEEPERS,
        "Data request",
        &format!("customer {customer} asks what is kept"),
    );
    let notice = notice
        .fact("Customer", customer)
        .fact("Orders", &orders.join(", "))
        .fact("Everything that is kept", &format!("GET /api/v1/customers/{customer}"))
        .when("Asked", news.triggered)
        .when("To be answered by", news.triggered + WITHIN);
    Some(notice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn news(said: Said) -> News {
        let (topic, from) = ("customers/data_request".to_owned(), "acme.myshopify.com".to_owned());
        let at = datetime!(2026-11-20 12:00 UTC);
        News { id: "one".into(), topic, from, triggered: at, received: at, said }
    }

    #[test]
    fn who_asks_and_where_the_answer_is_are_told_and_nothing_else() {
        let said = Said::DataRequest { customer: "191167".into(), orders: vec!["299938".into(), "280263".into()] };
        let notice = notice(&news(said)).unwrap();
        assert_eq!((notice.key(), notice.roles()), ("data-request/one", &[Role::Owner, Role::Support][..]));
        assert_eq!(notice.subject(), "Data request: customer 191167 asks what is kept");
        let told = notice.ours();
        assert!(told.contains("GET /api/v1/customers/191167") && told.contains("299938, 280263"), "{told}");
        assert!(told.contains("2026-12-20"), "a month is left: {told}");
    }

    #[test]
    fn nothing_else_is_told() {
        assert!(notice(&news(Said::RedactShop)).is_none());
    }
}
