//! The scout: reads suppliers' feeds and starts a journey for each product that is worth one.
//!
//! A feed is read row by row and never held: only the best new candidates of the run are kept. A candidate
//! is new as long as no journey was asked for this very offer, so the same feed starts nothing twice, and
//! every run gets on to products that no run before it reached. Whether a product is worth a journey is
//! policy (`policies/royal/agents/scout.rego`); what the rule must know and the feed does not say is counted.

mod best;
mod candidate;
mod facts;
mod ports;
mod report;
mod scan;
mod score;
mod trends;

pub use ports::{Feeds, Live, TrendFile, TrendSource};
pub use trends::Trends;

use agent::{Agent, AgentError, AgentFunction, Context, NewTask, Turn};
use async_trait::async_trait;
use best::Found;
use feeds::SupplierFeeds;
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Who finds products worth selling.
pub struct Scout {
    feeds: Arc<dyn Feeds>,
    trends: Arc<dyn TrendSource>,
    live: Arc<dyn Live>,
}

/// What the scout can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// Time to look at the feeds again.
    #[serde(rename = "hourly")]
    Hourly(Option<Errand>),
    /// Somebody wants it looked at now.
    #[serde(rename = "scout")]
    Scout(Option<Errand>),
}

/// What to look at; everything where nothing is said. A specialist's schedule says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Errand {
    /// Feeds, each one of those that are configured.
    pub feeds: Vec<String>,
    /// Words that a product's category path must contain.
    pub category: Option<String>,
}

/// Builds the scout.
///
/// # Errors
/// Never: a scout without feeds says so when it is asked.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let config = env.config();
    let feeds = SupplierFeeds::new(config.feeds.clone(), config.currency, env.http().clone());
    let trends = TrendFile::new(config.trends.clone());
    let live = Arc::new(env.store().clone());
    Ok(AgentFunction::of(Scout::new(Arc::new(feeds), Arc::new(trends), live), env))
}

impl Scout {
    /// A scout that reads through these ports.
    #[must_use]
    pub fn new(feeds: Arc<dyn Feeds>, trends: Arc<dyn TrendSource>, live: Arc<dyn Live>) -> Self {
        Self { feeds, trends, live }
    }
}

#[async_trait]
impl Agent for Scout {
    const NAME: &'static str = "product-scout";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        let (Input::Hourly(errand) | Input::Scout(errand)) = input;
        let scan = scan::run(self, ctx, &errand.unwrap_or_default()).await?;
        let tasks = scan.best.iter().map(start).collect::<Result<_, _>>()?;
        Ok(Turn { tasks, facts: scan.facts(ctx.now), ..Turn::report(&scan.report) })
    }
}

/// The task that starts a candidate's journey.
fn start(found: &Found) -> Result<NewTask, AgentError> {
    let manager = "product-manager".parse();
    Ok(NewTask {
        agent: manager.map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?,
        kind: "journey.start".to_owned(),
        input: json!({ "candidate": found.candidate, "scored": found.scored }),
        key: Some(found.key()),
        reply: false,
        journey: None,
    })
}

#[cfg(test)]
mod tests;
