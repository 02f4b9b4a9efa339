//! Forgetting at the shop's word.

use super::*;
use domain::{Contact, News, contact::Address};
use store::{CommitError, news::Accepted};

const PERSON: [&str; 7] =
    ["Edda Farnbach", "edda@example.com", "Lantern Street 5", "+49 40 555 0100", "203.0.113.9", "20095", "DE123456789"];

fn contact(customer: &str, order: &str) -> Contact {
    let [name, email, street, phone, ip, zip, vat] = PERSON.map(|word| Some(word.to_owned()));
    let address = Address { name, address1: street, zip, phone: phone.clone(), ..Address::default() };
    Contact {
        order: order.into(),
        customer: customer.into(),
        email,
        phone,
        shipping: Some(address.clone()),
        billing: Some(address),
        vat_number: vat,
        ip,
        updated: NOON,
    }
}

fn news(id: &str, said: Said) -> News {
    let (topic, from) = ("customers/redact".to_owned(), "acme.myshopify.com".to_owned());
    News { id: id.into(), topic, from, triggered: NOON, received: NOON, said }
}

/// A customer of two orders, a guest, and somebody who asked nothing.
async fn world(table: &Table) {
    let people = [("7", "70"), ("7", "71"), ("guest-72", "72"), ("8", "80")];
    for (customer, order) in people {
        let message = news(&format!("of-{order}"), Said::OrderChanged { order: order.into() });
        let kept = table.store.accept(&message, Some(&contact(customer, order))).await.unwrap();
        assert_eq!(kept, Accepted::New);
    }
    table.create(&about(1, reply(), Status::Executed), NOON).await;
}

/// When they are forgotten: the day of the orders is sealed by then.
const NEXT: OffsetDateTime = datetime!(2026-11-19 12:00 UTC);

async fn redact(table: &Table, id: &str, said: Said) {
    table.store.accept(&news(id, said), None).await.unwrap();
    told(&table.store, id, NEXT).await.unwrap();
}

#[tokio::test]
async fn who_is_to_be_forgotten_leaves_no_trace_and_comes_back_with_no_late_message() {
    let table = Table::new().await;
    world(&table).await;
    let before = table.everything().await;
    assert!(PERSON.iter().all(|word| before.contains(word)), "the person is there");
    for minutes in 0..3 {
        seal(&table.store, NEXT + Duration::minutes(minutes)).await.unwrap();
    }
    let orders = ["70", "71", "72"].map(str::to_owned).to_vec();
    redact(&table, "one", Said::Redact { customer: Some("7".into()), orders: orders.clone() }).await;
    redact(&table, "two", Said::Redact { customer: None, orders }).await;
    assert_eq!(table.store.contacts("8", None).await.unwrap().len(), 1, "nobody else is forgotten");
    let late = news("late", Said::OrderChanged { order: "70".into() });
    let kept = table.store.accept(&late, Some(&contact("7", "70"))).await.unwrap();
    assert_eq!(kept, Accepted::New, "the message is kept");
    redact(&table, "three", Said::Redact { customer: Some("8".into()), orders: Vec::new() }).await;

    let everything = table.everything().await;
    for word in PERSON.iter().chain(&WORDS) {
        assert!(!everything.contains(word), "`{word}` is still there");
    }
    for subject in ["CUSTOMER#7", "CUSTOMER#8", "CUSTOMER#guest-72"] {
        let verdict = table.store.verify_subject(subject).await.unwrap();
        assert!(verdict.holds(), "{subject}: {:?}", verdict.faults);
    }
    let day = table.store.verify_day(day_of(NOON)).await.unwrap();
    assert!(day.faults.is_empty(), "{:?}", day.faults);
    let export = table.export((day_of(NOON), day_of(NEXT)), NEXT).await;
    assert!(PERSON.iter().chain(&WORDS).all(|word| !export.contains(word)), "nor in an export");
}

#[tokio::test]
async fn messages_of_one_transaction_come_in_together_without_who_is_known_better_or_forgotten() {
    let table = Table::new().await;
    world(&table).await;
    redact(&table, "one", Said::Redact { customer: Some("8".into()), orders: Vec::new() }).await;
    let changed = |order: &str| news(&format!("again-{order}"), Said::OrderChanged { order: order.into() });
    let older = Contact { email: None, updated: NOON - Duration::hours(1), ..contact("7", "70") };
    let newer = Contact { email: None, updated: NOON + Duration::hours(1), ..contact("7", "71") };
    let told = [("70", older), ("71", newer), ("73", contact("7", "73")), ("80", contact("8", "80"))];
    let mut tx = table.store.tx(NEXT);
    for (order, contact) in &told {
        tx.hear(&changed(order), Some(contact)).unwrap();
    }
    tx.commit().await.unwrap();
    for (order, _) in &told {
        assert!(table.store.news(&format!("again-{order}")).await.unwrap().is_some(), "{order}");
    }
    let kept = table.store.contacts("7", None).await.unwrap();
    let mails: Vec<_> = kept.iter().map(|contact| (contact.order.as_str(), contact.email.is_some())).collect();
    assert_eq!(mails, [("70", true), ("71", false), ("73", true)]);
    assert!(table.store.contacts("8", None).await.unwrap().is_empty(), "who was forgotten does not come back");
}

#[tokio::test]
async fn a_message_that_was_kept_before_keeps_the_whole_transaction_out_and_is_left_out_beforehand() {
    let table = Table::new().await;
    world(&table).await;
    let (old, new) = (news("of-70", Said::Unused), news("new", Said::Unused));
    let mut tx = table.store.tx(NEXT);
    tx.hear(&new, Some(&contact("7", "74"))).unwrap();
    tx.hear(&old, Some(&contact("7", "70"))).unwrap();
    assert!(matches!(tx.commit().await, Err(CommitError::Conflict(row)) if row == "WEBHOOK#of-70"));
    assert_eq!(table.store.news("new").await.unwrap(), None);
    let told = vec![(old.clone(), None), (new.clone(), None), (new.clone(), None)];
    assert_eq!(table.store.unheard(told).await.unwrap(), [(new, None)]);
    assert_eq!(table.store.accept(&old, None).await.unwrap(), Accepted::Before);
}

#[tokio::test]
async fn a_shop_that_leaves_takes_all_its_customers_along() {
    let table = Table::new().await;
    world(&table).await;
    let personal = BTreeMap::from([("email".to_owned(), "edda@example.com".to_owned())]);
    let known = Customer::new("9", personal, salt(), NOON);
    let mut tx = table.store.tx(NOON);
    tx.create(&known, domain::audit::Entry::new(Actor::Function("webhooks".into()), "learned of", "KNOWN")).unwrap();
    tx.commit().await.unwrap();
    redact(&table, "one", Said::RedactShop).await;
    let everything = table.everything().await;
    for word in PERSON {
        assert!(!everything.contains(word), "`{word}` is still there");
    }
    assert!(table.store.people(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_message_that_is_not_there_or_asks_for_nothing_is_rejected() {
    let table = Table::new().await;
    assert!(matches!(told(&table.store, "none", NOON).await, Err(Failure::Reject(_))));
    table.store.accept(&news("one", Said::Unused), None).await.unwrap();
    assert!(matches!(told(&table.store, "one", NOON).await, Err(Failure::Reject(_))));
}
