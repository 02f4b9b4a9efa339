//! Fraud: how likely an order is none that its payer meant.
//!
//! The one scorer is policy (`policies/royal/agents/fraud.rego`); this agent brings it what is known and puts its
//! answer on record: every finding with its points, and everything that was not known. It sees personal data to compare
//! it, and says nothing of it. Whatever goes wrong, the order is held: an order passes only by a score.

mod known;
mod propose;
mod shop;
#[cfg(test)]
mod tests;

pub use known::{known, mail_is_disposable};
pub use shop::{Said, Shop};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::order::{Band, Checked, Evidence};
use policy::{FraudBand, Rule, rules::fraud::Output};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use std::sync::Arc;
use time::OffsetDateTime;

/// Who scores orders.
pub struct Fraud {
    shop: Option<Arc<dyn Shop>>,
}

/// What fraud can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The score of an order.
    #[serde(rename = "score")]
    Score(Work),
}

/// An order to be looked at.
#[derive(Debug, Deserialize)]
pub struct Work {
    /// Shop's id.
    order: String,
}

/// Builds fraud.
///
/// # Errors
/// When the shop's address is none.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let shop = shopdesk::reader(env)?.map(|client| Arc::new(client) as Arc<dyn Shop>);
    Ok(AgentFunction::of(Fraud::new(shop), env))
}

impl Fraud {
    /// Fraud that asks the shop about customers and risks.
    #[must_use]
    pub fn new(shop: Option<Arc<dyn Shop>>) -> Self {
        Self { shop }
    }
}

#[async_trait]
impl Agent for Fraud {
    const NAME: &'static str = "finance-fraud";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        let Input::Score(work) = input;
        let row = ctx.reads.order(&work.order).await?;
        let gone = || AgentError::Reject(format!("order {} is not known", work.order));
        let order = row.map(|row| row.value).ok_or_else(gone)?;
        let said = match &self.shop {
            Some(shop) => shop.about(order.id(), &order.shop.customer, ctx.now).await,
            None => Ok(Said::default()),
        };
        let said = said.map_err(|error| AgentError::Retry(error.to_string()))?;
        let contact = ctx.reads.contact(&order.shop.customer, order.id()).await?;
        let facts = known::gather(ctx, &order, contact.as_ref(), &said).await?;
        let answer: Output =
            ctx.policy.rule(Rule::Fraud, &facts).map_err(|error| AgentError::Retry(error.to_string()))?;
        let checked = checked(&answer, ctx.now);
        let proposals = propose::of(&ctx.policy, &order, &checked, &answer).into_iter().collect();
        Ok(Turn { proposals, ..Turn::report(&checked) })
    }
}

/// What goes on record. Without a score the band is high: somebody has to look.
#[must_use]
pub fn checked(answer: &Output, at: OffsetDateTime) -> Checked {
    let band = match answer.band {
        Some(FraudBand::Low) => Band::Low,
        Some(FraudBand::Medium) => Band::Medium,
        Some(FraudBand::High) | None => Band::High,
        Some(FraudBand::Blocked) => Band::Blocked,
    };
    let evidence = answer.evidence.iter().map(|(code, points)| Evidence { code: code.clone(), points: *points });
    Checked {
        score: answer.score.unwrap_or_default(),
        band,
        evidence: evidence.collect(),
        missing: answer.missing.iter().chain(&answer.unknown).cloned().collect(),
        checks_passed: (band == Band::Medium).then_some(answer.checks_passed),
        released: false,
        at,
    }
}
