//! What API Gateway's HTTP API does for functions that take its events: outside systems tell something, and are
//! answered what the function answers.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse as _, Response},
    routing::any,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use emulator::Handler;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The addresses that outside systems call, in front of the function behind `handler`.
pub(crate) fn router(handler: Arc<dyn Handler>) -> Router {
    Router::new()
        .route("/webhooks/{sender}", any(call))
        .route("/suppliers/{sender}", any(call))
        .layer(axum::extract::DefaultBodyLimit::max(LARGEST))
        .with_state(handler)
}

/// The largest body that the gateway passes on, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;

async fn call(
    State(handler): State<Arc<dyn Handler>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match handler.invoke(event(&method, &uri, &headers, &body)).await {
        Ok(answer) => response(&answer),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// The event, in the format of HTTP APIs (2.0): names in lower case, what is no text in Base64.
fn event(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Value {
    let mut named = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        named.insert(name.as_str().to_owned(), json!(values.collect::<Vec<_>>().join(",")));
    }
    let (body, encoded) = match std::str::from_utf8(body) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (STANDARD.encode(body), true),
    };
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": uri.path(), "rawQueryString": uri.query().unwrap_or_default(),
        "headers": named,
        "requestContext": {
            "accountId": "000000000000", "apiId": "local", "domainName": "localhost", "stage": "$default",
            "http": {
                "method": method.as_str(), "path": uri.path(), "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1",
                "userAgent": "",
            },
            "routeKey": "$default", "timeEpoch": 0,
        },
        "body": body, "isBase64Encoded": encoded,
    })
}

fn response(answer: &Value) -> Response {
    let status = answer.get("statusCode").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let mut response = Response::builder().status(status.unwrap_or(502));
    for (name, value) in answer.get("headers").and_then(Value::as_object).into_iter().flatten() {
        response = response.header(name, value.as_str().unwrap_or_default());
    }
    let body = answer.get("body").and_then(Value::as_str).unwrap_or_default().to_owned();
    response.body(Body::from(body)).unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}
