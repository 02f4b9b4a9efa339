//! Decisions about actions that policy leaves to the CEO function.

use crate::Mandate;
use agent::{AgentError, Context, Ruling, Turn};
use domain::{Currency, Record, Status, text::Lang};
use policy::{
    Policy, Rule,
    rules::ceo::{self, Output, Verdict},
};
use serde_json::json;
use store::budget::Window;

/// Decides the action that woke it, as long as it still waits for that. Whatever cannot be asked or is not known
/// goes to a person.
pub(crate) async fn rule(ctx: &Context<'_>, mandate: &dyn Mandate) -> Result<Turn, AgentError> {
    let Some(row) = ctx.action.filter(|row| row.value.status == Status::CeoReview) else {
        return Ok(Turn::default());
    };
    let record = &row.value;
    let cents = spends(record);
    let ledger = mandate.committed().await?;
    let known = ceo::Action {
        action: record.proposal.action.facts(),
        tier: Some(record.decision.tier),
        confidence_percent: record.proposal.confidence.map(u8::from),
        committed_today_cents: cents.map(|_| ledger.used(Window::Day, ctx.now)),
    };
    let ruling = match ctx.policy.rule(Rule::CeoAction, &known) {
        Ok(said) => decided(&ctx.policy, &said),
        Err(error) => Ruling::Escalate(vec![format!("policy gave no answer: {error}")]),
    };
    let report = json!({ "action": record.proposal.id, "ruling": word(&ruling), "reasons": reasons(&ruling) });
    let commits = cents.filter(|_| matches!(ruling, Ruling::Approve(_)));
    let budgets = commits.map(|cents| ledger.with(cents, ctx.now)).into_iter().collect();
    Ok(Turn { rulings: vec![(row.clone(), ruling)], budgets, ..Turn::report(&report) })
}

/// What the action moves, in euro cents; nothing where it moves nothing, or that is not known.
fn spends(record: &Record) -> Option<i64> {
    let amount = record.proposal.action.amount()?;
    amount.cents().filter(|_| amount.currency() == Currency::EUR)
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
