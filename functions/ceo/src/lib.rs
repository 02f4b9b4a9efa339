//! The CEO function: reviews products, decides what policy leaves to it, watches health and goals.
//!
//! Its mandate is policy (`policies/royal/ceo`): it approves or rejects inside it, and leaves everything else, and
//! everything it does not know, to a person. It never takes the place of a person, and it acts on nothing
//! itself: what it wants done, it proposes like any other agent.

mod digest;
mod goals;
mod health;
mod mandate;
mod review;
mod ruling;
mod takings;
mod told;

pub use mandate::Mandate;

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::{Record, journey::Journey};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// The CEO function.
pub struct Ceo {
    mandate: Arc<dyn Mandate>,
}

/// What the CEO function can be asked, and told.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// Whether a product may go on to its page.
    #[serde(rename = "review.product")]
    Review(Box<review::Product>),
    /// An action that policy leaves to it.
    #[serde(rename = "action")]
    Action(Box<Record>),
    /// A journey that ended without what it set out for.
    #[serde(rename = "stopped")]
    Stopped(Box<Journey>),
    /// What a cluster's manager has to say.
    #[serde(rename = "cluster.report")]
    Cluster(Value),
    /// Time to look at the health of everything.
    #[serde(rename = "hourly")]
    Hourly(Option<health::Roster>),
    /// Time for the digest of the day: goals, business, work.
    #[serde(rename = "daily")]
    Daily(Option<goals::Watched>),
    /// A goal is to be another one.
    #[serde(rename = "goals.set")]
    SetGoal(goals::Wish),
}

/// Builds the CEO function.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(AgentFunction::of(Ceo::new(Arc::new(env.store().clone())), env))
}

impl Ceo {
    /// A CEO function that reads what it used of its mandate from `mandate`.
    #[must_use]
    pub fn new(mandate: Arc<dyn Mandate>) -> Self {
        Self { mandate }
    }
}

#[async_trait]
impl Agent for Ceo {
    const NAME: &'static str = "ceo";

    const MAY_RULE: bool = true;

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::Review(product) => review::review(ctx, self.mandate.as_ref(), &product).await,
            Input::Action(_) => ruling::rule(ctx, self.mandate.as_ref()).await,
            Input::Stopped(journey) => Ok(told::stopped(&journey)),
            Input::Cluster(report) => Ok(Turn::report(&report)),
            Input::Hourly(roster) => health::health(ctx, &roster.unwrap_or_default()).await,
            Input::Daily(watched) => digest::digest(ctx, &watched.unwrap_or_default()).await,
            Input::SetGoal(wish) => goals::set(ctx, &wish).await,
        }
    }
}

#[cfg(test)]
mod tests;
