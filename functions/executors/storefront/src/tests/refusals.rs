use super::bench::{Bench, id, listing, name, publish};
use crate::Storefront;
use agent::{ExecuteError, Executor as _, testing::order};
use async_trait::async_trait;
use domain::{
    Action, ActionId, Money,
    action::{ExpensePay, RetentionOffer},
};
use shop::{Fault, FaultKind};
use shopify::{Client, Endpoint, NoToken, Token, TokenSource};
use std::sync::Arc;

struct Without(NoToken);

#[async_trait]
impl TokenSource for Without {
    async fn token(&self) -> Result<Token, NoToken> {
        Err(self.0.clone())
    }
}

async fn execute(executor: &Storefront, action: &Action) -> Result<agent::Evidence, ExecuteError> {
    executor.execute(&order(id(), action)).await
}

/// An executor of a shop that is not there, with these tokens.
fn nowhere(tokens: impl TokenSource + 'static) -> Storefront {
    let tokens: Arc<dyn TokenSource> = Arc::new(tokens);
    let endpoint = Endpoint::parse("http://127.0.0.1:9").unwrap();
    let http = shopdesk::http().unwrap();
    Storefront::new(Client::new(http, endpoint, tokens.clone()), tokens, None)
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent_and_it_says_so() {
    let cases = [
        (Storefront { shop: None }, "no shop is configured (`ROYAL_SHOP_URL`): nothing was sent"),
        (
            nowhere(Without(NoToken::Missing)),
            "there is no access token for the shop (`shopify-token`): nothing was sent",
        ),
    ];
    for (executor, says) in cases {
        let result = execute(&executor, &publish(listing("1"))).await;
        assert_eq!(result, Err(ExecuteError::NoCredential(says.to_owned())));
    }
}

#[tokio::test]
async fn a_credential_that_cannot_be_read_now_is_waited_for() {
    let executor = nowhere(Without(NoToken::Unreadable("timed out".into())));
    assert_eq!(name(execute(&executor, &publish(listing("1"))).await), "retry");
}

#[tokio::test]
async fn a_credential_that_the_shop_refuses_changes_nothing() {
    let bench = Bench::with_token("shpat_old").await;
    assert_eq!(name(bench.execute(id(), &publish(listing("1"))).await), "retry");
    assert_eq!(bench.products().len(), 0);
}

#[tokio::test]
async fn what_is_not_the_shops_is_refused_and_never_counts_as_executed() {
    let bench = Bench::open().await;
    let amount = Money::eur_cents(500);
    let pay = ExpensePay { bill: "1".into(), payee: "acme".into(), amount };
    let offer = RetentionOffer { customer: "1".into(), value: amount };
    for (action, kind) in [(Action::from(pay), "expense.pay"), (offer.into(), "retention.offer")] {
        let says = format!("this executor does not support `{kind}` yet");
        assert_eq!(bench.execute(id(), &action).await, Err(ExecuteError::Refused(says)));
        assert_eq!(bench.find(id(), &action).await, Ok(None));
    }
    assert_eq!(bench.requests(), 0);
}

#[tokio::test]
async fn a_handle_that_is_taken_is_refused_with_the_shops_reason() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let mut second = listing("2");
    second.handle.clone_from(&listing("1").handle);
    let Err(ExecuteError::Refused(why)) = bench.execute(id(), &publish(second)).await else {
        panic!("it was not refused");
    };
    assert!(why.contains("Handle 'oak-lamp-1' already in use"), "{why}");
    assert_eq!(bench.products().len(), 1);
}

#[tokio::test]
async fn a_busy_shop_is_waited_for_within_one_execution() {
    for kind in [FaultKind::Throttled, FaultKind::TooManyRequests] {
        let bench = Bench::open().await;
        let busy = ["productSet", "productUpdate", "publishablePublish"].map(|on| Fault::once(kind).on(on));
        bench.shop.faults().add(busy);
        bench.execute(ActionId::of("busy"), &publish(listing("1"))).await.unwrap();
        assert_eq!(bench.effects("1", "productSet"), 1, "{kind:?}");
    }
}
