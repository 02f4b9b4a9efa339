//! What a message says, by its topic.
//!
//! Whatever of an order cannot be read exactly is not guessed: the message is kept as "this order changed", and whoever
//! uses it reads the order from the shop.

use super::{
    address::contact,
    order::{OrderBody, RefundBody},
    wire::Id,
};
use crate::problem::{Kind, Problem};
use domain::{Contact, news::Said};
use serde::{Deserialize, de::DeserializeOwned};

type Read = Result<(Said, Option<Contact>), Problem>;

/// What stands in a body where it names an order, a customer, a product or a stock level.
#[derive(Deserialize, Default)]
struct Names {
    id: Option<Id>,
    order_id: Option<Id>,
    order_edit: Option<OrderOf>,
    inventory_item_id: Option<Id>,
    location_id: Option<Id>,
    available: Option<i64>,
    customer: Option<CustomerOf>,
    #[serde(default)]
    orders_requested: Vec<Id>,
    #[serde(default)]
    orders_to_redact: Vec<Id>,
}

#[derive(Deserialize)]
struct OrderOf {
    order_id: Option<Id>,
}

#[derive(Deserialize)]
struct CustomerOf {
    id: Option<Id>,
}

/// What the body of a message of `topic` says, and the personal part of it.
pub(super) fn read(topic: &str, body: &[u8]) -> Read {
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Problem::new(Kind::Syntax, "the body is no JSON object"));
    }
    match topic {
        "orders/create"
        | "orders/paid"
        | "orders/updated"
        | "orders/cancelled"
        | "orders/fulfilled"
        | "orders/partially_fulfilled" => order(body),
        "refunds/create" => refund(body),
        "orders/delete" => Ok((changed(names(body)?.id), None)),
        "orders/edited" => Ok((changed(names(body)?.order_edit.and_then(|edit| edit.order_id)), None)),
        "orders/risk_assessment_changed"
        | "fulfillments/create"
        | "fulfillments/update"
        | "order_transactions/create"
        | "disputes/create"
        | "disputes/update" => Ok((changed(names(body)?.order_id), None)),
        "inventory_levels/update" => Ok((stock(names(body)?), None)),
        "products/create" | "products/update" => Ok((product(names(body)?, false), None)),
        "products/delete" => Ok((product(names(body)?, true), None)),
        "customers/data_request" => request(names(body)?),
        "customers/redact" => redact(names(body)?),
        "shop/redact" => object(body).map(|()| (Said::RedactShop, None)),
        _ => object(body).map(|()| (Said::Unused, None)),
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let unread = |error: serde_json::Error| {
        // The message may quote the body: where it stands is told, what stands there is not.
        let place = format!("line {} column {}", error.line(), error.column());
        Problem::new(Kind::Syntax, format!("the body cannot be read at {place}"))
    };
    serde_json::from_slice(body).map_err(unread)
}

/// Refuses what is no JSON object.
fn object(body: &[u8]) -> Result<(), Problem> {
    parsed::<serde_json::Map<String, serde_json::Value>>(body).map(drop)
}

fn names(body: &[u8]) -> Result<Names, Problem> {
    parsed(body)
}

fn order(body: &[u8]) -> Read {
    let read = serde_json::from_slice::<OrderBody>(body).ok();
    if let Some((snapshot, order)) = read.and_then(|order| Some((order.snapshot().ok()?, order))) {
        return Ok((Said::Order(Box::new(snapshot)), Some(contact(&order))));
    }
    let id = parsed::<Named>(body)?.id;
    Ok((Said::OrderChanged { order: id.0 }, None))
}

#[derive(Deserialize)]
struct Named {
    id: Id,
}

#[derive(Deserialize)]
struct OfOrder {
    order_id: Id,
}

fn refund(body: &[u8]) -> Read {
    let read = serde_json::from_slice::<RefundBody>(body).ok().and_then(|refund| refund.read().ok());
    match read {
        Some(refund) => Ok((Said::Refund(refund), None)),
        None => Ok((Said::OrderChanged { order: parsed::<OfOrder>(body)?.order_id.0 }, None)),
    }
}

/// The shop's own examples name no order in some of these: then there is nothing to look at.
fn changed(order: Option<Id>) -> Said {
    order.map_or(Said::Unused, |id| Said::OrderChanged { order: id.0 })
}

fn stock(names: Names) -> Said {
    match (names.inventory_item_id, names.location_id) {
        (Some(item), Some(location)) => Said::Stock { item: item.0, location: location.0, available: names.available },
        _ => Said::Unused,
    }
}

fn product(names: Names, deleted: bool) -> Said {
    names.id.map_or(Said::Unused, |id| Said::Product { product: id.0, deleted })
}

fn listed(ids: Vec<Id>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

fn request(names: Names) -> Read {
    let orders = listed(names.orders_requested);
    let known = names.customer.and_then(|customer| customer.id).map(|id| id.0);
    let customer = known.or_else(|| orders.first().map(|order| format!("guest-{order}"))).ok_or_else(nobody)?;
    Ok((Said::DataRequest { customer, orders }, None))
}

fn redact(names: Names) -> Read {
    let orders = listed(names.orders_to_redact);
    let customer = names.customer.and_then(|customer| customer.id).map(|id| id.0);
    if customer.is_none() && orders.is_empty() {
        return Err(nobody());
    }
    Ok((Said::Redact { customer, orders }, None))
}

fn nobody() -> Problem {
    Problem::new(Kind::Syntax, "the body names neither a customer nor an order")
}
