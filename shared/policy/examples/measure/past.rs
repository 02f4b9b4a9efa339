//! A hundred thousand past decisions, tried on two edits: one that concerns every action type, and one that concerns few.

use crate::cases;
use domain::audit::EventV1;
use policy::{
    Policy,
    backtest::{Backtest, Summary},
};
use serde_json::json;
use std::{error::Error, path::Path, time::Instant};

/// How many decisions.
const MANY: i64 = 100_000;
/// The file that is edited.
const FILE: &str = "royal/thresholds.rego";

/// What came of it, in words, and how long it took: from text to summary, on one core.
pub(crate) fn told(policies: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let old = Policy::load(policies)?;
    let log = log()?;
    let edits = [
        ("every type", "\"after_hours\": 72", "\"after_hours\": 71"),
        ("refunds", "\"up_to_refunds\": 3", "\"up_to_refunds\": 2"),
    ];
    let mut told = Vec::new();
    for (what, from, to) in edits {
        let new = edited(&old, from, to)?;
        let start = Instant::now();
        let found = judged(&old, &new, &log)?;
        let took = start.elapsed().as_millis();
        told.push(format!(
            "{MANY} decisions on an edit that concerns {what}: {took} ms; {} evaluated, {} reused, {} skipped",
            found.evaluated, found.reused, found.skipped
        ));
    }
    Ok(told)
}

fn edited(old: &Policy, from: &str, to: &str) -> Result<Policy, Box<dyn Error>> {
    let files = old.draft().files();
    let text = files.iter().find(|file| file.name == FILE).map(|file| file.text.replacen(from, to, 1));
    let draft = old.draft().with(FILE, &text.ok_or("there are no thresholds")?);
    draft.compile().map_err(|problems| format!("{problems:?}").into())
}

fn judged(old: &Policy, new: &Policy, log: &[String]) -> Result<Summary, Box<dyn Error>> {
    let mut comparison = Backtest::new(old, new);
    for line in log {
        let event: EventV1 = serde_json::from_str(line)?;
        comparison.add(&event);
    }
    Ok(comparison.summary())
}

/// Lines of a log: the twenty cases in turn, no two with the same figures.
fn log() -> Result<Vec<String>, Box<dyn Error>> {
    let cases = cases::all();
    let line = |(n, case): (i64, &policy::Input)| {
        let mut input = case.clone();
        let action = &mut input.action;
        let figures =
            [&mut action.amount_cents, &mut action.new_price_cents, &mut action.recipients, &mut action.new_goal];
        figures.into_iter().flatten().for_each(|figure| *figure += n);
        input.confidence = u8::try_from(n % 101).ok();
        let seen: serde_json::Value = serde_json::from_str(&input.seen())?;
        let event = json!({
            "labels": {}, "bundles": {}, "path": "royal/risk/decision", "result": {}, "req_id": 1, "input": seen,
            "decision_id": format!("{n}/1"), "requested_by": input.agent.name, "timestamp": "2026-11-20T10:00:00Z",
        });
        Ok(event.to_string())
    };
    (0..MANY).zip(cases.iter().cycle()).map(line).collect()
}
