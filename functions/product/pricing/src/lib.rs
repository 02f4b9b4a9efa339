//! Pricing: what a candidate sells for.
//!
//! The rule (`policies/royal/agents/pricing.rego`) finds the price of one variant; this agent brings it the
//! variant's facts and puts the answers together. A product has a price when each of its variants has one:
//! the thinnest margin of all of them is what everybody behind here judges.

mod price;

pub use price::price;

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::journey::Candidate;
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use std::sync::Arc;

/// Who finds prices.
pub struct Pricing;

/// What pricing can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The prices of a candidate.
    #[serde(rename = "price")]
    Price(Box<Work>),
}

/// A candidate without prices.
#[derive(Debug, Deserialize)]
pub struct Work {
    candidate: Candidate,
}

/// Builds pricing.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(AgentFunction::of(Pricing, env))
}

#[async_trait]
impl Agent for Pricing {
    const NAME: &'static str = "product-pricing";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        let Input::Price(work) = input;
        let priced = price(&ctx.policy, &work.candidate).map_err(|error| AgentError::Retry(error.to_string()))?;
        Ok(Turn::report(&priced))
    }
}

#[cfg(test)]
mod tests;
