//! The review of a product: margin and goals.

use crate::{Mandate, goals, mandate};
use agent::{AgentError, Context, Turn};
use domain::{
    journey::{Candidate, Priced, Reviewed, Scored, Vetted},
    text::Lang,
};
use policy::{
    Policy, Rule,
    rules::ceo::{self, Output, Verdict},
};
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

/// A goal for the margin of what is sold, in whole percent.
const MARGIN_GOAL: &str = "margin_percent";

/// A product and what was found of it so far.
#[derive(Debug, Deserialize)]
pub struct Product {
    candidate: Candidate,
    scored: Scored,
    #[serde(default)]
    vetted: Option<Vetted>,
    #[serde(default)]
    priced: Option<Priced>,
}

/// Approves, rejects, or leaves it to a person.
pub(crate) async fn review(ctx: &Context<'_>, mandate: &dyn Mandate, product: &Product) -> Result<Turn, AgentError> {
    let goal = goals::value(ctx.reads, MARGIN_GOAL).await?;
    let known = ceo::Product {
        approved_today: mandate.approved_since(mandate::today(ctx.now)).await?,
        goal_margin_percent: goal.and_then(|goal| goal.floor().to_i64()),
        ..known(product)
    };
    let said = ctx.policy.rule(Rule::CeoProduct, &known).map_err(|error| AgentError::Retry(error.to_string()))?;
    Ok(Turn::report(&reviewed(&ctx.policy, &product.candidate, &said)))
}

/// What the journey itself says. The store's own margin is not known: there is no order to take it from.
fn known(product: &Product) -> ceo::Product {
    let priced = product.priced.as_ref().filter(|priced| priced.passed);
    ceo::Product {
        margin_percent: priced.map(|priced| priced.margin_percent),
        confidence_percent: Some(product.scored.confidence),
        supplier_passed: product.vetted.as_ref().map(|vetted| vetted.passed),
        ..ceo::Product::default()
    }
}

fn reviewed(policy: &Policy, candidate: &Candidate, said: &Output) -> Reviewed {
    let verb = match said.verdict {
        Verdict::Approved => "approved",
        Verdict::Rejected => "rejected",
        Verdict::Escalated => "left to a person",
    };
    Reviewed {
        approved: said.verdict == Verdict::Approved,
        escalated: said.verdict == Verdict::Escalated,
        codes: said.findings.iter().map(|finding| finding.code.clone()).collect(),
        reason: format!("“{}” is {verb}: {}", candidate.title, policy.sentences(&said.findings, Lang::En)),
    }
}
