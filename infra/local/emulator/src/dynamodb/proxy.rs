//! Every DynamoDB call passes here on its way to the engine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderName, Request, Response, Uri, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::RwLock;

use crate::env::Env;
use crate::http::{ApiError, Call};
use crate::signals::Topic;
use crate::tasks::background;

/// Operations that can put records into a stream.
const WRITES: &[&str] = &[
    "BatchExecuteStatement",
    "BatchWriteItem",
    "DeleteItem",
    "ExecuteStatement",
    "ExecuteTransaction",
    "PutItem",
    "TransactWriteItems",
    "UpdateItem",
];

/// Forwards calls to the engine over a pool of loopback connections.
pub(crate) struct Proxy {
    client: Client<HttpConnector, Body>,
    engine: Uri,
    gate: Arc<RwLock<()>>,
    env: Arc<Env>,
}

impl Proxy {
    pub(crate) fn new(engine: SocketAddr, gate: Arc<RwLock<()>>, env: Arc<Env>) -> Result<Self, ApiError> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let engine = Uri::builder()
            .scheme("http")
            .authority(engine.to_string())
            .path_and_query("/")
            .build()
            .map_err(|e| ApiError::internal(e.to_string()))?;
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), engine, gate, env })
    }

    /// Sends the call on and returns the engine's answer. The work goes on even if the caller
    /// hangs up, so that a write that was applied always wakes the stream readers.
    pub(crate) async fn forward(&self, call: Call) -> Result<Response<Body>, ApiError> {
        let writes = WRITES.contains(&call.operation.as_str());
        let sent = self.client.request(self.request(call));
        let (gate, env) = (self.gate.clone(), self.env.clone());
        let work = background(async move {
            let _passing = gate.read().await;
            let answer = sent.await;
            if writes {
                env.signals.wake(Topic::Tables);
            }
            answer
        });
        let broken =
            |cause: &dyn std::fmt::Display| ApiError::internal(format!("the local database does not answer: {cause}"));
        let answer = work.await.map_err(|e| broken(&e))?.map_err(|e| broken(&e))?;
        Ok(answer.map(Body::new))
    }

    fn request(&self, call: Call) -> Request<Body> {
        let mut request = Request::new(Body::from(call.body));
        *request.method_mut() = call.parts.method;
        *request.uri_mut() = self.engine.clone();
        *request.headers_mut() = call.parts.headers;
        for hop in [header::HOST, header::CONNECTION, header::EXPECT, header::TRANSFER_ENCODING] {
            request.headers_mut().remove::<HeaderName>(hop);
        }
        request
    }
}
