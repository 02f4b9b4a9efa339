//! The HTTP surface: the Admin API, the sandbox's own controls, the shopper's pages.

mod answers;
mod graphql;
mod orders;

use crate::faults::Fault;
use crate::shop::Shop;
use crate::{API_VERSION, pages, state};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, body::Bytes};
use maud::Markup;
use serde_json::{Value, json};

/// Larger bodies are refused with 413.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// All routes of the sandbox.
pub(crate) fn router(shop: Shop) -> Router {
    Router::new()
        .route("/admin/api/{version}/graphql.json", post(admin))
        .route("/sandbox/state", get(show_state))
        .route("/sandbox/faults", get(show_faults).post(add_faults).delete(clear_faults))
        .merge(orders::routes())
        .route("/", get(home))
        .route("/products/{handle}", get(product))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shop)
}

async fn admin(State(shop): State<Shop>, Path(version): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    if version != API_VERSION {
        return plain(StatusCode::NOT_FOUND, "Not Found");
    }
    let token = headers.get("x-shopify-access-token").map(HeaderValue::as_bytes);
    let settings = &shop.inner.settings;
    let writes = token == Some(settings.access_token.as_bytes());
    let mut answer = if writes || token == Some(settings.read_token.as_bytes()) {
        graphql::answer(shop, body, writes).await
    } else {
        plain(StatusCode::UNAUTHORIZED, "[API] Invalid API key or access token (unrecognized login or wrong password)")
    };
    let version = HeaderValue::from_static(API_VERSION);
    answer.headers_mut().insert("x-shopify-api-version", version);
    answer
}

fn plain(status: StatusCode, errors: &str) -> Response {
    (status, Json(json!({ "errors": errors }))).into_response()
}

async fn show_state(State(shop): State<Shop>) -> Response {
    let read = shop.inner.with_store(|store| state::read(store, &shop.inner.settings));
    match read {
        Ok(state) => Json(state).into_response(),
        Err(e) => plain(StatusCode::INTERNAL_SERVER_ERROR, &e.message),
    }
}

async fn show_faults(State(shop): State<Shop>) -> Json<Value> {
    Json(json!({ "faults": shop.faults().waiting() }))
}

/// The body is one fault or a list of them.
async fn add_faults(State(shop): State<Shop>, Json(body): Json<Value>) -> Response {
    let read = match body {
        Value::Array(_) => serde_json::from_value::<Vec<Fault>>(body),
        single => serde_json::from_value::<Fault>(single).map(|fault| vec![fault]),
    };
    match read {
        Ok(faults) => {
            shop.faults().add(faults);
            show_faults(State(shop)).await.into_response()
        }
        Err(e) => plain(StatusCode::BAD_REQUEST, &format!("not a fault: {e}")),
    }
}

async fn clear_faults(State(shop): State<Shop>) -> Json<Value> {
    shop.faults().clear();
    show_faults(State(shop)).await
}

async fn home(State(shop): State<Shop>) -> Response {
    let inner = &shop.inner;
    match inner.with_store(|store| pages::home(store, &inner.settings)) {
        Ok(page) => html(StatusCode::OK, page),
        Err(e) => plain(StatusCode::INTERNAL_SERVER_ERROR, &e.message),
    }
}

async fn product(State(shop): State<Shop>, Path(handle): Path<String>) -> Response {
    let inner = &shop.inner;
    match inner.with_store(|store| pages::product(store, &inner.settings, &handle)) {
        Ok(Some(page)) => html(StatusCode::OK, page),
        Ok(None) => html(StatusCode::NOT_FOUND, pages::missing(&inner.settings)),
        Err(e) => plain(StatusCode::INTERNAL_SERVER_ERROR, &e.message),
    }
}

fn html(status: StatusCode, page: Markup) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; img-src http: https:; style-src 'unsafe-inline'"),
    ];
    (status, headers, page.into_string()).into_response()
}
