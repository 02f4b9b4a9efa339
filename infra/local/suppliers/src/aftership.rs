//! AfterShip: `/tracking/2026-07/trackings`.

use crate::{
    Depot, DepotError, Kept, Step,
    depot::Inner,
    ledger::Books,
    server::{Answer, Asked},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub(crate) const API: &str = "aftership";

/// A parcel that is followed.
#[derive(Debug, Serialize, Deserialize)]
struct Tracking {
    id: String,
    tracking_number: String,
    order_id: Option<String>,
    tag: String,
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
pub(crate) fn answer(_inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    if asked.operation == "trackings" { create(books, asked) } else { find(books, asked) }
}

fn create(books: &Books<'_>, asked: &Asked) -> Answer {
    let number = asked.text("tracking_number").unwrap_or_default();
    if books.doc::<Tracking>("tracking", number)?.is_some() {
        return Ok(meta(StatusCode::BAD_REQUEST, 4003, "Tracking already exists."));
    }
    let order_id = asked.text("order_id").map(str::to_owned);
    let id = format!("trk{}", books.next_id()?);
    let tracking = Tracking { id, tracking_number: number.to_owned(), order_id, tag: "Pending".to_owned() };
    books.put("tracking", number, &tracking)?;
    let body = json!({ "meta": { "code": 201 }, "data": tracking });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn find(books: &Books<'_>, asked: &Asked) -> Answer {
    let found = books.doc::<Tracking>("tracking", asked.query("tracking_numbers").unwrap_or_default())?;
    let found: Vec<Tracking> = found.into_iter().collect();
    Ok(Json(json!({ "meta": { "code": 200 }, "data": { "trackings": found } })).into_response())
}

/// What is told of an order's step where its parcel is followed.
pub(crate) fn told(
    books: &Books<'_>,
    order: &Kept,
    now: OffsetDateTime,
) -> Result<Option<(String, Value)>, DepotError> {
    let Some(number) = order.tracking() else { return Ok(None) };
    let Some(tracking) = books.doc::<Tracking>("tracking", &number)? else { return Ok(None) };
    let tag = if order.step == Step::Delivered { "Delivered" } else { "InTransit" };
    let tracking = Tracking { tag: tag.to_owned(), ..tracking };
    books.put("tracking", &number, &tracking)?;
    let event = format!("{}-{tag}", tracking.id);
    let body = json!({ "event_id": event, "event": "tracking_update", "ts": now.unix_timestamp(), "msg": tracking });
    Ok(Some((API.to_owned(), body)))
}
