//! Orders in a sandbox shop: each action once, whatever fails, and never beyond what the shop has.

use super::bench::{Bench, id, name};
use agent::{Evidence, ExecuteError};
use domain::{
    Action, ActionId, Money,
    action::{CompensationOffer, OrderCancel, OrderHold, OrderRelease, OrderShip, RefundIssue},
    order::{Portion, Tracking},
};
use serde_json::Value;
use shop::FaultKind;

const KINDS: [FaultKind; 6] = [
    FaultKind::Throttled,
    FaultKind::TooManyRequests,
    FaultKind::InternalErrorBefore,
    FaultKind::InternalErrorAfter,
    FaultKind::DroppedBefore,
    FaultKind::DroppedAfter,
];

async fn open(mut bench: Bench) -> (Bench, Value) {
    bench = stocked(bench).await;
    bench.bought().await;
    let order = bench.order().await;
    (bench, order)
}

async fn stocked(bench: Bench) -> Bench {
    bench.publish("1").await;
    bench
}

fn number(order: &Value) -> String {
    order["id"].to_string()
}

fn hold(order: &Value) -> Action {
    OrderHold { order: number(order), reason: "fraud_review".to_owned() }.into()
}

fn release(order: &Value) -> Action {
    OrderRelease { order: number(order) }.into()
}

/// A parcel with so many units of a line.
fn ship(order: &Value, line: usize, quantity: u32, tracking: Option<&str>) -> Action {
    let of = &order["line_items"][line];
    let sku = of["sku"].as_str().unwrap().to_owned();
    let tracking = tracking.map(|number| Tracking {
        number: number.to_owned(),
        carrier: Some("DHL".to_owned()),
        url: Some(format!("https://track.example/{number}")),
    });
    OrderShip {
        order: number(order),
        customer: order["customer"]["id"].to_string(),
        parcel: ActionId::of("the parcel"),
        portions: vec![Portion { line: of["id"].to_string(), sku, quantity }],
        tracking,
    }
    .into()
}

fn refund(order: &Value, cents: i32) -> Action {
    let customer = order["customer"]["id"].to_string();
    RefundIssue { order: number(order), customer, amount: Money::eur_cents(cents) }.into()
}

fn cancel(order: &Value, cents: i32) -> Action {
    OrderCancel { order: number(order), amount: Money::eur_cents(cents) }.into()
}

/// What the shop says of the order that an action can change: everything but times and the numbers it gave.
fn told(order: &Value) -> Value {
    let parcels = order["fulfillments"].as_array().unwrap().iter();
    let refunds = order["refunds"].as_array().unwrap().iter();
    serde_json::json!({
        "payment": order["financial_status"],
        "fulfilled": order["fulfillment_status"],
        "cancelled": order["cancelled_at"].is_string(),
        "parcels": parcels.map(|parcel| parcel["tracking_number"].clone()).collect::<Vec<_>>(),
        "refunds": refunds.map(|refund| refund["transactions"][0]["amount"].clone()).collect::<Vec<_>>(),
    })
}

/// Carries out what `action` makes of a fresh order, with each of its requests failing once in each way.
async fn every_request_fails_once(action: fn(&Value) -> Action) {
    let (calm, order) = open(Bench::open().await).await;
    let before = calm.requests();
    let wanted: Evidence = calm.carry_out(id(), &action(&order)).await.unwrap();
    let last = calm.requests();
    let wanted = (wanted.detail, told(&calm.order().await));
    assert!(last > before + 1);
    for kind in KINDS {
        for k in before + 1..=last {
            let (bench, order) = open(Bench::failing(k, kind).await).await;
            let done = bench.carry_out(id(), &action(&order)).await;
            let done = done.unwrap_or_else(|error| panic!("{kind:?} at request {k}: {error}"));
            assert_eq!((done.detail, told(&bench.order().await)), wanted, "{kind:?} at request {k}");
            let again = bench.find(id(), &action(&order)).await.unwrap();
            assert!(again.is_some(), "{kind:?} at request {k}: it is found again");
        }
    }
}

fn compensate(order: &Value) -> Action {
    let customer = order["customer"]["id"].to_string();
    CompensationOffer { order: number(order), customer, amount: Money::eur_cents(500) }.into()
}

#[tokio::test]
async fn a_code_for_trouble_survives_every_fault() {
    every_request_fails_once(compensate).await;
}

#[tokio::test]
async fn a_guest_gets_no_code() {
    let (bench, order) = open(Bench::open().await).await;
    let offer =
        CompensationOffer { order: number(&order), customer: "guest-1".to_owned(), amount: Money::eur_cents(500) };
    assert_eq!(name(bench.execute(id(), &offer.into()).await), "refused");
}

#[tokio::test]
async fn holding_survives_every_fault() {
    every_request_fails_once(hold).await;
}

#[tokio::test]
async fn announcing_a_parcel_survives_every_fault() {
    every_request_fails_once(|order| ship(order, 0, 2, Some("T1"))).await;
}

#[tokio::test]
async fn paying_back_survives_every_fault() {
    every_request_fails_once(|order| refund(order, 500)).await;
}

#[tokio::test]
async fn cancelling_survives_every_fault() {
    every_request_fails_once(|order| cancel(order, 4360)).await;
}

#[tokio::test]
async fn a_held_order_is_not_announced_until_it_is_released() {
    let (bench, order) = open(Bench::open().await).await;
    bench.execute(id(), &hold(&order)).await.unwrap();
    assert_eq!(
        bench.find(id(), &hold(&order)).await.unwrap().unwrap().detail,
        format!("1 part(s) of order {} are held", number(&order))
    );
    assert_eq!(name(bench.execute(ActionId::of("ship"), &ship(&order, 0, 1, None)).await), "premise");
    let other = ActionId::of("another hold");
    bench.execute(other, &hold(&order)).await.unwrap();
    bench.execute(ActionId::of("release"), &release(&order)).await.unwrap();
    assert_eq!(bench.find(id(), &hold(&order)).await, Ok(None), "all holds of ours are gone");
    bench.execute(ActionId::of("ship"), &ship(&order, 0, 1, None)).await.unwrap();
}

#[tokio::test]
async fn no_more_is_announced_than_is_left_to_send_and_nothing_twice() {
    let (bench, order) = open(Bench::open().await).await;
    let first = bench.execute(id(), &ship(&order, 0, 1, Some("T1"))).await.unwrap();
    assert_eq!(bench.execute(id(), &ship(&order, 0, 1, Some("T1"))).await, Ok(first));
    assert_eq!(told(&bench.order().await)["parcels"], serde_json::json!(["T1"]));
    assert_eq!(name(bench.execute(ActionId::of("b"), &ship(&order, 0, 2, Some("T2"))).await), "refused");
    bench.execute(ActionId::of("c"), &ship(&order, 0, 1, Some("T3"))).await.unwrap();
    bench.execute(ActionId::of("d"), &ship(&order, 1, 1, Some("T4"))).await.unwrap();
    assert_eq!(told(&bench.order().await)["fulfilled"], "fulfilled");
}

#[tokio::test]
async fn no_more_is_paid_back_than_was_paid_and_each_refund_once() {
    let (bench, order) = open(Bench::open().await).await;
    let first = bench.execute(id(), &refund(&order, 4000)).await.unwrap();
    assert!(first.remote_id.starts_with("gid://shopify/Refund/"));
    assert_eq!(bench.execute(id(), &refund(&order, 4000)).await, Ok(first));
    let much = bench.execute(ActionId::of("b"), &refund(&order, 400)).await;
    assert!(matches!(&much, Err(ExecuteError::Premise(why)) if why.contains("EUR 3.60")), "{much:?}");
    bench.execute(ActionId::of("c"), &refund(&order, 360)).await.unwrap();
    assert_eq!(told(&bench.order().await)["payment"], "refunded");
    let stranger = RefundIssue { order: number(&order), customer: "1".to_owned(), amount: Money::eur_cents(1) };
    assert_eq!(name(bench.execute(ActionId::of("d"), &stranger.into()).await), "refused");
}

#[tokio::test]
async fn an_order_is_cancelled_for_the_amount_that_was_agreed_to_and_not_once_it_is_on_its_way() {
    let (bench, order) = open(Bench::open().await).await;
    assert_eq!(name(bench.execute(id(), &cancel(&order, 4000)).await), "premise");
    bench.execute(id(), &cancel(&order, 4360)).await.unwrap();
    let after = told(&bench.order().await);
    assert_eq!((&after["cancelled"], &after["payment"]), (&true.into(), &"refunded".into()));
    let (bench, order) = open(Bench::open().await).await;
    bench.execute(ActionId::of("ship"), &ship(&order, 0, 1, None)).await.unwrap();
    assert_eq!(name(bench.execute(id(), &cancel(&order, 4360)).await), "refused");
}

#[tokio::test]
async fn an_order_that_the_shop_does_not_have_is_refused() {
    let bench = stocked(Bench::open().await).await;
    let gone = serde_json::json!({ "id": 1, "customer": { "id": 1 } });
    for action in [hold(&gone), release(&gone), refund(&gone, 1), cancel(&gone, 1)] {
        assert_eq!(name(bench.execute(id(), &action).await), "refused", "{}", action.kind());
    }
}
