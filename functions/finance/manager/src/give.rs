//! Who does what for an order, and the task that asks for it.

use agent::{AgentError, NewTask};
use domain::{AgentName, Order, order::Parcel};
use serde_json::{Value, json};

/// The natural key of a piece of work on an order: asking twice is asking once.
pub(crate) fn key(order: &str, what: &str) -> String {
    format!("order/{order}/{what}")
}

/// Looks at the order for fraud; `basis` is what makes it worth another look.
pub(crate) fn score(order: &Order, basis: &str) -> Result<NewTask, AgentError> {
    task(order, "finance-fraud", ("score", &format!("score/{basis}")), json!({ "order": order.id() }))
}

/// Finds the order's tax; each `again` asks once more.
pub(crate) fn vat(order: &Order, again: &str) -> Result<NewTask, AgentError> {
    let basis = format!("vat/{}/{}{again}", order.shop.totals.total, order.shop.country.as_deref().unwrap_or("-"));
    task(order, "finance-tax", ("vat", &basis), json!({ "order": order.id() }))
}

/// Chooses suppliers for what is with nobody yet. Each parcel that fails, a release, and each `again`, is another
/// round.
pub(crate) fn fulfill(order: &Order, again: &str) -> Result<NewTask, AgentError> {
    let input = json!({ "order": order.id(), "portions": order.open(), "tried": order.tried() });
    let released = order.checked.as_ref().is_some_and(|checked| checked.released);
    let basis = format!("fulfill/{}/{}{again}", order.parcels.len(), u8::from(released));
    task(order, "finance-fulfillment", ("fulfill", &basis), input)
}

/// Tells the customer that a parcel is on its way.
pub(crate) fn ship(order: &Order, parcel: &Parcel) -> Result<NewTask, AgentError> {
    let input = json!({ "order": order.id(), "parcel": parcel.action });
    task(order, "finance-fulfillment", ("ship", &format!("ship/{}", parcel.action)), input)
}

/// Asks a supplier where a parcel is.
pub(crate) fn ask(order: &Order, parcel: &Parcel, why: &str) -> Result<NewTask, AgentError> {
    let input = json!({ "order": order.id(), "parcel": parcel.action });
    let task = task(order, "finance-fulfillment", ("ask", &format!("ask/{}/{why}", parcel.action)), input)?;
    Ok(NewTask { reply: false, ..task })
}

/// Has something booked: `what` happened, told apart by `of`.
pub(crate) fn book(order: &Order, what: &str, of: &str) -> Result<NewTask, AgentError> {
    let input = json!({ "order": order.id(), "what": what, "of": of });
    let task = task(order, "finance-analyst", ("book", &format!("book/{what}/{of}")), input)?;
    Ok(NewTask { reply: false, ..task })
}

fn task(order: &Order, agent: &str, (kind, basis): (&str, &str), input: Value) -> Result<NewTask, AgentError> {
    Ok(NewTask {
        agent: named(agent)?,
        kind: kind.to_owned(),
        input,
        key: Some(key(order.id(), basis)),
        reply: true,
        journey: Some(order.journey()),
    })
}

pub(crate) fn named(agent: &str) -> Result<AgentName, AgentError> {
    agent.parse().map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))
}
