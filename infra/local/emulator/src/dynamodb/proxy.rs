//! Every DynamoDB call passes here on its way to the engine.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, Response, Uri, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::accesses::accesses;
use super::ask::{Ask, Told};
use super::engine::Engine;
use crate::env::Env;
use crate::http::{ApiError, Call};
use crate::signals::Topic;
use crate::tasks::background;

/// Puts calls to the engine, or forwards them to its server over a pool of loopback connections.
pub(crate) struct Proxy {
    client: Client<HttpConnector, Body>,
    server: Uri,
    engine: Arc<Engine>,
    env: Arc<Env>,
}

impl Proxy {
    pub(crate) fn new(engine: Arc<Engine>, env: Arc<Env>) -> Result<Self, ApiError> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let server = Uri::builder()
            .scheme("http")
            .authority(engine.address.to_string())
            .path_and_query("/")
            .build()
            .map_err(|e| ApiError::internal(e.to_string()))?;
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), server, engine, env })
    }

    /// Has the engine do the call and returns its answer.
    pub(crate) async fn serve(&self, call: Call) -> Result<Response<Body>, ApiError> {
        let ask = Ask::read(&call);
        let granted = self.env.warden.admit(&call, |grants| Some(accesses(ask.as_ref()?, &grants.partitions)));
        granted?;
        if let Some(ask) = ask
            && let Told::Answer { status, body } = self.engine.put(ask).await?
        {
            return answer(&call, status, body);
        }
        self.forward(call).await
    }

    /// Sends the call on and returns the server's answer. The work goes on even if the caller
    /// hangs up, so that a write that was applied always wakes the stream readers.
    async fn forward(&self, call: Call) -> Result<Response<Body>, ApiError> {
        let sent = self.client.request(self.request(call));
        let (engine, env) = (self.engine.clone(), self.env.clone());
        let work = background(async move {
            let passing = engine.gate.read().await;
            let answer = sent.await;
            drop(passing);
            let synced = engine.synced(true).await;
            env.signals.wake(Topic::Tables);
            synced.map(|()| answer)
        });
        let broken =
            |cause: &dyn std::fmt::Display| ApiError::internal(format!("the local database does not answer: {cause}"));
        let answer = work.await.map_err(|e| broken(&e))??.map_err(|e| broken(&e))?;
        Ok(answer.map(Body::new))
    }

    fn request(&self, call: Call) -> Request<Body> {
        let mut request = Request::new(Body::from(call.body));
        *request.method_mut() = call.parts.method;
        *request.uri_mut() = self.server.clone();
        *request.headers_mut() = call.parts.headers;
        for hop in [header::HOST, header::CONNECTION, header::EXPECT, header::TRANSFER_ENCODING] {
            request.headers_mut().remove::<HeaderName>(hop);
        }
        request
    }
}

fn answer(call: &Call, status: u16, body: String) -> Result<Response<Body>, ApiError> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status.try_into().map_err(|_| ApiError::internal(format!("status {status}")))?;
    let kind = HeaderValue::from_static(call.service.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}
