//! What must hold of many orders at the end, whatever went wrong on their way.

use crate::{books::TERMS, world::World};
use domain::{
    Order,
    books::{self, Entry},
    order::{OrderStage, Parcel, ParcelState},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What suppliers came to have of orders that may be bought for.
#[derive(Default)]
pub(super) struct Bought {
    /// Paid, sent and delivered: one for each order,
    sent: usize,
    /// but for those that every supplier was asked for in vain.
    in_vain: usize,
    /// Paid, and not sent by the supplier, who is owed no more.
    failed: usize,
}

impl fmt::Display for Bought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sent, in_vain, failed } = self;
        write!(f, "{sent} paid supplier orders, {in_vain} that nobody sends (and {failed} paid that were not sent)")
    }
}

/// Whether both suppliers failed to send something of an order.
pub(super) fn is_in_vain(order: &Order) -> bool {
    let (open, tried) = (order.open(), order.tried());
    order.live().next().is_none() && open.iter().all(|portion| tried.get(&portion.line).is_some_and(|by| by.len() > 1))
}

/// What suppliers have against what was to be bought: one paid order that is sent for each order that may be bought for,
/// none where all were asked in vain, and nothing for the others.
pub(super) async fn bought_once(world: &World, orders: &[Order], suspects: &BTreeSet<String>) -> Bought {
    let (held, payable): (Vec<_>, Vec<_>) = orders.iter().partition(|order| suspects.contains(order.id()));
    assert!(held.iter().all(|order| order.stage == OrderStage::Held && order.parcels.is_empty()));
    let suppliers = world.outside(Method::GET, "sandbox/suppliers", None).await;
    let at_suppliers = suppliers["orders"].as_array().unwrap();
    let there: BTreeMap<&str, &Value> = at_suppliers.iter().map(|o| (o["number"].as_str().unwrap(), o)).collect();
    assert_eq!(there.len(), at_suppliers.len(), "no number twice");
    let mut bought = Bought::default();
    for order in &payable {
        let sent = order.parcels.iter().filter(|parcel| is_sent(order, parcel, &there, &mut bought)).count();
        let in_vain = order.stage == OrderStage::Stuck && is_in_vain(order);
        assert!((sent, in_vain) == (0, true) || (sent, order.open().len()) == (1, 0), "{order:#?}");
        bought.sent += sent;
        bought.in_vain += usize::from(in_vain);
    }
    assert_eq!(bought.sent + bought.in_vain, payable.len());
    assert_eq!(suppliers["paid"], json!(bought.sent + bought.failed), "nobody was paid for anything else");
    bought
}

/// Whether a parcel was sent; what its supplier has of it fits.
fn is_sent(order: &Order, parcel: &Parcel, there: &BTreeMap<&str, &Value>, bought: &mut Bought) -> bool {
    let there = there.get(parcel.action.to_string().as_str());
    let (step, paid) = there.map_or(("none", 0), |o| (o["step"].as_str().unwrap(), o["paid"].as_u64().unwrap()));
    let fits = match parcel.state {
        ParcelState::Delivered => (step, paid) == ("delivered", 1),
        ParcelState::Failed if paid > 0 => (step, paid) == ("failed", 1),
        ParcelState::Failed => ["none", "draft", "confirmed", "cancelled"].contains(&step),
        _ => false,
    };
    assert!(fits, "{step}, paid {paid} times: {parcel:#?} of {order:#?}");
    bought.failed += usize::from(step == "failed");
    parcel.state == ParcelState::Delivered
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
