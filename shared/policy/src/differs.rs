//! What differs between two sets of policy files, in words.

use crate::{Moved, Policy, source::Source};
use regorus::{Engine, unstable::Rule};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The file whose numbers are told by themselves.
const THRESHOLDS: &str = "royal/thresholds.rego";

/// What differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Differs {
    /// The revision before.
    pub from: String,
    /// The revision now.
    pub to: String,
    /// Numbers of `thresholds.rego`.
    pub numbers: Vec<Moved>,
    /// Entries of the other tables.
    pub entries: Vec<Entry>,
    /// Rules.
    pub rules: Vec<Changed>,
}

/// An entry of a table that was put in, taken out, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Where it stands, such as `lists.sanctioned_countries`.
    pub path: String,
    /// What was there; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// What is there now; absent where nothing is any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
}

/// A rule with another text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// Its file.
    pub file: String,
    /// Its name.
    pub rule: String,
    /// Parts of it that are gone, without remarks.
    pub gone: Vec<String>,
    /// Parts of it that are new.
    pub new: Vec<String>,
}

impl Policy {
    /// What differs in `other`. A remark or a blank line is no difference.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Differs {
        Differs {
            from: self.revision().to_owned(),
            to: other.revision().to_owned(),
            numbers: self.moved(other),
            entries: entries(self, other),
            rules: rules(self.sources(), other.sources()),
        }
    }
}

impl Differs {
    /// Whether the two decide alike, whatever their remarks.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.numbers.is_empty() && self.entries.is_empty() && self.rules.is_empty()
    }
}

/// Entries of all tables but the thresholds.
fn entries(old: &Policy, new: &Policy) -> Vec<Entry> {
    let tables = |policy: &Policy| {
        let mut tables = policy.at("/royal").cloned().unwrap_or(Value::Null);
        if let Some(tables) = tables.as_object_mut() {
            tables.remove("thresholds");
        }
        tables
    };
    let mut found = Vec::new();
    compare("", (Some(&tables(old)), Some(&tables(new))), &mut found);
    found
}

fn compare(path: &str, values: (Option<&Value>, Option<&Value>), found: &mut Vec<Entry>) {
    match values {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&path, (old.get(key), new.get(key)), found);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if old != new => {
            let before = found.len();
            let only = |of: &[Value], other: &[Value]| {
                of.iter().filter(|item| !other.contains(item)).cloned().collect::<Vec<_>>()
            };
            let entry = |from, to| Entry { path: path.to_owned(), from, to };
            found.extend(only(old, new).into_iter().map(|item| entry(Some(item), None)));
            found.extend(only(new, old).into_iter().map(|item| entry(None, Some(item))));
            if found.len() == before {
                // The same in another order, which says who is asked first.
                found.push(entry(Some(Value::from(old.clone())), Some(Value::from(new.clone()))));
            }
        }
        (from, to) if from != to => {
            found.push(Entry { path: path.to_owned(), from: from.cloned(), to: to.cloned() });
        }
        _ => {}
    }
}

type Parts = BTreeMap<(String, String), Vec<String>>;

fn rules(old: &[Source], new: &[Source]) -> Vec<Changed> {
    let (old, new) = (parts(old), parts(new));
    let none = Vec::new();
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let (before, after) = (old.get(key).unwrap_or(&none), new.get(key).unwrap_or(&none));
        let only = |of: &[String], other: &[String]| {
            of.iter().filter(|part| !other.contains(part)).cloned().collect::<Vec<_>>()
        };
        let (gone, new) = (only(before, after), only(after, before));
        let (file, rule) = key.clone();
        (!gone.is_empty() || !new.is_empty()).then_some(Changed { file, rule, gone, new })
    });
    changed.collect()
}

/// The texts of all rules that are no table's, by file and name.
fn parts(sources: &[Source]) -> Parts {
    let mut found = Parts::new();
    for source in sources.iter().filter(|source| source.name != THRESHOLDS) {
        let mut engine = Engine::new();
        if engine.add_policy(source.name.clone(), source.text.clone()).is_err() {
            continue;
        }
        for module in engine.get_modules().iter().filter(|module| crate::fold::table(module).is_none()) {
            let starts: Vec<usize> = module.policy.iter().map(|rule| start(rule)).collect();
            let ends = starts.iter().skip(1).copied().chain([source.text.len()]);
            for (start, end) in starts.iter().zip(ends) {
                let text = without_remarks(source.text.get(*start..end).unwrap_or_default());
                let name = text.trim_start_matches("default ").split([' ', '(']).next().unwrap_or_default().to_owned();
                found.entry((source.name.clone(), name)).or_default().push(text);
            }
        }
    }
    found
}

fn start(rule: &Rule) -> usize {
    usize::try_from(rule.span().start).unwrap_or_default()
}

fn without_remarks(text: &str) -> String {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.trim_start().starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(f, "{}: {from} becomes {to}", self.path),
            (Some(from), None) => write!(f, "{}: {from} is gone", self.path),
            (None, Some(to)) => write!(f, "{}: {to} is new", self.path),
            (None, None) => write!(f, "{}", self.path),
        }
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.gone.len(), self.new.len()) {
            (0, _) => "has a new part",
            (_, 0) => "has lost a part",
            _ => "is another",
        };
        write!(f, "`{}`: the rule `{}` {what}", self.file, self.rule)?;
        let lines = |f: &mut fmt::Formatter<'_>, mark: char, parts: &[String]| {
            parts.iter().flat_map(|part| part.lines()).try_for_each(|line| write!(f, "\n  {mark} {line}"))
        };
        lines(f, '-', &self.gone)?;
        lines(f, '+', &self.new)
    }
}
