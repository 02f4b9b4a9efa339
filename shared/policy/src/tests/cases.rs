//! Golden decisions: what finance can read, and what the rules must say.

use super::support::{dir, judge};
use crate::{AgentFacts, Context, Input};
use domain::{Action, Facts, Tier};
use serde::Deserialize;
use std::{collections::BTreeSet, fs};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    #[serde(with = "CaseFacts")]
    action: Facts,
    agent: AgentFacts,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    confidence: Option<u8>,
    tier: Tier,
    codes: Vec<String>,
}

/// The facts of an action, as the cases write them.
#[derive(Deserialize)]
#[serde(remote = "Facts", deny_unknown_fields)]
struct CaseFacts {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    irreversible: bool,
    #[serde(default)]
    amount_cents: Option<i64>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    old_price_cents: Option<i64>,
    #[serde(default)]
    new_price_cents: Option<i64>,
    #[serde(default)]
    cost_cents: Option<i64>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    quantity: Option<i64>,
    #[serde(default)]
    old_quantity: Option<i64>,
    #[serde(default)]
    recipients: Option<i64>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    intent: Option<String>,
    #[serde(default)]
    old_goal: Option<i64>,
    #[serde(default)]
    new_goal: Option<i64>,
    #[serde(default)]
    country: Option<String>,
}

fn cases() -> Vec<(String, Case)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let cases: Vec<Case> = serde_json::from_str(&text).unwrap_or_else(|cause| panic!("{file}: {cause}"));
        found.extend(cases.into_iter().map(|case| (file.clone(), case)));
    }
    found
}

#[test]
pub(super) fn golden_decisions_hold() {
    let mut wrong = Vec::new();
    for (file, case) in cases() {
        // Somebody is there, unless a case says for how long nobody was.
        let unwatched_hours = case.context.unwatched_hours.or(Some(0));
        let context = Context { unwatched_hours, ..case.context };
        let input = Input { action: case.action, agent: case.agent, context, confidence: case.confidence };
        let decision = judge(&input);
        let codes: Vec<_> = decision.reasons.iter().map(|reason| reason.code.clone()).collect();
        if (decision.tier, &codes) != (case.tier, &case.codes) {
            wrong.push(format!("{file}, “{}”: {} {codes:?}", case.case, decision.tier));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_action_type_has_a_golden_decision() {
    let cased: BTreeSet<String> = cases().into_iter().map(|(_, case)| case.action.kind).collect();
    let missing: Vec<_> = Action::KINDS.iter().filter(|kind| !cased.contains(**kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
