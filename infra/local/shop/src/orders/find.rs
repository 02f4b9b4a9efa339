//! `orders(query:, sortKey:)`: the way to what a lost webhook left out.

use super::model::Order;
use crate::calls::Call;
use crate::connection;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::search::{self, Term};
use serde_json::Value;

const DATES: [&str; 3] = ["updated_at", "created_at", "processed_at"];

/// A page of links to the orders that match, in the order asked for.
pub(crate) fn orders(cx: &Cx<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let terms = search::parse_with(call.text("query").unwrap_or_default(), &DATES)?;
    let sort = call.text("sortKey").unwrap_or("ID");
    let mut found = Vec::new();
    for order in cx.store.all::<Order>("order")? {
        if matches(&order, &terms)? {
            found.push((key(&order, sort)?, order.id));
        }
    }
    found.sort();
    let keyed = found.into_iter().map(|(key, id)| (key, Value::from(gid("Order", id)))).collect();
    connection::sorted(call, keyed)
}

fn key(order: &Order, sort: &str) -> Result<String, Fail> {
    match sort {
        "UPDATED_AT" => Ok(order.updated_at.clone()),
        "CREATED_AT" | "PROCESSED_AT" => Ok(order.created_at.clone()),
        "ID" | "ORDER_NUMBER" => Ok(String::new()),
        other => Err(Fail::not_simulated(&format!("sort key `{other}`"))),
    }
}

fn matches(order: &Order, terms: &[Term]) -> Result<bool, Fail> {
    for term in terms {
        if !holds(order, term)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn holds(order: &Order, term: &Term) -> Result<bool, Fail> {
    Ok(match term.field.as_str() {
        "updated_at" => term.holds_at(&order.updated_at)?,
        "created_at" | "processed_at" => term.holds_at(&order.created_at)?,
        "id" => term.exact() == Some(order.id.to_string().as_str()),
        "name" => term.matches(&order.name()) || term.matches(&order.number.to_string()),
        "email" => term.matches(&order.email),
        "customer_id" => term.exact() == order.customer.map(|id| id.to_string()).as_deref(),
        "financial_status" => term.matches(order.financial_status()),
        "fulfillment_status" => term.matches(order.fulfillment_status()),
        "status" => match term.exact() {
            Some("any") => true,
            Some("open") => order.cancelled_at.is_none(),
            Some("cancelled") => order.cancelled_at.is_some(),
            _ => return Err(Fail::not_simulated("this `status`")),
        },
        other => return Err(Fail::not_simulated(&format!("search field `{other}`"))),
    })
}
