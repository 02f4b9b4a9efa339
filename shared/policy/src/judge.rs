//! From findings to a decision, and to HIGH when there are none to be had.

use crate::{Finding, Input, Policy, PolicyError, Rule, input::Judged, reasons, rules::desk, value};
use domain::{Decision, Digest, Reason, Role, Tier, decision::Consent};
use regorus::Value;
use serde::Deserialize;
use time::OffsetDateTime;

/// Hours that a request waits when policy itself is broken: long enough for a person to see it.
const HOURS_WITHOUT_POLICY: u32 = 24;

/// What `royal.risk.verdict` answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    tier: Tier,
    findings: Vec<Finding>,
}

/// Judges `input`, and fails to HIGH.
pub(crate) fn judge(policy: &Policy, input: &Input, at: OffsetDateTime) -> Decision {
    let judged = Judged::from(input);
    let seen = serde_json::to_string(&judged).unwrap_or_default();
    let facts = value::to_rego(&judged).map_err(|cause| unusable(cause.to_string()));
    judged_in(policy, facts, &seen, judged.action.currency.as_deref(), at)
}

/// The currency of what was judged.
#[derive(Deserialize)]
struct Paid {
    action: Currency,
}

#[derive(Deserialize)]
struct Currency {
    currency: Option<String>,
}

/// Judges what an input told, and fails to HIGH.
pub(crate) fn judge_seen(policy: &Policy, seen: &str, at: OffsetDateTime) -> Decision {
    let currency = serde_json::from_str::<Paid>(seen).ok().and_then(|paid| paid.action.currency);
    let facts = serde_json::from_str(seen).map_err(|cause| unusable(cause.to_string()));
    judged_in(policy, facts, seen, currency.as_deref(), at)
}

/// The tier alone: the same as a whole decision has.
pub(crate) fn tier(policy: &Policy, facts: Value) -> Tier {
    ask(policy, facts).map_or(Tier::High, |(verdict, _)| verdict.tier)
}

fn judged_in(
    policy: &Policy,
    facts: Result<Value, PolicyError>,
    seen: &str,
    currency: Option<&str>,
    at: OffsetDateTime,
) -> Decision {
    let decision = match facts.and_then(|facts| ask(policy, facts)) {
        Ok((verdict, desk)) => decide(policy, verdict, desk, currency.unwrap_or("EUR")),
        Err(cause) => failed(&cause.to_string()),
    };
    Decision {
        revision: policy.revision().to_owned(),
        input: Digest::of_bytes(seen.as_bytes()).to_string(),
        at,
        ..decision
    }
}

fn ask(policy: &Policy, facts: Value) -> Result<(Verdict, desk::Output), PolicyError> {
    let desk = policy.desk(&facts["action"]["type"])?;
    let verdict: Verdict = policy.answer(Rule::Risk, facts)?;
    sound(&verdict, &desk).map_err(unusable)?;
    Ok((verdict, desk))
}

fn unusable(cause: String) -> PolicyError {
    PolicyError::NoAnswer { rule: Rule::Risk.path(), cause }
}

/// What holds for every answer, whatever the rules became.
fn sound(verdict: &Verdict, desk: &desk::Output) -> Result<(), String> {
    if verdict.findings.iter().any(|finding| finding.tier.is_none()) {
        return Err("a finding has no tier".to_owned());
    }
    let worst = verdict.findings.iter().map(|finding| finding.tier).max();
    if worst.flatten() != Some(verdict.tier) {
        return Err(format!("the tier {} is not the worst finding", verdict.tier));
    }
    let desk::Consent { roles, quorum, hours, escalation, .. } = &desk.consent;
    let may_decide = |role: &Role| !matches!(role, Role::Agent | Role::Auditor);
    if roles.is_empty() || !roles.iter().chain(escalation).all(may_decide) {
        return Err("nobody, or somebody who may not, is asked to decide".to_owned());
    }
    if *quorum == 0 || *hours == 0 {
        return Err("the request asks for no person, or has no time".to_owned());
    }
    Ok(())
}

fn decide(policy: &Policy, verdict: Verdict, desk: desk::Output, currency: &str) -> Decision {
    let mut reasons: Vec<Reason> = verdict
        .findings
        .iter()
        .map(|finding| (finding, finding.tier.unwrap_or(Tier::High)))
        .filter(|(_, tier)| *tier == verdict.tier || *tier > Tier::Low)
        .map(|(finding, tier)| reasons::reason(policy, finding, tier, currency))
        .collect();
    reasons.sort_by(|a, b| b.tier.cmp(&a.tier).then_with(|| a.code.cmp(&b.code)));
    Decision {
        tier: verdict.tier,
        reasons,
        consent: consent(desk.consent),
        undo_minutes: desk.undo_minutes,
        revision: String::new(),
        input: String::new(),
        at: OffsetDateTime::UNIX_EPOCH,
    }
}

fn consent(asked: desk::Consent) -> Consent {
    let desk::Consent { roles, quorum, hours, escalation, escalate_before_hours } = asked;
    Consent { roles, quorum, hours, escalation, escalate_before_hours }
}

fn failed(cause: &str) -> Decision {
    Decision {
        tier: Tier::High,
        reasons: vec![reasons::policy_error(cause)],
        consent: Consent::of(vec![Role::Owner], 1, HOURS_WITHOUT_POLICY),
        undo_minutes: 0,
        revision: String::new(),
        input: String::new(),
        at: OffsetDateTime::UNIX_EPOCH,
    }
}
