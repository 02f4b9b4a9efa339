//! Vetting: whether a supplier is good enough to sell for.
//!
//! The scorecard is policy (`policies/royal/agents/vetting.rego`); this agent brings it the supplier's record. An
//! unknown supplier is not a bad one and not a good one: vetting abstains and says what is missing. A supplier
//! that fails is also proposed to be flagged, once for each thing that it fails on.

mod flag;
mod records;
mod scorecard;

pub use records::{RecordFile, SupplierRecords};
pub use scorecard::{Limits, known, vetted};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::journey::Candidate;
use policy::{Rule, rules::vetting::Output};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use std::sync::Arc;

/// Who judges suppliers.
pub struct Vetting {
    records: Arc<dyn SupplierRecords>,
}

/// What vetting can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The supplier of a candidate.
    #[serde(rename = "vet")]
    Vet(Box<Work>),
}

/// A candidate whose supplier is to be judged.
#[derive(Debug, Deserialize)]
pub struct Work {
    candidate: Candidate,
}

/// Builds vetting.
///
/// # Errors
/// Never: without records it knows no supplier, and says so.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let records = RecordFile::new(env.config().suppliers.clone());
    Ok(AgentFunction::of(Vetting::new(Arc::new(records)), env))
}

impl Vetting {
    /// Vetting that reads suppliers' records through `records`.
    #[must_use]
    pub fn new(records: Arc<dyn SupplierRecords>) -> Self {
        Self { records }
    }
}

#[async_trait]
impl Agent for Vetting {
    const NAME: &'static str = "product-vetting";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        let Input::Vet(work) = input;
        let later = |error: &dyn std::fmt::Display| AgentError::Retry(error.to_string());
        let supplier = &work.candidate.product.supplier;
        let record = self.records.record(supplier).await.map_err(|error| later(&error))?;
        let limits: Limits = ctx.policy.thresholds("vetting").map_err(|error| later(&error))?;
        let known = record.as_ref().map(|record| known(record, &limits)).unwrap_or_default();
        let said: Output = ctx.policy.rule(Rule::Vetting, &known).map_err(|error| later(&error))?;
        let turn = Turn::report(&vetted(&ctx.policy, supplier, record.is_some(), &said));
        Ok(match flag::flag(ctx, supplier, &said).await? {
            Some((draft, fact)) => Turn { proposals: vec![draft], facts: vec![fact], ..turn },
            None => turn,
        })
    }
}

#[cfg(test)]
mod tests;
