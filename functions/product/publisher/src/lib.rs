//! The publisher: writes the page of a product that the CEO function let pass, and proposes to put it on sale.
//!
//! Every word of the supplier is text from outside: it is taken apart, and only its text is used, escaped. What
//! the page would need and nobody knows is named; what no page can do without ends the work without a proposal.

mod case;
mod listing;
mod markup;
mod premises;
mod text;

use agent::{Agent, AgentError, AgentFunction, Context, Draft, Turn};
use async_trait::async_trait;
use domain::{
    action::ProductPublish,
    journey::{Candidate, Priced, Reviewed, Scored, Vetted},
    proposal::Confidence,
};
use runtime::{Env, Function, Problems};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who writes product pages.
pub struct Publisher;

/// What the publisher can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The page of a product.
    #[serde(rename = "publish")]
    Publish(Box<Work>),
}

/// Everything that was found on the way.
#[derive(Debug, Clone, Deserialize)]
pub struct Work {
    candidate: Candidate,
    scored: Scored,
    #[serde(default)]
    vetted: Option<Vetted>,
    priced: Priced,
    reviewed: Reviewed,
}

/// What came of the work.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    proposed: bool,
    reason: String,
    missing: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<&'a str>,
}

/// Builds the publisher.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(AgentFunction::of(Publisher, env))
}

#[async_trait]
impl Agent for Publisher {
    const NAME: &'static str = "product-publisher";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        let Input::Publish(work) = input;
        let Some(journey) = ctx.task.and_then(|task| task.journey) else {
            return Err(AgentError::Reject("a product is published as part of a journey only".to_owned()));
        };
        if !work.reviewed.approved && !work.reviewed.escalated {
            return Ok(abstained("the CEO function did not approve it", Vec::new()));
        }
        let listing = match listing::compose(&work.candidate, &work.priced) {
            Ok(listing) => listing,
            Err(missing) => return Ok(abstained("the page cannot be written", missing)),
        };
        let premises = premises::of(&work.candidate);
        if let Some(why) = premises::broken(ctx.reads, &premises).await? {
            return Ok(abstained(&why, Vec::new()));
        }
        let case = case::of(&ctx.policy, &work, &listing);
        let report = Report {
            proposed: true,
            reason: case.title.clone(),
            missing: case.missing.clone(),
            handle: Some(&listing.handle),
        };
        let turn = Turn::report(&report);
        let confidence = Some(Confidence::percent(work.scored.confidence).map_err(AgentError::Reject)?);
        let action = ProductPublish { listing }.into();
        Ok(Turn { proposals: vec![Draft { action, premises, confidence, case, journey: Some(journey) }], ..turn })
    }
}

fn abstained(reason: &str, missing: Vec<String>) -> Turn {
    let reason =
        if missing.is_empty() { reason.to_owned() } else { format!("{reason} without {}", missing.join(", ")) };
    Turn::report(&Report { proposed: false, reason, missing, handle: None })
}

#[cfg(test)]
mod tests;
