//! The second door: the partner event bus, on which only the shop puts something.
//!
//! Such a message carries no signature that could be checked (its body was written anew on the way): what is trusted is
//! the bus, whose sources AWS gives to Shopify alone. What was a header is in `metadata`, in whatever case.

use crate::{door::Headers, problem::Problem, shopify};
use runtime::{Env, Failure};
use serde_json::{Value, json};

/// What the names of the shop's event sources begin with.
const SOURCE: &str = "aws.partner/shopify.com/";

/// Whether this comes from a bus.
pub(crate) fn is_event(event: &Value) -> bool {
    event.get("detail-type").is_some() && event.get("requestContext").is_none()
}

/// Takes one event of the bus. What cannot be read goes to the dead-letter queue, where a person can look at it.
pub(crate) async fn take(env: &Env, event: &Value) -> Result<Value, Failure> {
    let source = event.get("source").and_then(Value::as_str).unwrap_or_default();
    if !source.starts_with(SOURCE) {
        return Err(Failure::Reject("the event is not of the shop's source".to_owned()));
    }
    let part = |name: &str| event.get("detail").and_then(|detail| detail.get(name));
    let (Some(payload), Some(metadata)) = (part("payload"), part("metadata").and_then(Value::as_object)) else {
        return Err(Failure::Reject("the event has no `detail.payload` and `detail.metadata`".to_owned()));
    };
    let headers =
        metadata.iter().filter_map(|(name, value)| Some((name.to_ascii_lowercase(), value.as_str()?.to_owned())));
    let headers: Headers = headers.collect();
    let body = payload.to_string().into_bytes();
    shopify::told(env, &headers, &body).await.map_err(failed)?;
    Ok(json!({}))
}

fn failed(problem: Problem) -> Failure {
    let why = problem.cause().to_owned();
    if problem.is_passing() { Failure::Retry(why) } else { Failure::Reject(why) }
}
