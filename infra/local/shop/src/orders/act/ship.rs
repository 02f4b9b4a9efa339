//! `fulfillmentCreate`: a parcel is on its way.

use super::part;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::mutation::Outcome;
use crate::orders::model::{Fulfillment, FulfillmentLine, Order};
use crate::orders::{rest, save, stock};
use crate::user_errors::UserErrors;
use crate::webhooks::emit;
use serde_json::json;

pub(super) fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("fulfillment").cloned().unwrap_or_default();
    let parts = inputs::list(&input, "lineItemsByFulfillmentOrder").unwrap_or_default();
    let [wanted] = parts.as_slice() else {
        return Err(Fail::not_simulated("a fulfillment of several fulfillment orders"));
    };
    let id = inputs::text(wanted, "fulfillmentOrderId").unwrap_or_default();
    let Some((mut order, id)) = part(cx, id)? else {
        return Ok(refused("Fulfillment order does not exist."));
    };
    let taken = match take(&mut order, id, wanted) {
        Ok(taken) => taken,
        Err(message) => return Ok(refused(&message)),
    };
    let parcel = parcel(cx, &order, (id, taken), inputs::object(&input, "trackingInfo"))?;
    for sent in &parcel.lines {
        if let Some(line) = order.line(sent.line) {
            stock::send(cx, line, sent.quantity)?;
        }
    }
    let made = parcel.id;
    order.fulfillments.push(parcel);
    let all = order.fulfillment_status() == "FULFILLED";
    save(cx, &mut order, &[if all { "orders/fulfilled" } else { "orders/partially_fulfilled" }])?;
    if let Some(parcel) = order.fulfillments.iter().find(|parcel| parcel.id == made) {
        emit::emit(cx, "fulfillments/create", made, &rest::fulfillment(cx, &order, parcel))?;
    }
    Ok(Outcome::applied(json!({ "fulfillment": gid("Fulfillment", made) })))
}

fn refused(message: &str) -> Outcome {
    Outcome::refused(json!({ "fulfillment": null }), UserErrors::one("", "fulfillment", message))
}

/// Takes lines out of a fulfilment order; all that is left where none are named. Line of the order, and units.
fn take(order: &mut Order, id: i64, wanted: &Input) -> Result<Vec<(i64, i64)>, String> {
    let part = order.part_mut(id).ok_or("Fulfillment order does not exist.")?;
    if !matches!(part.status.as_str(), "OPEN" | "IN_PROGRESS") {
        return Err(format!("Fulfillment order {id} has an unfulfillable status= {}.", part.status.to_lowercase()));
    }
    let named: Option<Vec<(i64, i64)>> = inputs::list(wanted, "fulfillmentOrderLineItems").map(|lines| {
        let line = |line: &&Input| {
            let id = inputs::text(line, "id").and_then(|id| Gid::of("FulfillmentOrderLineItem", id));
            Some((id?, line.get("quantity").and_then(serde_json::Value::as_i64)?))
        };
        lines.iter().filter_map(line).collect()
    });
    let named = named.unwrap_or_else(|| part.lines.iter().map(|line| (line.id, line.remaining)).collect());
    let mut taken = Vec::new();
    for (id, units) in named {
        let line =
            part.lines.iter_mut().find(|line| line.id == id).filter(|line| (1..=line.remaining).contains(&units));
        let line = line.ok_or("Invalid fulfillment order line item quantity requested.")?;
        line.remaining = line.remaining.saturating_sub(units);
        taken.push((line.line, units));
    }
    let done = part.lines.iter().all(|line| line.remaining == 0);
    part.status = if done { "CLOSED" } else { "IN_PROGRESS" }.to_owned();
    Ok(taken)
}

fn parcel(
    cx: &Cx<'_>,
    order: &Order,
    (part, taken): (i64, Vec<(i64, i64)>),
    followed: Option<&Input>,
) -> Result<Fulfillment, Fail> {
    let said = |name: &str| followed.and_then(|input| inputs::text(input, name)).map(str::to_owned);
    let location = order.fulfillment_orders.iter().find(|other| other.id == part).map_or(0, |part| part.location);
    let line = |(line, quantity): (i64, i64)| Ok(FulfillmentLine { id: cx.store.next_id()?, line, quantity });
    Ok(Fulfillment {
        id: cx.store.next_id()?,
        status: "SUCCESS".to_owned(),
        fulfillment_order: part,
        location,
        lines: taken.into_iter().map(line).collect::<Result<_, Fail>>()?,
        company: said("company"),
        tracking: said("number"),
        url: said("url"),
        shipment: None,
        delivered_at: None,
        created_at: cx.stamp(),
        updated_at: cx.stamp(),
    })
}
