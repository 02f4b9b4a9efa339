//! The inputs of one action type, and what both policies say of each.

use super::field::Axis;
use crate::Policy;
use domain::{Decision, Tier};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// As many inputs of a type's own fields are crossed in full; beyond, every two fields are.
const MOST: usize = 1_200;

/// What is other than in a calm action: the axis and the value, in order.
pub(super) type Settings = BTreeMap<usize, usize>;

/// What one policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) tier: Tier,
    /// Why there is no answer, where there is none.
    pub(super) hole: Option<String>,
}

/// What both say.
#[derive(Debug, Clone)]
pub(super) struct Both {
    pub(super) old: Outcome,
    pub(super) new: Outcome,
}

/// The policies; no old one where it says the same in any case.
pub(super) struct Judges<'a> {
    pub(super) old: Option<&'a Policy>,
    pub(super) new: &'a Policy,
}

/// Everything tried for one type.
pub(super) struct Cases<'a> {
    pub(super) kind: &'a str,
    pub(super) axes: Vec<Axis>,
    /// How many of the axes are the type's own.
    own: usize,
    calm: Value,
    pub(super) found: BTreeMap<Settings, Both>,
    /// Both decisions about the calm action, where they can differ.
    pub(super) consents: Option<(Decision, Decision)>,
}

impl<'a> Cases<'a> {
    pub(super) fn new(kind: &'a str, calm: Value, own: Vec<Axis>, common: Vec<Axis>) -> Self {
        let (count, axes) = (own.len(), own.into_iter().chain(common).map(in_order).collect());
        Self { kind, axes, own: count, calm, found: BTreeMap::new(), consents: None }
    }

    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// The value of an axis.
    pub(super) fn value(&self, axis: usize, at: usize) -> &Value {
        self.axes.get(axis).and_then(|axis| axis.core.get(at)).unwrap_or(&Value::Null)
    }

    /// The type's own fields: each alone with all its values, then crossed with one another.
    pub(super) fn cross_own(&mut self, judges: &Judges<'_>) {
        let calm = self.calm.to_string();
        let of = |policy: &Policy| policy.judge_seen(&calm, OffsetDateTime::UNIX_EPOCH);
        self.consents = judges.old.map(|old| (of(old), of(judges.new)));
        self.judge(Settings::new(), judges);
        let own: Vec<usize> = (0..self.own).collect();
        for axis in &own {
            self.line(*axis, &Settings::new(), judges);
        }
        let sizes = own.iter().map(|axis| self.crossed(*axis).len());
        let all = sizes.fold(1_usize, usize::saturating_mul);
        if all <= MOST {
            self.cross(&own, Settings::new(), judges);
        } else {
            self.pairs(&own, judges);
        }
    }

    /// What holds for every action, with one input of each pair of tiers that came of the type's own fields.
    pub(super) fn cross_common(&mut self, judges: &Judges<'_>) {
        let mut tiers = BTreeSet::new();
        let new = |(settings, both): (&Settings, &Both)| {
            tiers.insert((both.old.tier, both.new.tier)).then(|| settings.clone())
        };
        let bases: Vec<Settings> = self.found.iter().filter_map(new).collect();
        let common: Vec<usize> = (self.own..self.axes.len()).collect();
        let together: Vec<usize> = common.iter().copied().filter(|axis| self.bears_on_others(*axis)).collect();
        for base in bases {
            for axis in &common {
                self.line(*axis, &base, judges);
            }
            self.cross(&together, base, judges);
        }
    }

    /// Facts that raise or hold back what others found, and so are crossed with one another too.
    fn bears_on_others(&self, axis: usize) -> bool {
        let names = ["context.undo", "context.unwatched_hours", "context.inverse_valid"];
        self.axes.get(axis).is_some_and(|axis| names.contains(&axis.name.as_str()))
    }

    fn line(&mut self, axis: usize, base: &Settings, judges: &Judges<'_>) {
        let count = self.axes.get(axis).map_or(0, |axis| axis.core.len());
        for value in 0..count {
            let mut settings = base.clone();
            settings.insert(axis, value);
            self.judge(settings, judges);
        }
    }

    fn pairs(&mut self, axes: &[usize], judges: &Judges<'_>) {
        for (at, first) in axes.iter().enumerate() {
            for second in axes.iter().skip(at + 1) {
                self.cross(&[*first, *second], Settings::new(), judges);
            }
        }
    }

    fn cross(&mut self, axes: &[usize], base: Settings, judges: &Judges<'_>) {
        let Some((first, rest)) = axes.split_first() else { return self.judge(base, judges) };
        for value in self.crossed(*first) {
            let mut settings = base.clone();
            settings.insert(*first, value);
            self.cross(rest, settings, judges);
        }
    }

    /// The values of an axis that are crossed.
    fn crossed(&self, axis: usize) -> Vec<usize> {
        let Some(axis) = self.axes.get(axis) else { return Vec::new() };
        let crossed = |(_, value): &(usize, &Value)| !axis.more.contains(value);
        axis.core.iter().enumerate().filter(crossed).map(|(at, _)| at).collect()
    }

    fn judge(&mut self, mut settings: Settings, judges: &Judges<'_>) {
        settings.retain(|axis, value| {
            self.axes.get(*axis).is_some_and(|axis| axis.core.get(*value).is_some_and(|value| *value != axis.calm))
        });
        if self.found.contains_key(&settings) {
            return;
        }
        let mut seen = self.calm.clone();
        for (axis, value) in &settings {
            if let Some(axis) = self.axes.get(*axis) {
                put(&mut seen, &axis.name, axis.core.get(*value).unwrap_or(&Value::Null));
            }
        }
        let seen = seen.to_string();
        let new = outcome(judges.new, &seen);
        let old = judges.old.map_or_else(|| new.clone(), |old| outcome(old, &seen));
        self.found.insert(settings, Both { old, new });
    }
}

/// All values of an axis in order: what is not known first, then numbers by size.
fn in_order(mut axis: Axis) -> Axis {
    let more = axis.more.iter().filter(|value| !axis.core.contains(value)).cloned().collect::<Vec<_>>();
    axis.core.extend(more);
    let calm = axis.calm.clone();
    if !axis.core.contains(&calm) {
        axis.core.push(calm);
    }
    axis.core.sort_by_key(|value| (value.as_i64(), value.to_string()));
    axis
}

fn put(seen: &mut Value, name: &str, value: &Value) {
    let mut at = seen;
    let mut steps = name.split('.').peekable();
    while let Some(step) = steps.next() {
        let Some(fields) = at.as_object_mut() else { return };
        if steps.peek().is_none() {
            // What is not known is not there at all.
            match value {
                Value::Null => drop(fields.remove(step)),
                value => drop(fields.insert(step.to_owned(), value.clone())),
            }
            if name == "agent.cluster" && value != "api" {
                fields.insert("name".to_owned(), value.clone());
            }
            return;
        }
        at = fields.entry(step).or_insert(Value::Null);
    }
}

fn outcome(policy: &Policy, seen: &str) -> Outcome {
    let decision = policy.judge_seen(seen, OffsetDateTime::UNIX_EPOCH);
    let holes = ["policy_error", "no_rule"];
    let hole = decision.reasons.iter().find(|reason| holes.contains(&reason.code.as_str()));
    Outcome { tier: decision.tier, hole: hole.map(|reason| reason.en.clone()) }
}
