//! The one shape of a function: an event in, an answer out.
//!
//! On AWS the Lambda runtime calls it; locally the event-source mappings do. Both hand it the very JSON
//! that AWS sends.

use crate::{Env, Problems, telemetry};
use async_trait::async_trait;
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde_json::Value;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tracing::Instrument as _;

/// One invocation.
#[derive(Debug, Clone)]
pub struct Call {
    /// Tells this invocation from any other.
    pub request_id: String,
    /// When it will be cut off.
    pub deadline: OffsetDateTime,
}

/// Why an invocation failed, named for what the caller does about it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// The same event may well succeed later.
    #[error("{0}")]
    Retry(String),
    /// The same event will always fail: it belongs in the dead-letter queue.
    #[error("{0}")]
    Reject(String),
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        let error_type = match failure {
            Failure::Retry(_) => "Retry",
            Failure::Reject(_) => "Reject",
        };
        Self { error_type: error_type.to_owned(), error_message: failure.to_string() }
    }
}

/// A function, whatever wakes it.
#[async_trait]
pub trait Function: Send + Sync {
    /// Its name: of the crate, the Lambda function, the queue and the catalogue entry.
    fn name(&self) -> &'static str;

    /// Handles one event, in the JSON that AWS sends.
    async fn invoke(&self, event: Value, call: &Call) -> Result<Value, Failure>;
}

/// Builds a function from what the runtime gives it.
pub type Build = fn(&Env) -> Result<Arc<dyn Function>, Problems>;

/// Runs a function on AWS Lambda until the environment is shut down.
///
/// # Errors
/// When the configuration is not complete, or the runtime's API fails.
pub async fn serve(needs: &[&str], build: Build) -> Result<(), lambda_runtime::Error> {
    telemetry::init();
    let env = Env::load(needs).await?;
    let function = build(&env)?;
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| handle(&env, Arc::clone(&function), event))).await
}

async fn handle(env: &Env, function: Arc<dyn Function>, event: LambdaEvent<Value>) -> Result<Value, Diagnostic> {
    let deadline = Duration::milliseconds(i64::try_from(event.context.deadline).unwrap_or(i64::MAX));
    let call = Call {
        request_id: event.context.request_id.clone(),
        deadline: OffsetDateTime::UNIX_EPOCH.checked_add(deadline).unwrap_or(OffsetDateTime::UNIX_EPOCH),
    };
    let span = tracing::info_span!("invocation", function.name = function.name(), request.id = call.request_id);
    Ok(measured(env, function.as_ref(), event.payload, &call).instrument(span).await?)
}

/// Invokes a function and counts the call, how long it took and how it ended.
///
/// # Errors
/// As the function itself.
pub async fn measured(env: &Env, function: &dyn Function, event: Value, call: &Call) -> Result<Value, Failure> {
    let started = env.clock().now();
    let answer = function.invoke(event, call).await;
    let outcome = if answer.is_ok() { "ok" } else { "failed" };
    let took = (env.clock().now() - started).unsigned_abs();
    let metrics = env.metrics();
    metrics.count("invocations_total", 1, &[("function", function.name()), ("outcome", outcome)]);
    metrics.millis("invocation_ms", took, &[("function", function.name())]);
    metrics.flush();
    answer
}
