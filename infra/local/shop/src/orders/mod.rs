//! Orders: what shoppers bought, with everything that belongs to each, and the people who bought.
//!
//! An order is one document, as a product is. It is written through `save` alone, which finds it
//! again under its parts' ids and queues the webhooks of the topics that the change is told under,
//! in the same transaction as the change.

pub(crate) mod act;
mod address;
pub(crate) mod find;
pub(crate) mod model;
mod people;
pub(crate) mod place;
pub(crate) mod rest;
pub(crate) mod stock;
pub(crate) mod totals;

use crate::cx::Cx;
use crate::fail::Fail;
use crate::webhooks::emit;
use model::{Customer, Order};
use serde_json::json;

/// The order of a number.
pub(crate) fn load(cx: &Cx<'_>, id: i64) -> Result<Option<Order>, Fail> {
    cx.store.get("order", &id.to_string())
}

/// The order found under a word of `Order::words`.
pub(crate) fn by(cx: &Cx<'_>, word: &str) -> Result<Option<Order>, Fail> {
    match cx.store.marked(word)?.first() {
        Some(id) => load(cx, *id),
        None => Ok(None),
    }
}

/// Writes a new or changed order and tells the subscribers of `topics` and, about a changed one, of
/// `orders/updated`.
pub(crate) fn save(cx: &Cx<'_>, order: &mut Order, topics: &[&str]) -> Result<(), Fail> {
    order.updated_at = cx.stamp();
    cx.store.put("order", &order.id.to_string(), order)?;
    cx.store.mark(order.id, &order.words())?;
    if !emit::wanted(cx)? {
        return Ok(());
    }
    let body = rest::order(cx, order)?;
    for topic in topics.iter().copied() {
        emit::emit(cx, topic, order.id, &body)?;
    }
    let new = topics.contains(&"orders/create");
    if new { Ok(()) } else { emit::emit(cx, "orders/updated", order.id, &body) }
}

/// The customer of a number.
pub(crate) fn customer(cx: &Cx<'_>, id: i64) -> Result<Option<Customer>, Fail> {
    cx.store.get("customer", &id.to_string())
}

/// Writes a new customer.
pub(crate) fn save_customer(cx: &Cx<'_>, customer: &Customer) -> Result<(), Fail> {
    cx.store.put("customer", &customer.id.to_string(), customer)?;
    cx.store.mark(customer.id, &customer.words())?;
    emit::emit(cx, "customers/create", customer.id, &rest::customer(cx, customer))
}

/// Tells what an app must tell of a person's data, as `customers/data_request` or `customers/redact`.
pub(crate) fn compliance(cx: &Cx<'_>, topic: &str, id: i64) -> Result<bool, Fail> {
    let Some(person) = customer(cx, id)? else {
        return Ok(false);
    };
    let orders = cx.store.marked(&format!("customer:{id}"))?;
    let mut body = json!({
        "shop_id": 1,
        "shop_domain": cx.settings.shop_domain,
        "customer": { "id": id, "email": person.email, "phone": person.phone },
    });
    let list = if topic == "customers/redact" { "orders_to_redact" } else { "orders_requested" };
    if let Some(fields) = body.as_object_mut() {
        fields.insert(list.into(), json!(orders));
        if topic == "customers/data_request" {
            fields.insert("data_request".into(), json!({ "id": cx.store.next_id()? }));
        }
    }
    emit::emit(cx, topic, id, &body)?;
    Ok(true)
}
