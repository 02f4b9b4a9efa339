//! Callbacks: what they say, how they are signed, and that they are sent until they are taken.

use crate::{
    DepotError, Kept, Step,
    depot::Inner,
    ledger::{Books, Waiting},
    sign,
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// Callbacks sent in one go.
const AT_ONCE: u32 = 50;
/// After how many attempts a sender gives up.
const TRIES: u32 = 8;

/// What is told of an order's step; nothing where nobody is told.
pub(crate) fn told(order: &Kept, now: OffsetDateTime) -> Option<Value> {
    match order.api.as_str() {
        "cj" => Some(cj(order)),
        "printful" => printful(order, now),
        _ => None,
    }
}

fn cj(order: &Kept) -> Value {
    json!({
        "messageId": format!("{}-{}", order.id, crate::cj::status(order)),
        "type": "ORDER",
        "messageType": "UPDATE",
        "params": {
            "orderNumber": order.number,
            "cjOrderId": order.id.to_string(),
            "orderStatus": crate::cj::status(order),
            "logisticName": crate::cj::LOGISTIC,
            "trackNumber": order.tracking(),
            "trackingUrl": order.link(),
        },
    })
}

fn printful(order: &Kept, now: OffsetDateTime) -> Option<Value> {
    let kind = match order.step {
        Step::Paid => "order_updated",
        Step::Shipped => "shipment_sent",
        Step::Delivered => "shipment_delivered",
        Step::Failed => "order_failed",
        Step::Cancelled => "order_canceled",
        Step::Draft | Step::Confirmed => return None,
    };
    let shipment = crate::printful::shipment(order);
    Some(json!({
        "type": kind,
        "occurred_at": now.format(&Rfc3339).ok()?,
        "retries": 0,
        "store_id": crate::printful::STORE,
        "data": {
            "order": { "id": order.id, "external_id": order.number, "status": crate::printful::status(order) },
            "shipment": shipment,
        },
    }))
}

impl Inner {
    /// Sends what is due, once each.
    pub(crate) async fn deliver(&self) -> Result<(), DepotError> {
        let Some(base) = &self.settings.callbacks else { return Ok(()) };
        let now = self.now();
        for waiting in self.ledger.run(|books| books.calls(now, AT_ONCE))? {
            let taken = self.send(base, &waiting).await;
            self.ledger.run(|books| settle(books, &waiting, taken, now))?;
        }
        Ok(())
    }

    async fn send(&self, base: &str, waiting: &Waiting) -> bool {
        let settings = &self.settings;
        let body = waiting.body.as_bytes();
        let (header, signature) = match waiting.sender.as_str() {
            "cj" => ("sign", sign::in_base64(settings.cj_open_id.as_bytes(), body)),
            "printful" => ("x-pf-webhook-signature", sign::in_hex(&settings.printful_key, body)),
            _ => ("aftership-hmac-sha256", sign::in_base64(settings.aftership_secret.as_bytes(), body)),
        };
        let url = format!("{}/{}", base.trim_end_matches('/'), waiting.sender);
        let request = self.http.post(url).header("content-type", "application/json").header(header, signature);
        request.body(waiting.body.clone()).send().await.is_ok_and(|response| response.status().is_success())
    }
}

fn settle(books: &Books<'_>, waiting: &Waiting, taken: bool, now: OffsetDateTime) -> Result<(), DepotError> {
    if taken || waiting.tries + 1 >= TRIES {
        return books.told(waiting.n);
    }
    books.later(waiting.n, now + Duration::seconds(5_i64 << waiting.tries.min(8)))
}
