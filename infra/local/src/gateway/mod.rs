//! What API Gateway's WebSocket API does: people connect at `/live`, the function hears of it as events, and
//! answers through `/@connections/{id}`.
//!
//! The limits are AWS's: messages of at most 128 KB, ten idle minutes, two hours in all.

mod event;
pub(crate) mod http;
mod line;
mod manage;

use crate::handler::Time;
use axum::{
    Router,
    body::Body,
    extract::{State, ws::WebSocketUpgrade},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use emulator::Handler;
use event::Connection;
use line::{Line, Lines};
use runtime::Clock as _;
use serde_json::Value;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The largest message, in bytes.
const LARGEST: usize = 128 * 1024;
/// The largest that is read before it is found to be too large, so that whoever sent it can still be told.
const LARGEST_READ: usize = 1024 * 1024;

/// The gateway's state.
#[derive(Clone)]
struct Gateway(Arc<Shared>);

struct Shared {
    handler: Arc<dyn Handler>,
    time: Time,
    lines: Lines,
    connects: AtomicU64,
    /// Whether somebody who may write to connections signed the request.
    signed: Box<dyn Fn(&HeaderMap) -> bool + Send + Sync>,
}

/// The gateway in front of the function behind `handler`; requests to connections are taken where `signed` says so.
pub(crate) fn router(
    handler: Arc<dyn Handler>,
    signed: impl Fn(&HeaderMap) -> bool + Send + Sync + 'static,
    time: &Time,
) -> Router {
    let (lines, connects) = (Lines::default(), AtomicU64::new(0));
    let shared = Shared { handler, time: time.clone(), lines, connects, signed: Box::new(signed) };
    Router::new()
        .route("/live", get(open))
        .route("/@connections/{id}", post(manage::send).get(manage::look).delete(manage::close))
        .with_state(Gateway(Arc::new(shared)))
}

/// Asks the function whether somebody may come in, and opens the line if so.
async fn open(State(gateway): State<Gateway>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let number = gateway.0.connects.fetch_add(1, Ordering::Relaxed);
    let connection = Connection::new(number, gateway.0.time.now());
    let Ok(answer) = gateway.0.handler.invoke(connection.connect(&headers)).await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let status = answer.get("statusCode").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::BAD_GATEWAY);
    if !status.is_success() {
        return (status, Body::empty()).into_response();
    }
    let protocol = answer.pointer("/headers/Sec-WebSocket-Protocol").and_then(Value::as_str).map(str::to_owned);
    let upgrade = upgrade.protocols(protocol).max_message_size(LARGEST_READ).max_frame_size(LARGEST_READ);
    upgrade.on_upgrade(move |socket| Line::serve(gateway, connection, socket))
}
