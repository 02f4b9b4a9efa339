//! Decisions about actions that policy leaves to the CEO function.

use crate::{Mandate, mandate};
use agent::{AgentError, Context, Ruling, Turn};
use domain::{Record, Status, text::Lang};
use policy::{
    Policy, Rule,
    rules::ceo::{self, Output, Verdict},
};
use serde_json::json;

/// Decides the action that woke it, as long as it still waits for that. Whatever cannot be asked or is not known
/// goes to a person.
pub(crate) async fn rule(ctx: &Context<'_>, mandate: &dyn Mandate) -> Result<Turn, AgentError> {
    let Some(row) = ctx.action.filter(|row| row.value.status == Status::CeoReview) else {
        return Ok(Turn::default());
    };
    let record = &row.value;
    let known = ceo::Action {
        action: record.proposal.action.facts(),
        tier: Some(record.decision.tier),
        confidence_percent: record.proposal.confidence.map(u8::from),
        committed_today_cents: committed(ctx, mandate, record).await?,
    };
    let ruling = match ctx.policy.rule(Rule::CeoAction, &known) {
        Ok(said) => decided(&ctx.policy, &said),
        Err(error) => Ruling::Escalate(vec![format!("policy gave no answer: {error}")]),
    };
    let report = json!({ "action": record.proposal.id, "ruling": word(&ruling), "reasons": reasons(&ruling) });
    Ok(Turn { rulings: vec![(row.clone(), ruling)], ..Turn::report(&report) })
}

/// What the CEO function committed today; only looked up for an action that moves money.
async fn committed(ctx: &Context<'_>, mandate: &dyn Mandate, record: &Record) -> Result<Option<i64>, AgentError> {
    if record.proposal.action.amount().is_none() {
        return Ok(None);
    }
    Ok(mandate.committed_since(mandate::today(ctx.now)).await?)
}

fn decided(policy: &Policy, said: &Output) -> Ruling {
    let reasons = vec![policy.sentences(&said.findings, Lang::En)];
    match said.verdict {
        Verdict::Approved => Ruling::Approve(reasons),
        Verdict::Rejected => Ruling::Reject(reasons),
        Verdict::Escalated => Ruling::Escalate(reasons),
    }
}

const fn word(ruling: &Ruling) -> &'static str {
    match ruling {
        Ruling::Approve(_) => "approved",
        Ruling::Reject(_) => "rejected",
        Ruling::Escalate(_) => "left to a person",
    }
}

fn reasons(ruling: &Ruling) -> &[String] {
    let (Ruling::Approve(reasons) | Ruling::Reject(reasons) | Ruling::Escalate(reasons)) = ruling;
    reasons
}
