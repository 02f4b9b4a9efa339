//! AfterShip: `/tracking/2026-07/trackings`.

use crate::{
    Depot, DepotError, Step, Tracking,
    depot::Inner,
    ledger::Books,
    server::{Answer, Asked},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub(crate) const API: &str = "aftership";
/// What trackings are called in the state.
pub(crate) const KIND: &str = "tracking";

/// It as the service has it.
fn wire(tracking: &Tracking) -> Value {
    let Tracking { id, tracking_number, order_id, tag, .. } = tracking;
    json!({ "id": id, "tracking_number": tracking_number, "order_id": order_id, "tag": tag })
}

fn meta(code: StatusCode, own: i64, message: &str) -> Response {
    (code, Json(json!({ "meta": { "code": own, "type": "Error", "message": message }, "data": {} }))).into_response()
}

pub(crate) fn denied() -> Response {
    meta(StatusCode::UNAUTHORIZED, 401, "The API key is invalid.")
}

pub(crate) fn broken(why: &str) -> Response {
    meta(StatusCode::BAD_REQUEST, 4001, why)
}

/// Whether a request carries the key.
pub(crate) fn is_let_in(depot: &Depot, asked: &Asked) -> bool {
    asked.header("as-api-key").as_deref() == Some(depot.0.settings.aftership_key.as_str())
}

/// Answers a request that is let in and valid.
pub(crate) fn answer(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    if asked.operation == "trackings" { create(inner, books, asked) } else { find(books, asked) }
}

fn create(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let number = asked.text("tracking_number").unwrap_or_default();
    if let Some(known) = books.doc::<Tracking>(KIND, number)? {
        books.put(KIND, number, &Tracking { again: known.again.saturating_add(1), ..known })?;
        return Ok(meta(StatusCode::BAD_REQUEST, 4003, "Tracking already exists."));
    }
    let order_id = asked.text("order_id").map(str::to_owned);
    let id = format!("trk{}", books.next_id()?);
    let tracking = Tracking { id, tracking_number: number.to_owned(), order_id, tag: "Pending".to_owned(), again: 0 };
    books.put(KIND, number, &tracking)?;
    // A parcel of a supplier here is carried as its order goes on.
    if !books.all()?.iter().any(|order| order.tracking().as_deref() == Some(number)) {
        books.plan(inner.now() + inner.settings.pace.ship, (API, number), Step::Shipped)?;
    }
    let body = json!({ "meta": { "code": 201 }, "data": wire(&tracking) });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn find(books: &Books<'_>, asked: &Asked) -> Answer {
    let found = books.doc::<Tracking>(KIND, asked.query("tracking_numbers").unwrap_or_default())?;
    let found: Vec<Value> = found.iter().map(wire).collect();
    Ok(Json(json!({ "meta": { "code": 200 }, "data": { "trackings": found } })).into_response())
}

/// Takes a parcel that is followed to where it is now; what is told of it.
pub(crate) fn moved(
    books: &Books<'_>,
    number: &str,
    step: Step,
    now: OffsetDateTime,
) -> Result<Option<Value>, DepotError> {
    let Some(tracking) = books.doc::<Tracking>(KIND, number)? else { return Ok(None) };
    let tag = if step == Step::Delivered { "Delivered" } else { "InTransit" };
    let tracking = Tracking { tag: tag.to_owned(), ..tracking };
    books.put(KIND, number, &tracking)?;
    let event = format!("{}-{tag}", tracking.id);
    Ok(Some(
        json!({ "event_id": event, "event": "tracking_update", "ts": now.unix_timestamp(), "msg": wire(&tracking) }),
    ))
}
