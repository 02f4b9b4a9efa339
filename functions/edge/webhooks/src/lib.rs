//! What outside systems tell of their own accord: Shopify's webhooks, and the callbacks of suppliers.
//!
//! A sender is told of success only once its message is in the table: one conditional write, and what follows from it
//! happens behind the table's stream. So the answer takes milliseconds, a message that comes again meets itself, and
//! nothing is lost between an answer and what it promises. The signature is checked over the bytes as they came, before
//! anything of them is read. What is personal goes to the customer's partition, the rest is kept without it.
//!
//! Two doors: HTTP, where messages are signed, and the partner event bus, which only the shop can put something on.

mod bridge;
mod door;
mod keep;
mod problem;
mod shopify;
mod suppliers;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use door::Request;
use problem::{Kind, Problem};
use runtime::{Call, Env, Failure, Function, Problems};
use serde_json::Value;
use std::sync::Arc;

/// The doors as a function.
pub struct Webhooks {
    env: Env,
}

/// Builds the function.
///
/// # Errors
/// Never: a sender whose secret is not set up is told so.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(Arc::new(Webhooks { env: env.clone() }))
}

impl Webhooks {
    async fn answer(&self, request: &Request) -> Result<Value, Problem> {
        let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        if !matches!(path.as_slice(), ["webhooks", "shopify"] | ["suppliers", _]) {
            return Err(Problem::new(Kind::NotFound, "nobody is told anything here"));
        }
        if request.method != "POST" {
            return Err(Problem::new(Kind::Method, "messages are sent with POST"));
        }
        let kept = match path.as_slice() {
            ["suppliers", name] => suppliers::take(&self.env, name, request).await?,
            _ => shopify::take(&self.env, request).await?,
        };
        Ok(door::taken(kept))
    }
}

#[async_trait]
impl Function for Webhooks {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        if bridge::is_event(&event) {
            return bridge::take(&self.env, &event).await;
        }
        let request = match Request::read(event) {
            Ok(request) => request,
            Err(problem) => return Ok(problem.answer("/")),
        };
        Ok(self.answer(&request).await.unwrap_or_else(|problem| problem.answer(&request.path)))
    }
}
