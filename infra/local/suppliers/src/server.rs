//! The HTTP surface: who is asked for what, let in or not, valid or not, and then answered or failed on purpose.

use crate::{Depot, DepotError, Fault, FaultKind, aftership, cj, depot::Inner, ledger::Books, printful};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, RawQuery, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{any, get},
};
use futures::stream;
use serde_json::{Value, json};
use std::{future::ready, time::Duration};

/// Larger bodies are refused with 413.
const MAX_BODY: usize = 256 * 1024;
/// How long a silent service says nothing.
const SILENCE: Duration = Duration::from_secs(60);

/// An answer, where the state could be used.
pub(crate) type Answer = Result<Response, DepotError>;

/// A request, taken apart.
pub(crate) struct Asked {
    pub(crate) api: &'static str,
    pub(crate) operation: &'static str,
    /// The thing that the path names.
    pub(crate) id: Option<String>,
    pub(crate) body: Value,
    query: Vec<(String, String)>,
    headers: HeaderMap,
}

impl Asked {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name)?.to_str().ok().map(str::to_owned)
    }
}

pub(crate) fn router(depot: Depot) -> Router {
    Router::new()
        .route("/api2.0/v1/{*path}", any(by_cj))
        .route("/v2/{*path}", any(by_printful))
        .route("/tracking/2026-07/trackings", any(by_aftership))
        .route("/sandbox/suppliers", get(show))
        .route("/sandbox/suppliers/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/sandbox/suppliers/stock", axum::routing::post(restock))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(depot)
}

type Parts = (Method, HeaderMap, RawQuery, Bytes);

async fn by_cj(
    State(depot): State<Depot>,
    Path(path): Path<String>,
    (method, headers, query, body): Parts,
) -> Response {
    let operation = match (method.as_str(), path.as_str()) {
        ("POST", "authentication/getAccessToken") => "getAccessToken",
        ("GET", "product/stock/queryBySku") => "queryBySku",
        ("GET", "product/query") => "product",
        ("POST", "logistic/freightCalculate") => "freightCalculate",
        ("POST", "shopping/order/createOrderV2") => "createOrderV2",
        ("GET", "shopping/order/getOrderDetail") => "getOrderDetail",
        ("PATCH", "shopping/order/confirmOrder") => "confirmOrder",
        ("POST", "shopping/pay/payBalance") => "payBalance",
        ("DELETE", "shopping/order/deleteOrder") => "deleteOrder",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let checked = matches!(method.as_str(), "POST" | "PATCH");
    serve(&depot, (cj::API, operation, None), checked, (headers, query, body)).await
}

async fn by_printful(
    State(depot): State<Depot>,
    Path(path): Path<String>,
    (method, headers, query, body): Parts,
) -> Response {
    let parts: Vec<&str> = path.split('/').collect();
    let (operation, id) = match (method.as_str(), parts.as_slice()) {
        ("POST", ["orders"]) => ("createOrder", None),
        ("POST", ["shipping-rates"]) => ("shippingRates", None),
        ("GET", ["orders", id]) => ("getOrder", Some(*id)),
        ("DELETE", ["orders", id]) => ("deleteOrder", Some(*id)),
        ("POST", ["orders", id, "confirmation"]) => ("confirmOrder", Some(*id)),
        ("GET", ["orders", id, "shipments"]) => ("getShipments", Some(*id)),
        ("GET", ["catalog-variants", id, "availability"]) => ("availability", Some(*id)),
        ("GET", ["catalog-variants", id, "prices"]) => ("prices", Some(*id)),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let asked = (printful::API, operation, id.map(str::to_owned));
    let checked = matches!(operation, "createOrder" | "shippingRates");
    serve(&depot, asked, checked, (headers, query, body)).await
}

async fn by_aftership(State(depot): State<Depot>, (method, headers, query, body): Parts) -> Response {
    let operation = match method.as_str() {
        "POST" => "trackings",
        "GET" => "getTrackings",
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    serve(&depot, (aftership::API, operation, None), operation == "trackings", (headers, query, body)).await
}

async fn serve(
    depot: &Depot,
    (api, operation, id): (&'static str, &'static str, Option<String>),
    checked: bool,
    (headers, RawQuery(query), bytes): (HeaderMap, RawQuery, Bytes),
) -> Response {
    let json = !checked || is_json(&headers);
    let body = if bytes.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(&bytes) };
    let asked = Asked { api, operation, id, body: body.unwrap_or_default(), query: pairs(query.as_deref()), headers };
    let inner = &depot.0;
    let fault = inner.faults.of_request(operation);
    if !is_let_in(depot, &asked) || fault.as_ref().is_some_and(|fault| fault.kind == FaultKind::Denied) {
        return denied(api);
    }
    let problem = if !json { Some("it is not sent as JSON".to_owned()) } else { None };
    // CJ and Printful use the word `confirmOrder` for different things; Printful's has no body.
    let problem = problem.or_else(|| inner.rules.problem(operation, &asked.body).filter(|_| checked));
    if let Some(why) = problem {
        inner.refuse(format!("{api} {operation}: {why}"));
        return broken(api, &why);
    }
    misbehave(inner, &asked, fault).await
}

fn is_let_in(depot: &Depot, asked: &Asked) -> bool {
    match asked.api {
        cj::API => cj::is_let_in(depot, asked),
        printful::API => printful::is_let_in(depot, asked),
        _ => aftership::is_let_in(depot, asked),
    }
}

fn denied(api: &str) -> Response {
    match api {
        cj::API => cj::denied(),
        printful::API => printful::denied(),
        _ => aftership::denied(),
    }
}

fn broken(api: &str, why: &str) -> Response {
    match api {
        cj::API => cj::broken(why),
        printful::API => printful::broken(why),
        _ => aftership::broken(why),
    }
}

async fn misbehave(inner: &Inner, asked: &Asked, fault: Option<Fault>) -> Response {
    let Some(fault) = fault else { return applied(inner, asked) };
    let done = fault.kind.applies().then(|| applied(inner, asked));
    match fault.kind {
        FaultKind::TooManyRequests => {
            let after = (fault.delay_ms / 1000).to_string();
            (
                StatusCode::TOO_MANY_REQUESTS,
                [(header::RETRY_AFTER, after)],
                Json(json!({ "message": "Too many requests" })),
            )
                .into_response()
        }
        FaultKind::Slow => {
            tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
            done.unwrap_or_else(broken_off)
        }
        FaultKind::Silent => {
            tokio::time::sleep(SILENCE).await;
            broken_off()
        }
        FaultKind::DroppedBefore | FaultKind::DroppedAfter => broken_off(),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({ "message": "System busy" }))).into_response(),
    }
}

fn applied(inner: &Inner, asked: &Asked) -> Response {
    let answered = inner.advance().and_then(|()| {
        inner.ledger.run(|books: &Books<'_>| match asked.api {
            cj::API => cj::answer(inner, books, asked),
            printful::API => printful::answer(inner, books, asked),
            _ => aftership::answer(inner, books, asked),
        })
    });
    answered.unwrap_or_else(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response())
}

/// An answer whose body breaks at its first byte: the server closes the connection without having sent anything.
fn broken_off() -> Response {
    let broken = Err::<&[u8], _>(std::io::Error::other("sandbox fault: connection dropped"));
    Body::from_stream(stream::once(ready(broken))).into_response()
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| given.split(';').next().map(str::trim) == Some("application/json"))
}

fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://localhost/?{}", query.unwrap_or_default()));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}

async fn show(State(depot): State<Depot>) -> Response {
    let known = depot.0.advance().and_then(|()| Ok((depot.orders()?, depot.trackings()?)));
    match known {
        Ok((orders, trackings)) => {
            let paid: u64 = orders.iter().map(|order| u64::from(order.paid)).sum();
            let (created, refused) = (orders.len(), depot.refused());
            let told = json!({
                "created": created, "paid": paid, "orders": orders, "trackings": trackings, "refused": refused,
            });
            Json(told).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn faults(State(depot): State<Depot>) -> Json<Value> {
    Json(json!({ "faults": depot.0.faults.waiting() }))
}

/// The body is one fault or a list of them.
async fn add_faults(State(depot): State<Depot>, Json(body): Json<Value>) -> Response {
    let all = if body.is_array() { body } else { json!([body]) };
    match serde_json::from_value::<Vec<Fault>>(all) {
        Ok(all) => {
            depot.0.faults.add(all);
            faults(State(depot)).await.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("not a fault: {error}")).into_response(),
    }
}

async fn clear_faults(State(depot): State<Depot>) -> Json<Value> {
    depot.0.faults.clear();
    faults(State(depot)).await
}

/// `{"sku": …, "units": …}`
async fn restock(State(depot): State<Depot>, Json(body): Json<Value>) -> Response {
    let (sku, units) = (body.get("sku").and_then(Value::as_str), body.get("units").and_then(Value::as_u64));
    let (Some(sku), Some(units)) = (sku, units) else {
        return (StatusCode::BAD_REQUEST, "`sku` and `units` are needed").into_response();
    };
    match depot.restock(sku, units) {
        Ok(()) => Json(json!({ "sku": sku, "units": units })).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
