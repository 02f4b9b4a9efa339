mod told;

use super::*;
use crate::{
    bench::{Table, action, checked, subject},
    seal::seal,
};
use domain::{
    Action, Record, Status,
    action::{RefundIssue, SupportReply},
    audit::day_of,
    life::Comment,
    money::Money,
};
use std::collections::BTreeMap;
use store::customer::{salt, salted};
use time::{Duration, macros::datetime};

const NOON: OffsetDateTime = datetime!(2026-11-18 12:00 UTC);
const WORDS: [&str; 5] = ["Jansen", "jan@example.com", "Kerkstraat", "kapotte mok", "0612345678"];

fn about(n: u32, action_of: impl Into<Action>, status: Status) -> Record {
    let mut record = action(n, NOON);
    record.proposal.action = action_of.into();
    record.proposal.case.title = "Mevrouw Jansen schrijft over een kapotte mok".into();
    record.proposal = salted(record.proposal);
    record.digest = record.proposal.digest().unwrap();
    record.bound = record.proposal.bound(&record.decision.revision).unwrap();
    record.comments = vec![Comment { account: "sam".into(), text: "belt vanaf 0612345678".into(), at: NOON }];
    Record { status, ..record }
}

fn reply() -> SupportReply {
    SupportReply {
        conversation: "c-7".into(),
        customer: Some("7".into()),
        body: "Beste mevrouw Jansen, wij sturen een nieuwe mok naar Kerkstraat 1".into(),
        intent: Some("broken_item".into()),
        topics: Vec::new(),
    }
}

fn refund() -> RefundIssue {
    RefundIssue { order: "1001".into(), customer: "7".into(), amount: Money::eur_cents(2000) }
}

/// A customer with a reply that was sent, one that was not, and a refund that is being paid.
async fn world(table: &Table) -> [Record; 3] {
    let personal = [("name", "Jansen"), ("email", "jan@example.com"), ("address", "Kerkstraat 1")];
    let personal: BTreeMap<_, _> = personal.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let customer = Customer::new("7", personal, salt(), NOON);
    let mut tx = table.store.tx(NOON);
    tx.create(&customer, domain::audit::Entry::new(Actor::Function("webhooks".into()), "learned of", "KNOWN")).unwrap();
    tx.commit().await.unwrap();
    let sent = about(1, reply(), Status::Executing);
    let other = SupportReply { body: "Nog een brief aan Kerkstraat 1".into(), ..reply() };
    let unsent = about(2, other, Status::Pending);
    let paid = about(3, refund(), Status::Executing);
    for record in [&sent, &unsent, &paid] {
        table.create(record, NOON).await;
    }
    let said = "Jansen mailde vanaf jan@example.com";
    table.advance(sent.proposal.id, Status::Executed, said, NOON + Duration::minutes(1)).await;
    [sent, unsent, paid]
}

#[tokio::test]
async fn a_customer_is_forgotten_and_the_record_stays_whole() {
    let table = Table::new().await;
    let [sent, unsent, paid] = world(&table).await;
    let found = table.store.actions_of("7", None, 100).await.unwrap().items;
    assert_eq!(found.len(), 3, "all of them are found by the customer");
    let (day, next) = (day_of(NOON), datetime!(2026-11-19 12:00 UTC));
    for minutes in 0..3 {
        seal(&table.store, next + Duration::minutes(minutes)).await.unwrap();
    }
    let seal_before = table.store.seal(day).await.unwrap().unwrap().value.seal.unwrap();
    let before = table.export((day, day_of(next)), next).await;
    assert!(WORDS.iter().all(|word| !before.contains(word)), "the record never had them");

    let support = Actor::Person("sam".into());
    let first = table.store.forget_customer("7", &support, next).await.unwrap();
    assert_eq!((first.cleared, &first.waiting[..]), (2, &[paid.proposal.id][..]));
    let status = async || table.store.get::<Customer>("7").await.unwrap().unwrap().value.status();
    assert_eq!(status().await, "ERASING");
    table.advance(paid.proposal.id, Status::Executed, "paid back", next + Duration::minutes(1)).await;
    forget(&table.store, next + Duration::minutes(2)).await.unwrap();
    assert_eq!(status().await, "ERASED");
    assert!(table.store.actions_of("7", None, 100).await.unwrap().items.is_empty());

    let everything = table.everything().await;
    for word in WORDS {
        assert!(!everything.contains(word), "`{word}` is still there");
    }
    let unsent_now = table.store.get::<Record>(&unsent.proposal.id.to_string()).await.unwrap().unwrap();
    assert_eq!(unsent_now.value.status, Status::Rejected, "no letter goes to who is forgotten");
    for record in [&sent, &unsent, &paid] {
        assert!(!everything.contains(record.proposal.salt.as_deref().unwrap()), "the record can be told nothing");
        let spoke = record.proposal.action.clone().wordless() != record.proposal.action;
        assert!(!spoke || !everything.contains(record.digest.as_str()), "nothing to hold a guess against");
        let verdict = table.store.verify_subject(&subject(record)).await.unwrap();
        assert!(verdict.holds(), "{:?}", verdict.faults);
    }
    assert!(table.store.verify_subject("CUSTOMER#7").await.unwrap().holds());
    let verdict = table.store.verify_day(day).await.unwrap();
    assert!(verdict.holds(), "{:?}", verdict.faults);
    assert_eq!(table.store.seal(day).await.unwrap().unwrap().value.seal.unwrap(), seal_before);
    let after = table.export((day, day_of(next)), next).await;
    assert!(after.contains("\"erased\""), "it is on record that they are gone");
    for (when, export) in [("before", &before), ("after", &after)] {
        let verdict = checked(export);
        assert!(verdict.holds(), "the export {when}: {:?}", verdict.faults);
        assert_eq!(verdict.seals[0], seal_before);
    }
}

#[tokio::test]
async fn one_whom_only_actions_know_can_be_forgotten_too() {
    let table = Table::new().await;
    let record = about(1, reply(), Status::Executed);
    table.create(&record, NOON).await;
    let forgotten = table.store.forget_customer("7", &Actor::Person("sam".into()), NOON).await.unwrap();
    assert_eq!((forgotten.cleared, forgotten.waiting.len()), (1, 0));
    assert!(!table.everything().await.contains("Jansen"));
    let again = table.store.forget_customer("7", &Actor::Person("sam".into()), NOON).await.unwrap();
    assert_eq!(again.cleared, 0);
}
