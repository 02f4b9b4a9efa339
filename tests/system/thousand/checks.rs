//! What must hold of many orders at the end, whatever went wrong on their way.

use crate::{books::TERMS, world::World};
use domain::{
    Order,
    books::{self, Entry},
    order::{OrderStage, ParcelState},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What suppliers have against what was to be bought: for each order that may be bought for one that was paid and is
/// sent, and nothing for the others. Says how many, and how many others were paid and not sent by their supplier.
pub(super) async fn bought_once(world: &World, orders: &[Order], suspects: &BTreeSet<String>) -> (usize, usize) {
    let (held, payable): (Vec<_>, Vec<_>) = orders.iter().partition(|order| suspects.contains(order.id()));
    assert!(held.iter().all(|order| order.stage == OrderStage::Held && order.parcels.is_empty()));
    let suppliers = world.outside(Method::GET, "sandbox/suppliers", None).await;
    let at_suppliers = suppliers["orders"].as_array().unwrap();
    let steps: BTreeMap<&str, &Value> = at_suppliers.iter().map(|o| (o["number"].as_str().unwrap(), o)).collect();
    assert_eq!(steps.len(), at_suppliers.len(), "no number twice");
    let (mut sent, mut failed) = (0, 0);
    for order in &payable {
        let live: Vec<_> = order.live().collect();
        assert!(order.open().is_empty() && live.len() == 1, "{order:#?}");
        for parcel in &order.parcels {
            let there = steps.get(parcel.action.to_string().as_str());
            let (step, paid) =
                there.map_or(("none", 0), |o| (o["step"].as_str().unwrap(), o["paid"].as_u64().unwrap()));
            match parcel.state {
                ParcelState::Delivered => assert_eq!((step, paid), ("delivered", 1), "{order:#?}"),
                ParcelState::Failed if paid > 0 => assert_eq!((step, paid), ("failed", 1), "{order:#?}"),
                ParcelState::Failed => {
                    assert!(["none", "draft", "confirmed", "cancelled"].contains(&step), "{order:#?}")
                }
                other => panic!("{other:?} in {order:#?}"),
            }
            sent += usize::from(parcel.state == ParcelState::Delivered);
            failed += usize::from(step == "failed");
        }
    }
    assert_eq!(sent, payable.len());
    assert_eq!(suppliers["paid"], json!(sent + failed), "nobody was paid for anything else");
    (sent, failed)
}

/// What is in the books against what the orders came to. Says how many entries there are.
pub(super) async fn booked_once(world: &World, orders: &[Order]) -> usize {
    let implied = orders.iter().flat_map(|order| books::of_order(order, Some(TERMS)).unwrap());
    let implied: BTreeMap<String, Entry> = implied.map(|entry| (entry.key().to_owned(), entry)).collect();
    let bodies = world.table().await.bodies("ENTRY");
    let booked: Vec<Entry> = bodies.into_iter().map(|body| serde_json::from_value(body).unwrap()).collect();
    let missing = |entry: &Entry| format!("{} {:?} in {:?}", entry.key(), implied.get(entry.key()), entry);
    for entry in &booked {
        assert!(implied.get(entry.key()).is_some_and(|implied| entry.same(implied)), "{}", missing(entry));
    }
    let keys: BTreeSet<&str> = booked.iter().map(Entry::key).collect();
    let unbooked: Vec<&String> = implied.keys().filter(|key| !keys.contains(key.as_str())).collect();
    assert!(unbooked.is_empty(), "not in the books: {unbooked:?}");
    let booked: BTreeMap<String, Entry> = booked.into_iter().map(|entry| (entry.key().to_owned(), entry)).collect();
    crate::books::sums_are_right(world, &booked).await;
    booked.len()
}

/// Paths of amounts for sale that are below zero.
pub(super) fn negative(shop: &Value) -> Vec<String> {
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
