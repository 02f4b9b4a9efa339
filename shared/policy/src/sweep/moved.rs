//! Which boundaries moved, in as few sentences as tell all of it.

use super::{
    cases::{Both, Cases, Settings},
    proof::{Line, lines},
    report::{Boundary, Sweep, Term},
    say,
};
use domain::{Decision, Role, Tier};
use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
};

/// So many boundaries are told of one action type; what is left is counted.
const MOST: usize = 8;

/// Neighbouring values of one field with the same two tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    axis: usize,
    first: usize,
    last: usize,
    from: Tier,
    to: Tier,
}

impl Run {
    /// Whether it is about the same field and the same two tiers.
    fn is_like(&self, other: &Self) -> bool {
        (self.axis, self.from, self.to) == (other.axis, other.from, other.to)
    }
}

/// Where a run shows: the inputs in it, and the least that has to be other than in a calm action.
struct Shown {
    inputs: BTreeSet<Settings>,
    least: Settings,
}

pub(super) fn tell(cases: &Cases<'_>, sweep: &mut Sweep) {
    let mut open: BTreeSet<Settings> = BTreeSet::new();
    for (settings, both) in &cases.found {
        match direction(both) {
            Ordering::Less => sweep.looser += 1,
            Ordering::Greater => sweep.stricter += 1,
            Ordering::Equal => continue,
        }
        if !follows(cases, settings, direction(both)) {
            open.insert(settings.clone());
        }
    }
    let runs = runs(cases);
    let told = fewest(&runs, open);
    // The same field between the same tiers, with other values beside it, is the same boundary.
    let plain = |run: &Run| told.iter().any(|(other, least)| least.is_empty() && other.is_like(run));
    let new = told.iter().filter(|(run, least)| least.is_empty() || !plain(run));
    sweep.boundaries.extend(new.map(|(run, least)| boundary(cases, run, least)));
    if let Some((old, new)) = &cases.consents {
        sweep.terms.extend(terms(cases.kind, old, new));
    }
}

/// Whether it needs less consent than before, or more.
fn direction(both: &Both) -> Ordering {
    both.new.tier.cmp(&both.old.tier)
}

/// Whether the same is told by an input that has less about it.
fn follows(cases: &Cases<'_>, settings: &Settings, direction_here: Ordering) -> bool {
    settings.keys().any(|axis| {
        let mut less = settings.clone();
        less.remove(axis);
        cases.found.get(&less).is_some_and(|both| direction(both) == direction_here)
    })
}

/// The runs that tell most, one after the other, until every difference is told.
fn fewest(runs: &BTreeMap<Run, Shown>, mut open: BTreeSet<Settings>) -> Vec<(&Run, &Settings)> {
    let mut told = Vec::new();
    while told.len() < MOST && !open.is_empty() {
        let count = |shown: &Shown| shown.inputs.intersection(&open).count();
        // What shows in a calm action first, and among equals the one that says more.
        let best = runs
            .iter()
            .filter(|(_, shown)| count(shown) > 0)
            .max_by_key(|(_, shown)| (Reverse(shown.least.len()), count(shown)));
        let Some((run, shown)) = best else { break };
        open.retain(|settings| !shown.inputs.contains(settings));
        told.push((run, &shown.least));
    }
    told
}

fn runs(cases: &Cases<'_>) -> BTreeMap<Run, Shown> {
    let mut found: BTreeMap<Run, Shown> = BTreeMap::new();
    for axis in 0..cases.axes.len() {
        for (rest, line) in lines(cases, axis) {
            for run in along(cases, axis, &line) {
                let inputs = line
                    .keys()
                    .filter(|at| (run.first..=run.last).contains(at))
                    .map(|at| with(cases, &rest, axis, *at));
                let shown = found.entry(run).or_insert_with(|| Shown { inputs: BTreeSet::new(), least: rest.clone() });
                shown.inputs.extend(inputs);
                if rest.len() < shown.least.len() {
                    shown.least.clone_from(&rest);
                }
            }
        }
    }
    found
}

/// The settings of an input on a line, as they are kept.
fn with(cases: &Cases<'_>, rest: &Settings, axis: usize, at: usize) -> Settings {
    let mut settings = rest.clone();
    if cases.axes.get(axis).is_some_and(|field| cases.value(axis, at) != &field.calm) {
        settings.insert(axis, at);
    }
    settings
}

/// The runs of values along a line that have another tier than before.
fn along(cases: &Cases<'_>, axis: usize, line: &Line<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut joined = false;
    for (at, both) in line {
        let (from, to) = (both.old.tier, both.new.tier);
        let number = cases.value(axis, *at).is_i64();
        match runs.last_mut().filter(|run| joined && number && (run.from, run.to) == (from, to)) {
            Some(run) => run.last = *at,
            None if from != to => runs.push(Run { axis, first: *at, last: *at, from, to }),
            None => {}
        }
        joined = number && from != to;
    }
    runs
}

fn boundary(cases: &Cases<'_>, run: &Run, least: &Settings) -> Boundary {
    Boundary {
        kind: cases.kind.to_owned(),
        field: say::field(cases, run.axis),
        values: say::values(cases, run.axis, (run.first, run.last)),
        from: run.from,
        to: run.to,
        looser: run.to < run.from,
        with: say::settings(cases, least),
    }
}

/// What is asked of people, and what can be undone, where that differs.
fn terms(kind: &str, old: &Decision, new: &Decision) -> Vec<Term> {
    let roles = |roles: &[Role]| roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (was, is) = (&old.consent, &new.consent);
    let others = |was: &[Role], is: &[Role]| is.iter().any(|role| !was.contains(role));
    let rows = [
        ("people", was.quorum.to_string(), is.quorum.to_string(), is.quorum < was.quorum),
        ("roles", roles(&was.roles), roles(&is.roles), others(&was.roles, &is.roles)),
        ("hours", was.hours.to_string(), is.hours.to_string(), false),
        ("escalation", roles(&was.escalation), roles(&is.escalation), others(&was.escalation, &is.escalation)),
        ("undo minutes", old.undo_minutes.to_string(), new.undo_minutes.to_string(), false),
    ];
    let differs = rows.into_iter().filter(|(_, from, to, _)| from != to);
    differs.map(|(what, from, to, looser)| Term { kind: kind.to_owned(), what, from, to, looser }).collect()
}
