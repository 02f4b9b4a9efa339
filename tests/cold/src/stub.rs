//! Lambda's Runtime API, as much of it as a function needs.

use anyhow::{Context as _, Result, bail};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;
use std::{net::SocketAddr, sync::Arc, time::Instant};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
    task::JoinHandle,
};

/// What a function told the Runtime API, and when.
#[derive(Debug)]
pub enum Heard {
    /// It is ready for an event.
    Polled(Instant),
    /// It handled the event: the answer, or what it reported as an error.
    Answered(Instant, Result<Bytes, Bytes>),
}

/// The Runtime API for one process.
pub struct Stub {
    at: SocketAddr,
    heard: mpsc::UnboundedReceiver<Heard>,
    events: mpsc::UnboundedSender<Bytes>,
    server: JoinHandle<std::io::Result<()>>,
}

struct Shared {
    heard: mpsc::UnboundedSender<Heard>,
    events: Mutex<mpsc::UnboundedReceiver<Bytes>>,
}

impl Stub {
    /// Listens on a free loopback port.
    ///
    /// # Errors
    /// When there is none.
    pub async fn listen() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port on 127.0.0.1")?;
        let (tell, heard) = mpsc::unbounded_channel();
        let (events, wanted) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared { heard: tell, events: Mutex::new(wanted) });
        let api = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .with_state(shared);
        let at = listener.local_addr()?;
        #[allow(clippy::disallowed_methods, reason = "no function: nothing freezes this process")]
        let server = tokio::spawn(axum::serve(listener, api).into_future());
        Ok(Self { at, heard, events, server })
    }

    /// Where it listens, as `AWS_LAMBDA_RUNTIME_API` wants it.
    #[must_use]
    pub fn address(&self) -> String {
        self.at.to_string()
    }

    /// Waits until the function asks for an event.
    ///
    /// # Errors
    /// When it answers one that it was not given.
    pub async fn polled(&mut self) -> Result<Instant> {
        match self.heard.recv().await {
            Some(Heard::Polled(at)) => Ok(at),
            other => bail!("the function should ask for an event, but: {other:?}"),
        }
    }

    /// Hands the function an event and waits for what it makes of it.
    ///
    /// # Errors
    /// When it asks for another one instead.
    pub async fn invoke(&mut self, event: &Value) -> Result<(Instant, Result<Bytes, Bytes>)> {
        self.events.send(event.to_string().into()).context("the stub has ended")?;
        match self.heard.recv().await {
            Some(Heard::Answered(at, answer)) => Ok((at, answer)),
            other => bail!("the function should answer, but: {other:?}"),
        }
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    tell(&shared, Heard::Polled(Instant::now()));
    match shared.events.lock().await.recv().await {
        Some(event) => (
            [
                ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
                ("lambda-runtime-deadline-ms", "4102444800000"),
                ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:started"),
            ],
            event,
        )
            .into_response(),
        None => StatusCode::GONE.into_response(),
    }
}

async fn answered(State(shared): State<Arc<Shared>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    tell(&shared, Heard::Answered(Instant::now(), Ok(body)));
    StatusCode::ACCEPTED
}

async fn failed(State(shared): State<Arc<Shared>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    tell(&shared, Heard::Answered(Instant::now(), Err(body)));
    StatusCode::ACCEPTED
}

/// Nobody may be left who wants to know: the process is being ended.
fn tell(shared: &Shared, heard: Heard) {
    let _ = shared.heard.send(heard);
}
