//! What shoppers, carriers and data-protection officers do, by the sandbox's own addresses.

use super::plain;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::orders::{self, place, place::Ask};
use crate::shop::Shop;
use crate::webhooks::emit;
use apollo_compiler::response::JsonMap;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The routes about orders.
pub(super) fn routes() -> Router<Shop> {
    Router::new()
        .route("/sandbox/orders", get(list).post(create))
        .route("/sandbox/orders/{id}/pay", post(pay))
        .route("/sandbox/shelf", post(shelve))
        .route("/sandbox/fulfillments/{id}/{status}", post(carrier))
        .route("/sandbox/customers/{id}/{request}", post(person))
        .route("/sandbox/shop/redact", post(redact))
}

/// Runs `act` as one request does.
fn with<T>(shop: &Shop, act: impl FnOnce(&Cx<'_>) -> Result<T, Fail>) -> Result<T, Fail> {
    let inner = &shop.inner;
    let (none, nobody) = (JsonMap::new(), HashSet::new());
    inner.with_store(|store| act(&Cx::new(store, &inner.settings, &none, &nobody)))
}

fn answer(read: Result<Value, Fail>, good: StatusCode) -> Response {
    match read {
        Ok(value) => (good, Json(value)).into_response(),
        Err(e) if matches!(e.code, "BAD_REQUEST" | "SOLD_OUT") => plain(StatusCode::UNPROCESSABLE_ENTITY, &e.message),
        Err(e) => plain(StatusCode::INTERNAL_SERVER_ERROR, &e.message),
    }
}

/// A body that is not understood is a mistake in a test: it says so.
async fn create(State(shop): State<Shop>, Json(body): Json<Value>) -> Response {
    match serde_json::from_value::<Ask>(body) {
        Ok(ask) => answer(with(&shop, |cx| place::place(cx, &ask)), StatusCode::CREATED),
        Err(e) => plain(StatusCode::BAD_REQUEST, &format!("not an order: {e}")),
    }
}

/// All orders as webhooks would tell them now.
async fn list(State(shop): State<Shop>) -> Response {
    let read = with(&shop, |cx| {
        let all = cx.store.all::<orders::model::Order>("order")?;
        let told: Result<Vec<_>, _> = all.iter().map(|order| orders::rest::order(cx, order)).collect();
        Ok(json!({ "orders": told? }))
    });
    answer(read, StatusCode::OK)
}

async fn pay(State(shop): State<Shop>, Path(id): Path<i64>) -> Response {
    done(with(&shop, |cx| place::pay(cx, id)), "no order of this id waits for its payment")
}

/// So many units of one thing lie on the shop's own shelf.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelved {
    /// Which; the first thing that is on sale and does not lie there yet, where nobody says.
    sku: Option<String>,
    available: i64,
}

/// Somebody puts goods on the shop's own shelf: its last location.
async fn shelve(State(shop): State<Shop>, Json(body): Json<Value>) -> Response {
    match serde_json::from_value::<Shelved>(body) {
        Ok(Shelved { sku, available }) => {
            let put = with(&shop, |cx| orders::stock::shelve(cx, sku.as_deref(), available));
            done(put, "the shop has no shelf, or nothing to put there")
        }
        Err(e) => plain(StatusCode::BAD_REQUEST, &format!("not on a shelf: {e}")),
    }
}

/// The carrier says where a parcel is: `in_transit`, `delivered`, `failure` …
async fn carrier(State(shop): State<Shop>, Path((id, status)): Path<(i64, String)>) -> Response {
    let moved = with(&shop, |cx| {
        let transaction = cx.store.begin()?;
        let Some(mut order) = orders::by(cx, &format!("fulfillment:{id}"))? else {
            return Ok(false);
        };
        let now = cx.stamp();
        for parcel in order.fulfillments.iter_mut().filter(|f| f.id == id) {
            parcel.delivered_at = (status == "delivered").then(|| now.clone());
            parcel.shipment = Some(status.clone());
            parcel.updated_at.clone_from(&now);
        }
        orders::save(cx, &mut order, &[])?;
        for parcel in order.fulfillments.iter().filter(|f| f.id == id) {
            emit::emit(cx, "fulfillments/update", id, &orders::rest::fulfillment(cx, &order, parcel))?;
        }
        transaction.commit()?;
        Ok(true)
    });
    done(moved, "there is no parcel of this id")
}

/// A person asks for their data (`data_request`) or to be forgotten (`redact`).
async fn person(State(shop): State<Shop>, Path((id, request)): Path<(i64, String)>) -> Response {
    let topic = match request.as_str() {
        "data_request" => "customers/data_request",
        "redact" => "customers/redact",
        _ => return plain(StatusCode::NOT_FOUND, "Not Found"),
    };
    done(with(&shop, |cx| orders::compliance(cx, topic, id)), "there is no customer of this id")
}

/// The shop was uninstalled 48 hours ago.
async fn redact(State(shop): State<Shop>) -> Response {
    let told = with(&shop, |cx| {
        let body = json!({ "shop_id": 1, "shop_domain": cx.settings.shop_domain });
        emit::emit(cx, "shop/redact", 1, &body).map(|()| true)
    });
    done(told, "")
}

fn done(read: Result<bool, Fail>, missing: &str) -> Response {
    match read {
        Ok(false) => plain(StatusCode::NOT_FOUND, missing),
        Ok(true) => answer(Ok(json!({ "done": true })), StatusCode::OK),
        Err(e) => answer(Err(e), StatusCode::OK),
    }
}
