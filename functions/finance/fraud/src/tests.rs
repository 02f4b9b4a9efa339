use super::*;
use agent::testing::{Bench, NOW};
use domain::{
    Action, Contact, Currency, Money, Order,
    contact::Address,
    order::{Line, OrderStage, Payment, Snapshot, Totals},
    task::Wake,
};
use serde_json::json;
use shopify::Error;

struct Desk(Said);

#[async_trait]
impl Shop for Desk {
    async fn about(&self, _order: &str, _customer: &str, _now: OffsetDateTime) -> Result<Said, Error> {
        Ok(self.0.clone())
    }
}

fn euro(cents: i32) -> Money {
    Money::eur_cents(cents)
}

fn snapshot(total: i32) -> Snapshot {
    let line = Line {
        id: "11".to_owned(),
        sku: Some("lamp-S".to_owned()),
        product: None,
        variant: None,
        title: "Lamp".to_owned(),
        quantity: 1,
        price: euro(total),
        discount: euro(0),
        tax: euro(0),
        ships: true,
    };
    Snapshot {
        order: "820982911946154508".to_owned(),
        name: "#1001".to_owned(),
        customer: "7".to_owned(),
        country: Some("DE".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines: vec![line],
        totals: Totals {
            subtotal: euro(total),
            shipping: euro(0),
            tax: euro(0),
            discount: euro(0),
            total: euro(total),
            outstanding: euro(0),
        },
        test: false,
        cancelled: None,
        placed: NOW,
        updated: NOW,
    }
}

fn contact(country: &str, mail: &str) -> Contact {
    let address = |country: &str| Address {
        city: Some("Hamburg".to_owned()),
        country: Some(country.to_owned()),
        ..Address::default()
    };
    Contact {
        order: "820982911946154508".to_owned(),
        customer: "7".to_owned(),
        email: Some(mail.to_owned()),
        phone: None,
        shipping: Some(address("DE")),
        billing: Some(address(country)),
        vat_number: None,
        ip: None,
        updated: NOW,
    }
}

fn regular() -> Said {
    Said { before: Some(5), day: Some(1), risk: Some("low") }
}

async fn scored(order: Order, contact: Option<Contact>, said: Said) -> Turn {
    let mut bench = Bench::of::<Fraud>();
    let id = order.id().to_owned();
    bench.known.orders = vec![order];
    bench.known.contacts = contact.into_iter().collect();
    bench.ask(&Fraud::new(Some(Arc::new(Desk(said)))), "score", json!({ "order": id })).await.unwrap()
}

fn kinds(turn: &Turn) -> Vec<&str> {
    turn.proposals.iter().map(|draft| draft.action.kind()).collect()
}

#[tokio::test]
async fn an_ordinary_order_passes_with_what_was_not_known_named() {
    let turn = scored(Order::new(snapshot(5000), NOW), Some(contact("DE", "a@posteo.de")), regular()).await;
    let checked: Checked = serde_json::from_value(turn.report.clone()).unwrap();
    assert_eq!((checked.score, checked.band), (0, Band::Low));
    assert_eq!(checked.missing, ["categories"]);
    assert!(turn.proposals.is_empty());
}

#[tokio::test]
async fn a_high_order_is_held() {
    let said = Said { before: Some(0), ..regular() };
    let turn = scored(Order::new(snapshot(120_000), NOW), Some(contact("US", "a@posteo.de")), said).await;
    let checked: Checked = serde_json::from_value(turn.report.clone()).unwrap();
    let found: Vec<_> = checked.evidence.iter().map(|found| (found.code.as_str(), found.points)).collect();
    assert_eq!(found, [("country_differs", 40), ("first_order", 25), ("value_highest", 35)]);
    assert_eq!((checked.score, checked.band), (100, Band::Blocked));
    assert_eq!(kinds(&turn), ["order.hold"]);
    let medium = scored(Order::new(snapshot(60_000), NOW), Some(contact("US", "a@posteo.de")), regular()).await;
    assert_eq!((&medium.report["band"], kinds(&medium)), (&json!("medium"), vec!["order.hold"]));
    let said = Said { before: Some(1), ..regular() };
    let high = scored(Order::new(snapshot(60_000), NOW), Some(contact("US", "a@posteo.de")), said).await;
    assert_eq!(kinds(&high), ["order.hold"]);
    let Action::OrderHold(hold) = &high.proposals[0].action else { panic!("{:?}", high.proposals) };
    assert_eq!(hold.reason, "fraud_review");
}

#[tokio::test]
async fn what_cannot_be_scored_is_held_and_never_passes() {
    let turn = scored(Order::new(snapshot(5000), NOW), None, Said::default()).await;
    let checked: Checked = serde_json::from_value(turn.report.clone()).unwrap();
    assert_eq!(checked.band, Band::High);
    assert!(checked.missing.contains(&"orders_before".to_owned()), "{:?}", checked.missing);
    assert_eq!(kinds(&turn), ["order.hold"]);
    let Action::OrderHold(hold) = &turn.proposals[0].action else { panic!("{:?}", turn.proposals) };
    assert_eq!(hold.reason, "fraud_unscored");
    let dollars = Money::parse("10", "USD".parse::<Currency>().unwrap()).unwrap();
    let mut other = snapshot(5000);
    other.totals.total = dollars;
    let turn = scored(Order::new(other, NOW), Some(contact("DE", "a@posteo.de")), regular()).await;
    assert_eq!(turn.report["band"], "high");
}

#[tokio::test]
async fn a_medium_order_is_held_until_its_checks_pass_and_then_let_go() {
    let said = Said { before: Some(0), risk: None, ..regular() };
    let fresh = Order::new(snapshot(30_000), NOW);
    let turn = scored(fresh.clone(), Some(contact("DE", "a@trashmail.com")), said.clone()).await;
    assert_eq!(turn.report["band"], "high", "25 + 10 + 45");
    let medium = Said { before: Some(1), risk: None, ..regular() };
    let fresh = Order::new(snapshot(60_000), NOW);
    let turn = scored(fresh.clone(), Some(contact("DE", "a@posteo.de")), medium.clone()).await;
    let checked: Checked = serde_json::from_value(turn.report.clone()).unwrap();
    assert_eq!((checked.score, checked.band, checked.checks_passed), (40, Band::Medium, Some(false)));
    assert_eq!(kinds(&turn), ["order.hold"]);
    let held = Order { stage: OrderStage::Held, checked: Some(checked), ..fresh };
    let again = scored(held.clone(), Some(contact("DE", "a@posteo.de")), medium).await;
    assert_eq!(kinds(&again), Vec::<&str>::new(), "nothing is new");
    let passed = Said { before: Some(1), ..regular() };
    let turn = scored(held, Some(contact("DE", "a@posteo.de")), passed).await;
    assert_eq!(turn.report["checksPassed"], true);
    assert_eq!(kinds(&turn), Vec::<&str>::new(), "the manager lets it go");
}

#[tokio::test]
async fn an_order_that_nobody_knows_is_refused() {
    let bench = Bench::of::<Fraud>();
    let refused = bench.ask(&Fraud::new(None), "score", json!({ "order": "1" })).await.unwrap_err();
    assert!(matches!(refused, AgentError::Reject(_)), "{refused}");
}

#[test]
fn only_providers_of_addresses_that_are_thrown_away_are_disposable() {
    for (mail, disposable) in [
        ("a@posteo.de", Some(false)),
        ("A@GMAIL.com", Some(false)),
        ("someone@example.com", Some(false)),
        ("x@mailinator.com", Some(true)),
        ("x@guerrillamail.com", Some(true)),
        ("x@trashmail.com", Some(true)),
        ("nobody", None),
        ("nobody@", None),
    ] {
        assert_eq!(mail_is_disposable(mail), disposable, "{mail}");
    }
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = agent::testing::wakes(include_str!("../../../../events/sqs/finance-fraud.json"));
    assert!(matches!(&wakes[..], [Wake::Task { .. }]), "{wakes:?}");
}
