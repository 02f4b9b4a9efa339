//! Many orders at once while everything goes wrong: what was bought from suppliers is what customers paid for, once each.
//!
//! A few dozen in every run of the tests; as many as `ORDERS` says where that is set.

use crate::{books::TERMS, feed::Row, policies, world::World};
use domain::{
    Order,
    books::{self, Entry},
    journey::Stage,
    order::{OrderStage, ParcelState},
};
use emulator::Faults;
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Orders of one batch; the process is killed in the middle of every second one.
const BATCH: u64 = 20;
/// One in so many looks like fraud.
const SUSPECT: u64 = 10;
const THINGS: [&str; 5] = ["board", "bowl", "tray", "spoon", "stool"];

fn orders() -> u64 {
    let said = std::env::var_os("ORDERS").and_then(|said| said.to_str()?.parse().ok());
    said.unwrap_or(3 * BATCH)
}

/// A shop that sells five things, under budgets that are not what is tried here.
async fn selling() -> (World, tempfile::TempDir) {
    let rows: Vec<Row> = THINGS.iter().map(|name| Row { stock: "100000", ..Row::plain(name) }).collect();
    let routes = |vars: &mut BTreeMap<String, String>| {
        vars.insert("ROYAL_SUPPLIER_ROUTES".to_owned(), "cj=Noordhout".to_owned());
    };
    let (world, folder) = policies::own(&rows, routes).await;
    for window in ["hour", "day", "week"] {
        policies::rewrite(&folder, |text| hundredfold(text, &format!("\"{window}_cents\": ")));
    }
    world.pass(Duration::from_secs(3)).await;
    assert_eq!(world.stack().env().policy().problem(), None);
    world.scout().await;
    for name in THINGS {
        world.journey_in(name, Stage::Published).await;
    }
    world.settle().await;
    (world, folder)
}

/// The text with every number behind `name` a hundred times as large.
fn hundredfold(text: &str, name: &str) -> String {
    let mut parts = text.split(name);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| {
        let end = part.find(|letter: char| !letter.is_ascii_digit()).unwrap();
        format!("{all}{name}{}00{}", &part[..end], &part[end..])
    })
}

/// Everything that the outside does wrong, each a few times.
async fn trouble(world: &World) {
    let shop = ["throttled", "too_many_requests", "internal_error_before", "internal_error_after", "dropped_before"];
    let shop = shop.into_iter().chain(["dropped_after", "webhook_lost", "webhook_twice"]);
    let mut shop: Vec<Value> = shop.map(|kind| json!({ "kind": kind, "times": 2 })).collect();
    shop.push(json!({ "kind": "webhook_late", "times": 4, "delay_ms": 9000 }));
    world.shop_faults(&json!(shop)).await;
    let supplier = ["too_many_requests", "internal_error_before", "internal_error_after", "dropped_before"];
    let supplier = supplier.into_iter().chain(["dropped_after", "duplicate_callback", "lost_callback", "late"]);
    let supplier: Vec<Value> = supplier.map(|kind| json!({ "kind": kind, "times": 2 })).collect();
    world.outside(Method::POST, "sandbox/suppliers/faults", Some(json!(supplier))).await;
}

/// What AWS does wrong, of every kind some, from now on.
fn unreliable(world: &World, seed: u64) {
    world.faults().set(Faults {
        seed,
        transaction_conflict: 10,
        throttle: 10,
        error_before: 10,
        error_after: 10,
        duplicate_delivery: 50,
        delayed_visibility: 50,
        max_delay_ms: 3000,
    });
}

/// Customers buy; the ids of what looks like fraud.
async fn bought(world: &World, from: u64) -> BTreeSet<String> {
    let mut suspects = BTreeSet::new();
    for seed in from..from + BATCH {
        let sku = format!("SKU-{}", THINGS[usize::try_from(seed).unwrap() % THINGS.len()]);
        let mut ask = json!({ "seed": seed, "lines": [{ "sku": sku, "quantity": 1 + seed % 2 }] });
        if seed % SUSPECT == 0 {
            ask["risk"] = json!("HIGH");
            ask["billing"] = crate::orders::boston();
        }
        let placed = world.outside(Method::POST, "sandbox/orders", Some(ask)).await;
        if seed % SUSPECT == 0 {
            suspects.insert(placed["orders"][0]["id"].to_string());
        }
    }
    suspects
}

fn rest(order: &Order, suspects: &BTreeSet<String>) -> bool {
    match order.stage {
        OrderStage::Delivered => true,
        OrderStage::Held => suspects.contains(order.id()),
        _ => false,
    }
}

async fn all(world: &World) -> Vec<Order> {
    let bodies = world.table().await.bodies("ORDER");
    bodies.into_iter().map(|body| serde_json::from_value(body).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_orders_with_every_fault_each_is_bought_once_and_booked_once() {
    let (mut world, _folder) = selling().await;
    let (wanted, mut suspects) = (orders(), BTreeSet::new());
    for batch in 0..wanted.div_ceil(BATCH) {
        trouble(&world).await;
        unreliable(&world, batch);
        suspects.extend(bought(&world, 1 + batch * BATCH).await);
        if batch % 2 == 0 {
            world.pass(Duration::from_secs(2)).await;
            world.restart().await;
            unreliable(&world, batch);
        }
        let known = usize::try_from((batch + 1) * BATCH).unwrap();
        let done = async |world: &World| {
            let orders = all(world).await;
            (orders.len() == known && orders.iter().all(|order| rest(order, &suspects))).then_some(())
        };
        world.until(&format!("batch {batch} is delivered or held"), done).await;
    }
    world.faults().set(Faults::default());
    world.settle().await;
    let orders = all(&world).await;
    bought_once(&world, &orders, &suspects).await;
    booked_once(&world, &orders).await;
    assert!(negative(&world.shop().await).is_empty(), "stock below nothing: {:?}", negative(&world.shop().await));
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
}

/// What suppliers have against what was to be bought.
async fn bought_once(world: &World, orders: &[Order], suspects: &BTreeSet<String>) {
    let parcels = |order: &Order| order.parcels.iter().filter(|p| p.state == ParcelState::Delivered).count();
    let payable = orders.iter().filter(|order| !suspects.contains(order.id()));
    assert!(payable.clone().all(|order| order.parcels.len() == 1 && parcels(order) == 1));
    assert!(orders.iter().filter(|order| suspects.contains(order.id())).all(|order| order.parcels.is_empty()));
    let suppliers = world.outside(Method::GET, "sandbox/suppliers", None).await;
    assert_eq!(suppliers["paid"], json!(payable.count()), "{} orders, {} held", orders.len(), suspects.len());
}

/// What is in the books against what the orders came to.
async fn booked_once(world: &World, orders: &[Order]) {
    let implied = orders.iter().flat_map(|order| books::of_order(order, Some(TERMS)).unwrap());
    let implied: BTreeMap<String, Entry> = implied.map(|entry| (entry.key().to_owned(), entry)).collect();
    let bodies = world.table().await.bodies("ENTRY");
    let booked: Vec<Entry> = bodies.into_iter().map(|body| serde_json::from_value(body).unwrap()).collect();
    assert_eq!(booked.len(), implied.len());
    for entry in &booked {
        assert!(implied.get(entry.key()).is_some_and(|implied| entry.same(implied)), "{}", entry.key());
    }
    let booked = booked.into_iter().map(|entry| (entry.key().to_owned(), entry)).collect();
    crate::books::sums_are_right(world, &booked).await;
}

/// Paths of amounts for sale that are below zero.
fn negative(shop: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = vec![(String::new(), shop)];
    while let Some((path, value)) = look.pop() {
        match value {
            Value::Object(fields) => look.extend(fields.iter().map(|(name, value)| (format!("{path}/{name}"), value))),
            Value::Array(items) => look.extend(items.iter().map(|item| (path.clone(), item))),
            Value::Number(n) if path.ends_with("/available") && n.as_i64().is_some_and(|n| n < 0) => found.push(path),
            _ => {}
        }
    }
    found
}
