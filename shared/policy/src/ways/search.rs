//! The fewest fields that lead to the lowest tier.

use super::{
    Change, Way, behind,
    tries::{at, is_fixed, numbers, with, words},
};
use crate::{
    Policy,
    check::grounds::{Ground, Reads},
};
use domain::{Decision, Reason, Tier};
use serde_json::Value;
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

/// The most judgements of one search.
const MOST: usize = 4_000;
/// The most fields of one way.
const FIELDS: usize = 5;
/// The most ways that are told.
const TOLD: usize = 4;

/// Values of fields, as JSON, that differ from what was judged.
type Changes = BTreeMap<String, String>;

/// Every way with the fewest fields to the lowest tier that can be reached.
pub(super) fn ways(policy: &Policy, grounds: &[Ground], seen: &Value, decision: &Decision) -> Vec<Way> {
    let target = policy.lowest_tier(seen).unwrap_or(Tier::Low);
    if decision.tier <= target {
        return Vec::new();
    }
    let search = Search { policy, grounds, seen, left: Cell::new(MOST) };
    let mut found = search.run(decision, target);
    found.retain(|(tier, _)| *tier < decision.tier);
    found.sort();
    let lowest = found.iter().map(|(tier, _)| *tier).min();
    let fewest = found.iter().filter(|(tier, _)| Some(*tier) == lowest).map(|(_, changes)| changes.len()).min();
    let best = found.into_iter().filter(|(tier, changes)| Some(*tier) == lowest && Some(changes.len()) == fewest);
    best.take(TOLD).map(|(tier, changes)| Way { changes: told(seen, changes), tier }).collect()
}

fn told(seen: &Value, changes: Changes) -> Vec<Change> {
    let change = |(field, instead): (String, String)| {
        let value = at(seen, &field).cloned().unwrap_or_default();
        Change { field, value, instead: parsed(&instead) }
    };
    changes.into_iter().map(change).collect()
}

struct Search<'a> {
    policy: &'a Policy,
    grounds: &'a [Ground],
    seen: &'a Value,
    left: Cell<usize>,
}

impl Search<'_> {
    /// All ends that were reached: those with fewer fields first.
    fn run(&self, decision: &Decision, target: Tier) -> Vec<(Tier, Changes)> {
        let mut known: BTreeSet<Changes> = BTreeSet::new();
        let mut found: Vec<(Tier, Changes)> = Vec::new();
        let mut open = BTreeMap::from([((0, Changes::new()), decision.clone())]);
        while let Some(((_, changes), decision)) = open.pop_first() {
            let done = found.iter().filter(|(tier, _)| *tier <= target).map(|(_, changes)| changes.len()).min();
            if done.is_some_and(|fewest| changes.len() >= fewest) {
                break;
            }
            for (field, value) in self.steps(&changes, &decision) {
                let mut more = changes.clone();
                more.insert(field, value);
                if more.len() > FIELDS || !known.insert(more.clone()) {
                    continue;
                }
                let Some(judged) = self.judge(&more, &decision) else { return found };
                found.push((judged.tier, more.clone()));
                if judged.tier > target {
                    open.insert((more.len(), more), judged);
                }
            }
        }
        found
    }

    fn judge(&self, changes: &Changes, before: &Decision) -> Option<Decision> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        Some(self.policy.judge_seen(&self.changed(changes).to_string(), before.at))
    }

    fn changed(&self, changes: &Changes) -> Value {
        changes.iter().fold(self.seen.clone(), |seen, (field, value)| with(&seen, field, &parsed(value)))
    }

    /// Fields and values that take one of the reasons away.
    fn steps(&self, changes: &Changes, decision: &Decision) -> BTreeSet<(String, String)> {
        let seen = self.changed(changes);
        let mut steps = BTreeSet::new();
        for reason in decision.reasons.iter().filter(|reason| reason.tier > Tier::Low) {
            let reads = self.reads(reason);
            for field in reads.fields.iter().filter(|field| !is_fixed(field)) {
                let gone = |value: &Value| self.takes_away(&seen, field, value, reason, decision);
                let values = self.values(&seen, field, &reads, gone);
                steps.extend(values.into_iter().map(|value| (field.clone(), value.to_string())));
            }
        }
        steps
    }

    /// What the rules behind a reason read.
    fn reads(&self, reason: &Reason) -> Reads {
        let mut all = Reads::default();
        for ground in behind(self.grounds, reason) {
            all.add(&ground.reads);
        }
        if reason.code == "fact_missing" {
            all.fields.clear();
            all.fields.extend(reason.value.clone());
        }
        all
    }

    /// Whether a value takes a reason away, and brings none that is worse.
    fn takes_away(&self, seen: &Value, field: &str, value: &Value, reason: &Reason, before: &Decision) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        let after = self.policy.judge_seen(&with(seen, field, value).to_string(), before.at);
        let same =
            |other: &Reason| other.code == reason.code && other.limit == reason.limit && other.tier == reason.tier;
        let still = after.reasons.iter().filter(|other| same(other)).count();
        after.tier <= before.tier && still < before.reasons.iter().filter(|other| same(other)).count()
    }

    /// For a number the nearest below and above; of everything else the first.
    fn values(&self, seen: &Value, field: &str, reads: &Reads, gone: impl Fn(&Value) -> bool) -> Vec<Value> {
        let now = at(seen, field);
        let whole = |number: i64| gone(&Value::from(number));
        let number = matches!(now, Some(Value::Number(_))) || now.is_none() && counts(field);
        if !number {
            let other = words(self.policy, field, now, reads);
            return other
                .into_iter()
                .filter(|value| Some(value) != now)
                .find(|value| gone(value))
                .into_iter()
                .collect();
        }
        let most = if field == "confidence" { 100 } else { i64::MAX };
        let tried: Vec<i64> = numbers(self.policy, seen, reads).into_iter().filter(|one| *one <= most).collect();
        let Some(now) = now.and_then(Value::as_i64) else {
            return tried.into_iter().find(|one| whole(*one)).map(Value::from).into_iter().collect();
        };
        let below = tried.iter().rev().copied().filter(|one| *one < now).find(|one| whole(*one));
        let above = tried.iter().copied().filter(|one| *one > now).find(|one| whole(*one));
        [below, above].into_iter().flatten().map(|end| Value::from(nearest(now, end, &whole))).collect()
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The value nearest to `now` that still fits, between it and one that does.
fn nearest(now: i64, end: i64, fits: &impl Fn(i64) -> bool) -> i64 {
    let (mut bad, mut good) = (now, end);
    while bad.abs_diff(good) > 1 {
        let middle = bad.midpoint(good);
        if fits(middle) { good = middle } else { bad = middle }
    }
    good
}

/// Whether a field that is not known would be a number, as its name says.
fn counts(field: &str) -> bool {
    let unit = field.rsplit(['_', '.']).next().unwrap_or_default();
    let known = ["cents", "24h", "30d", "ago", "change", "hours", "quantity", "recipients", "confidence", "goal"];
    known.contains(&unit)
}
