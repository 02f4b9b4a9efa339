//! Live events: what happens, told to the people who watch, as it happens.
//!
//! One function with two doors. Through API Gateway's WebSocket come people: they connect with a token, name
//! topics, leave. Through its queue come the relay's domain events. Each event is put at the end of a log that
//! is kept for a day; then every connection that wants it is brought up to date from that log.
//!
//! Nothing lost and nothing out of order: a connection has a place in the log, and only who holds its turn (a
//! lease) may send to it and move the place on. So what a person has received is always a beginning of the
//! log, whatever is delivered late or twice or by two invocations at once, and the id of the last event says
//! all about where to go on.

mod door;
mod event;
mod post;
mod protocol;
mod pump;
mod rights;
mod table;
mod talk;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use aws_lambda_events::apigw::ApiGatewayWebsocketProxyRequest as Request;
use identity::Verifier;
use post::Post;
use rights::Rights;
use runtime::{Call, Env, Failure, Function, Problems};
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::sync::Arc;
use table::Table;

/// Settings that the function cannot do without.
pub const NEEDS: &[&str] = &["ROYAL_LIVE_URL"];

/// The function.
pub struct Live {
    env: Env,
    verifier: Verifier,
    rights: Rights,
    table: Table,
    post: Post,
}

/// Builds the function.
///
/// # Errors
/// When `ROYAL_LIVE_URL` is not set.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let url = env.config().live_url.as_deref().ok_or_else(|| Problems::one("`ROYAL_LIVE_URL` is not set"))?;
    Ok(Arc::new(Live {
        verifier: Verifier::new(env),
        rights: Rights::new(env),
        table: Table::new(env),
        post: Post::new(env.sdk(), url),
        env: env.clone(),
    }))
}

#[async_trait]
impl Function for Live {
    fn name(&self) -> &'static str {
        "live"
    }

    async fn invoke(&self, event: Value, call: &Call) -> Result<Value, Failure> {
        self.rights.refresh().await;
        if event.get("requestContext").is_none() {
            return self.happened(event, call).await;
        }
        let request = Request::deserialize(event);
        let request = request.map_err(|error| Failure::Reject(format!("no WebSocket event: {error}")))?;
        let id = request.request_context.connection_id.clone();
        let id = id.ok_or_else(|| Failure::Reject("no WebSocket event: `connectionId` is missing".to_owned()))?;
        match request.request_context.event_type.as_deref() {
            Some("CONNECT") => Ok(self.connect(&id, &request).await),
            Some("DISCONNECT") => self.left(&id).await,
            _ => self.said(&id, request.body.as_deref().unwrap_or_default(), call).await,
        }
    }
}

impl Live {
    async fn left(&self, id: &str) -> Result<Value, Failure> {
        self.table.remove(id).await?;
        Ok(answer(200))
    }
}

/// What API Gateway is answered.
fn answer(status: u16) -> Value {
    json!({ "statusCode": status })
}
