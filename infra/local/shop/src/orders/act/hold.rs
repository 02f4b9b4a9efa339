//! `fulfillmentOrderHold` and `fulfillmentOrderReleaseHold`.

use super::part;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs;
use crate::mutation::Outcome;
use crate::nodes;
use crate::orders::{model::Hold, save};
use crate::user_errors::UserErrors;
use serde_json::{Value, json};

/// Holds that one app may have on one fulfilment order.
const MOST: usize = 10;

pub(super) fn hold(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("fulfillmentHold").cloned().unwrap_or_default();
    let refused = |code: &str, field: &str, message: &str| {
        let payload = json!({ "fulfillmentHold": null, "fulfillmentOrder": null });
        Ok(Outcome::refused(payload, UserErrors::one(code, field, message)))
    };
    let Some((mut order, id)) = part(cx, call.text("id").unwrap_or_default())? else {
        return refused("FULFILLMENT_ORDER_NOT_FOUND", "id", "Fulfillment order does not exist.");
    };
    let made = Hold {
        id: cx.store.next_id()?,
        reason: inputs::text(&input, "reason").unwrap_or("OTHER").to_owned(),
        notes: inputs::text(&input, "reasonNotes").map(str::to_owned),
        handle: inputs::text(&input, "handle").filter(|handle| !handle.is_empty()).map(str::to_owned),
    };
    let Some(part) = order.part_mut(id).filter(|part| matches!(part.status.as_str(), "OPEN" | "ON_HOLD")) else {
        return refused("TAKEN", "id", "The fulfillment order is not in a valid state for applying a hold.");
    };
    if part.holds.iter().any(|hold| hold.handle == made.handle) {
        let message = "The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.";
        return refused("DUPLICATE_FULFILLMENT_HOLD_HANDLE", "fulfillmentHold.handle", message);
    }
    if part.holds.len() >= MOST {
        let message =
            "The maximum number of fulfillment holds for this fulfillment order has been reached for this app.";
        return refused("FULFILLMENT_ORDER_HOLD_LIMIT_REACHED", "id", message);
    }
    let shown = nodes::hold(&made);
    part.holds.push(made);
    part.status = "ON_HOLD".to_owned();
    part.updated_at = cx.stamp();
    save(cx, &mut order, &[])?;
    Ok(Outcome::applied(json!({ "fulfillmentHold": shown, "fulfillmentOrder": gid("FulfillmentOrder", id) })))
}

pub(super) fn release(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let Some((mut order, id)) = part(cx, call.text("id").unwrap_or_default())? else {
        let errors = UserErrors::one("FULFILLMENT_ORDER_NOT_FOUND", "id", "Fulfillment order does not exist.");
        return Ok(Outcome::refused(json!({ "fulfillmentOrder": null }), errors));
    };
    let named = call.args.get("holdIds").and_then(Value::as_array);
    let named: Option<Vec<i64>> =
        named.map(|ids| ids.iter().filter_map(Value::as_str).filter_map(|id| Gid::of("FulfillmentHold", id)).collect());
    if let Some(part) = order.part_mut(id) {
        part.holds.retain(|hold| named.as_ref().is_some_and(|named| !named.contains(&hold.id)));
        if part.holds.is_empty() && part.status == "ON_HOLD" {
            part.status = "OPEN".to_owned();
        }
        part.updated_at = cx.stamp();
    }
    save(cx, &mut order, &[])?;
    Ok(Outcome::applied(json!({ "fulfillmentOrder": gid("FulfillmentOrder", id) })))
}
