//! Orders, from a customer's click in the sandbox shop to the parcel at the door.

use crate::{feed::Row, sweep, world::World};
use domain::{Role, Status, journey::Stage, order::OrderStage};
use emulator::When;
use reqwest::Method;
use serde_json::{Value, json};

/// A shop that sells one thing, whose supplier can be asked by its interface.
pub(crate) async fn selling() -> World {
    let routes = |settings: &mut local::Settings| {
        settings.vars.insert("ROYAL_SUPPLIER_ROUTES".to_owned(), "cj=Noordhout".to_owned());
    };
    let world = World::with(&[Row::plain("board")], routes).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.settle().await;
    world
}

/// A customer buys; the shop's id of the order.
pub(crate) async fn buys(world: &World, ask: Value) -> String {
    let placed = world.outside(Method::POST, "sandbox/orders", Some(ask)).await;
    placed["orders"][0]["id"].to_string()
}

/// The order, once it is in `stage`.
pub(crate) async fn order_in(world: &World, id: &str, stage: OrderStage) -> Value {
    let what = format!("order {id} in {}", stage.name());
    world.until(&what, async |world| order(world, id).await.filter(|order| order["stage"] == json!(stage))).await
}

async fn order(world: &World, id: &str) -> Option<Value> {
    world.table().await.bodies("ORDER").into_iter().find(|order| order["shop"]["order"] == json!(id))
}

/// The shop's order, as its webhooks tell it.
async fn in_shop(world: &World, id: &str) -> Value {
    let all = world.outside(Method::GET, "sandbox/orders", None).await;
    let all = all["orders"].as_array().unwrap().clone();
    all.into_iter().find(|order| order["id"] == json!(id.parse::<u64>().unwrap())).unwrap()
}

/// What the suppliers have: orders created, and orders paid.
pub(crate) async fn at_suppliers(world: &World) -> (u64, u64) {
    let all = world.outside(Method::GET, "sandbox/suppliers", None).await;
    (all["created"].as_u64().unwrap(), all["paid"].as_u64().unwrap())
}

fn one_board() -> Value {
    json!({ "seed": 1, "lines": [{ "sku": "SKU-board", "quantity": 1 }] })
}

/// Everything that an order came to, without times and the numbers that others gave.
async fn ending(world: &World, id: &str) -> Value {
    let (order, shop) = (order(world, id).await.unwrap(), in_shop(world, id).await);
    let parcels = order["parcels"].as_array().unwrap().iter();
    json!({
        "stage": order["stage"],
        "parcels": parcels.map(|parcel| json!([parcel["supplier"], parcel["state"], parcel["cost"]])).collect::<Vec<_>>(),
        "band": order["checked"]["band"],
        "taxed": order["taxed"]["treatment"],
        "shipments": shop["fulfillments"].as_array().unwrap().len(),
        "fulfilled": shop["fulfillment_status"],
        "suppliers": at_suppliers(world).await,
    })
}

/// What an order of one board comes to, whatever fails on its way.
fn delivered() -> Value {
    json!({
        "stage": "DELIVERED",
        "parcels": [["Noordhout", "DELIVERED", { "amount": "19.50", "currency": "EUR" }]],
        "band": "low",
        "taxed": "oss",
        "shipments": 1,
        "fulfilled": "fulfilled",
        "suppliers": [1, 1],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_scored_placed_shipped_and_delivered_once() {
    let world = selling().await;
    let id = buys(&world, one_board()).await;
    order_in(&world, &id, OrderStage::Ordered).await;
    assert_eq!(at_suppliers(&world).await, (1, 1));
    order_in(&world, &id, OrderStage::Shipped).await;
    let order = order_in(&world, &id, OrderStage::Delivered).await;
    world.settle().await;
    let parcel = &order["parcels"][0];
    let shop = in_shop(&world, &id).await;
    assert_eq!(shop["fulfillments"][0]["tracking_number"], parcel["tracking"]["number"]);
    let mut ended = ending(&world, &id).await;
    ended["taxed"] = delivered()["taxed"].clone();
    assert_eq!(ended, delivered());
    assert!(world.dead_letters().await.is_empty());
}

/// An address that is not the one that the goods go to.
pub(crate) fn boston() -> Value {
    json!({
        "first_name": "A", "last_name": "B", "address1": "Street 1", "zip": "02108", "city": "Boston",
        "country": "United States", "country_code": "US",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_looks_like_fraud_is_held_until_a_person_lets_it_go() {
    let world = selling().await;
    let mut ask = one_board();
    ask["billing"] = boston();
    ask["risk"] = json!("MEDIUM");
    let id = buys(&world, ask).await;
    let held = order_in(&world, &id, OrderStage::Held).await;
    assert_eq!((&held["checked"]["score"], &held["checked"]["band"]), (&json!(80), &json!("high")));
    let of = |kind: &'static str| {
        async move |world: &World| {
            let all = world.cards().await;
            all.into_iter().find(|card| card["actionType"] == kind || card["action"]["type"] == kind)
        }
    };
    let card = world.until("a person is asked to release it", of("order.release")).await;
    world.settle().await;
    let held_in_shop = world.actions(Status::Executed).await;
    assert!(held_in_shop.iter().any(|record| record.proposal.action.kind() == "order.hold"));
    assert_eq!(at_suppliers(&world).await, (0, 0), "nothing is bought for a held order");
    assert_eq!(approve(&world, &card).await, 200);
    let card = world.until("a person is asked to place it", of("order.fulfill")).await;
    assert_eq!(at_suppliers(&world).await, (0, 0));
    assert_eq!(approve(&world, &card).await, 200);
    order_in(&world, &id, OrderStage::Delivered).await;
    assert_eq!(at_suppliers(&world).await, (1, 1));
}

/// Allows what a card asks for, as an owner.
pub(crate) async fn approve(world: &World, card: &Value) -> u16 {
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    world.api(Role::Owner, Method::POST, &path, Some(json!({ "digest": card["digest"] }))).await.0
}

/// Buys and waits until the board is there.
async fn whole(world: &World) -> Value {
    let id = buys(world, one_board()).await;
    order_in(world, &id, OrderStage::Delivered).await;
    world.settle().await;
    let mut ended = ending(world, &id).await;
    ended["taxed"] = delivered()["taxed"].clone();
    ended
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_shop_and_the_supplier_do_the_board_is_bought_once() {
    let kinds = [
        "throttled",
        "too_many_requests",
        "internal_error_before",
        "internal_error_after",
        "dropped_before",
        "dropped_after",
    ];
    let shop: Vec<Value> = kinds.iter().map(|kind| json!({ "kind": kind, "times": 1 })).collect();
    let kinds = [
        "too_many_requests",
        "internal_error_before",
        "internal_error_after",
        "dropped_before",
        "dropped_after",
        "duplicate_callback",
        "lost_callback",
    ];
    let supplier: Vec<Value> = kinds.iter().map(|kind| json!({ "kind": kind, "times": 1 })).collect();
    let world = selling().await;
    world.shop_faults(&json!(shop)).await;
    world.outside(Method::POST, "sandbox/suppliers/faults", Some(json!(supplier))).await;
    assert_eq!(whole(&world).await, delivered());
}

async fn failing(sample: sweep::Sample, when: When) {
    let world = selling().await;
    world.faults().reset();
    assert_eq!(whole(&world).await, delivered());
    let calls = world.faults().calls();
    drop(world);
    for k in sample.of(2, calls) {
        let world = selling().await;
        world.faults().reset();
        world.faults().fail_call(k, when);
        assert_eq!(whole(&world).await, delivered(), "call {k} of {calls} failed {when:?} it was applied");
        assert!(world.dead_letters().await.is_empty(), "call {k}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_that_fails_once_before_it_is_applied_changes_no_order() {
    failing(sweep::Sample { first: 3, every: 61 }, When::Before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_whose_answer_is_lost_once_changes_no_order() {
    failing(sweep::Sample { first: 17, every: 61 }, When::After).await;
}
