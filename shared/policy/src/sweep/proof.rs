//! Every input has one tier, and more is never less.

use super::{
    cases::{Both, Cases, Settings},
    field::{RISKIER, SAFER},
    report::{Fall, Gap, Sweep},
    say,
};
use std::collections::BTreeMap;

/// So many of one kind of fault are told of an action type.
const MOST: usize = 5;

/// A line: all inputs that differ in one field only, by its value.
pub(super) type Line<'a> = BTreeMap<usize, &'a Both>;

pub(super) fn tell(cases: &Cases<'_>, sweep: &mut Sweep) {
    let gaps = cases.found.iter().filter_map(|(settings, both)| {
        let why = both.new.hole.clone()?;
        Some(Gap { kind: cases.kind.to_owned(), with: say::settings(cases, settings), why })
    });
    sweep.gaps.extend(gaps.take(MOST));
    let mut falls = Vec::new();
    for (axis, field) in cases.axes.iter().enumerate() {
        let rising = RISKIER.contains(&field.name.as_str());
        if rising || SAFER.contains(&field.name.as_str()) {
            for (rest, line) in lines(cases, axis) {
                falls.extend(fall(cases, (axis, rising), &rest, &line));
            }
        }
    }
    sweep.falls.extend(falls.into_iter().take(MOST));
}

/// All lines along a field, each with what else is other than in a calm action.
pub(super) fn lines<'a>(cases: &'a Cases<'_>, axis: usize) -> BTreeMap<Settings, Line<'a>> {
    let calm = cases.axes.get(axis).and_then(|axis| axis.core.iter().position(|value| *value == axis.calm));
    let mut lines: BTreeMap<Settings, Line<'a>> = BTreeMap::new();
    for (settings, both) in &cases.found {
        let mut rest = settings.clone();
        if let Some(value) = rest.remove(&axis).or(calm) {
            lines.entry(rest).or_default().insert(value, both);
        }
    }
    lines.retain(|_, line| line.len() > 1);
    lines
}

/// The first step along a line at which more of a riskier field, or less of a safer one, needs less consent.
fn fall(cases: &Cases<'_>, (axis, rising): (usize, bool), rest: &Settings, line: &Line<'_>) -> Option<Fall> {
    let known = line.iter().filter(|(at, _)| cases.value(axis, **at).is_i64());
    let steps: Vec<(usize, &Both)> = known.map(|(at, both)| (*at, *both)).collect();
    let pair = steps.windows(2).find_map(|pair| match pair {
        [low, high] if rising => (high.1.new.tier < low.1.new.tier).then_some((*low, *high)),
        [low, high] => (low.1.new.tier < high.1.new.tier).then_some((*high, *low)),
        _ => None,
    });
    let told = |(at, both): (usize, &Both)| (say::value(cases, axis, at), both.new.tier);
    pair.map(|(safer, riskier)| Fall {
        kind: cases.kind.to_owned(),
        field: say::field(cases, axis),
        safer: told(safer),
        riskier: told(riskier),
        with: say::settings(cases, rest),
    })
}
