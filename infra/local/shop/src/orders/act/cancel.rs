//! `orderCancel`. The live shop does it in a job; here the job is done when the answer comes.

use super::{order, refund};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::inputs;
use crate::mutation::Outcome;
use crate::orders::{save, stock};
use crate::user_errors::UserErrors;
use serde_json::json;

pub(super) fn cancel(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let Some(mut order) = order(cx, call.text("orderId").unwrap_or_default())? else {
        return Ok(refused("NOT_FOUND", "Order does not exist"));
    };
    if order.cancelled_at.is_some() {
        return Ok(refused("INVALID", "Cannot cancel an order that has already been canceled"));
    }
    if !order.fulfillments.is_empty() {
        return Ok(refused("INVALID", "Cannot cancel an order that has fulfillments"));
    }
    order.cancelled_at = Some(cx.stamp());
    order.cancel_reason = call.text("reason").map(str::to_owned);
    for part in &mut order.fulfillment_orders {
        part.status = "CLOSED".to_owned();
        part.lines.iter_mut().for_each(|line| line.remaining = 0);
    }
    for line in order.lines.iter().filter(|_| call.flag("restock")) {
        stock::release(cx, line, line.current())?;
    }
    let back = call.object("refundMethod").and_then(|way| inputs::flag(way, "originalPaymentMethodsRefund"));
    let moved = if back == Some(true) { refund::all(cx, &order)? } else { Vec::new() };
    if moved.is_empty() {
        save(cx, &mut order, &["orders/cancelled"])?;
    } else {
        let given = refund::given(cx, call.text("staffNote"), &moved)?;
        let id = given.id;
        order.transactions.extend(moved);
        order.refunds.push(given);
        refund::tell(cx, &mut order, id, &["orders/cancelled"])?;
    }
    let job = json!({ "__typename": "Job", "id": gid("Job", cx.store.next_id()?), "done": true });
    Ok(Outcome::applied(json!({ "job": job, "orderCancelUserErrors": [] })))
}

fn refused(code: &str, message: &str) -> Outcome {
    let errors = UserErrors::one(code, "orderId", message).into_json();
    let payload = json!({ "job": null, "orderCancelUserErrors": errors, "userErrors": [] });
    Outcome { payload, applied: false }
}
