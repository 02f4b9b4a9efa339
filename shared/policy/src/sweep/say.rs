//! What was found, in words.

use super::{
    Kind,
    cases::{Cases, Settings},
    reads::Index,
    report::{Boundary, Fall, Gap, Idle, Setting, Sweep, Term},
};
use crate::reasons;
use serde_json::Value;
use std::fmt;

/// The name of a field.
pub(super) fn field(cases: &Cases<'_>, axis: usize) -> String {
    cases.axes.get(axis).map(|axis| axis.name.clone()).unwrap_or_default()
}

/// One value of a field.
pub(super) fn value(cases: &Cases<'_>, axis: usize, at: usize) -> String {
    let name = field(cases, axis);
    match cases.value(axis, at) {
        Value::Null => "not known".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(word) => word.clone(),
        Value::Array(words) if words.is_empty() => "none".to_owned(),
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        number if name == "confidence" => reasons::figure(number, "percent"),
        number if name.ends_with("_cents") => reasons::figure(number, "cents"),
        number => reasons::figure(number, ""),
    }
}

/// Neighbouring values of a field, open where nothing was tried beyond.
pub(super) fn values(cases: &Cases<'_>, axis: usize, (first, last): (usize, usize)) -> String {
    let numbers: Vec<usize> = match cases.axes.get(axis) {
        Some(field) => (0..field.core.len()).filter(|at| cases.value(axis, *at).is_i64()).collect(),
        None => Vec::new(),
    };
    let (from, to) = (value(cases, axis, first), value(cases, axis, last));
    match (numbers.first() == Some(&first), numbers.last() == Some(&last)) {
        (true, true) => "any".to_owned(),
        (true, false) => format!("up to {to}"),
        (false, true) => format!("{from} and more"),
        (false, false) if first == last => from,
        (false, false) => format!("{from} to {to}"),
    }
}

/// What is other than in a calm action.
pub(super) fn settings(cases: &Cases<'_>, settings: &Settings) -> Vec<Setting> {
    let setting =
        |(axis, at): (&usize, &usize)| Setting { field: field(cases, *axis), value: value(cases, *axis, *at) };
    settings.iter().map(setting).collect()
}

/// What is known of a changed number that no tier shows.
pub(super) fn idle(path: &str, (kinds, index): (&[Kind<'_>], &Index), sweep: &Sweep) -> Option<Idle> {
    let read: Vec<&str> = kinds.iter().filter(|kind| kind.reads(path)).map(|kind| kind.name).collect();
    let shows = |kind: &&str| {
        sweep.boundaries.iter().any(|boundary| boundary.kind == **kind)
            || sweep.terms.iter().any(|term| term.kind == **kind)
    };
    let why = match (read.as_slice(), read.iter().any(shows)) {
        (_, true) => return None,
        ([], false) => elsewhere(&index.readers(path)),
        (kinds, false) => format!("it changes nothing about {}: something else decides first", kinds.join(", ")),
    };
    Some(Idle { path: path.to_owned(), why })
}

fn elsewhere(readers: &[&str]) -> String {
    let readers: Vec<&str> = readers.iter().map(|reader| reader.trim_start_matches("data.royal.")).collect();
    match readers.as_slice() {
        [] => "it decides no tier: what keeps the budgets and the clock reads it".to_owned(),
        readers => format!("it decides no tier: {} reads it", readers.join(", ")),
    }
}

/// What else has to be so.
fn when(with: &[Setting]) -> String {
    let with: Vec<String> = with.iter().map(|Setting { field, value }| format!("{field} is {value}")).collect();
    if with.is_empty() { String::new() } else { format!(", where {}", with.join(" and ")) }
}

fn marked(looser: bool) -> &'static str {
    if looser { "LOOSER" } else { "stricter" }
}

impl fmt::Display for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, field, values, from, to, looser, with } = self;
        write!(f, "{}  {kind}: {field} {values}: {from} becomes {to}{}", marked(*looser), when(with))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, what, from, to, looser } = self;
        let mark = if *looser { "LOOSER" } else { "other" };
        write!(f, "{mark}  {kind}: {what} {from} becomes {to}")
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NO RULE  {}{}: {}", self.kind, when(&self.with), self.why)
    }
}

impl fmt::Display for Fall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, field, safer, riskier, with } = self;
        write!(
            f,
            "LESS FOR MORE  {kind}: {field} {} is {} and {} is only {}{}",
            safer.0,
            safer.1,
            riskier.0,
            riskier.1,
            when(with)
        )
    }
}

impl fmt::Display for Idle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no tier  {}: {}", self.path, self.why)
    }
}

impl Sweep {
    /// Everything that was found, a sentence each: what is wrong, then what is looser, then the rest.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.gaps.iter().map(ToString::to_string).collect();
        lines.extend(self.falls.iter().map(ToString::to_string));
        lines.extend(self.boundaries.iter().map(ToString::to_string));
        lines.extend(self.terms.iter().map(ToString::to_string));
        lines.extend(self.idle.iter().map(ToString::to_string));
        lines
    }

    /// All of it in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let Self { kinds, cases, looser, stricter, .. } = self;
        if *kinds == 0 {
            return "no action type reads what differs: nothing that decides about actions is other than before"
                .to_owned();
        }
        let complete = if self.gaps.is_empty() { "every one has a tier" } else { "NOT every one has a tier" };
        let falls = if self.falls.is_empty() { "more is never less" } else { "more is SOMETIMES less" };
        let moved = match (self.changes_nothing(), self.boundaries.len()) {
            (true, _) => "nothing that decides about actions is other than before".to_owned(),
            (false, moved) => format!("{moved} boundaries moved: {looser} inputs need less consent, {stricter} more"),
        };
        format!("{cases} inputs of {kinds} action types: {complete}; {falls}; {moved}")
    }
}
