//! What can make a difference to an action type: which facts its rules read, and whether anything that they read differs
//! between two policies.

use crate::{
    Policy, Rule,
    sweep::reads::{Index, Reads},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What every tier comes from: also who is asked, as an answer that asks nobody is no answer.
const DECISION: [Rule; 2] = [Rule::Risk, Rule::Desk];
/// The one file in which an edit can be skipped over.
const THRESHOLDS: &str = "royal/thresholds.rego";
/// How `risk/common.rego` reads the facts that a row of `actions.rego` names.
const BY_ROW: &str = "object.get(input, path, null)";
/// The files that a tier can come from, and what they may lead to so that it stays so: each other, and tables.
const OF_TIERS: [&str; 2] = ["royal/risk", "royal/approvals"];
const STAYS: [&str; 5] = ["risk", "approvals", "thresholds", "lists", "actions"];
const DATA: &str = "data.royal.";
/// What is said of the whole input, or of all thresholds, is known only by being run.
const WHOLES: [&str; 2] = ["input", "thresholds"];

/// What can make a difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// Nothing: both policies say the same.
    Same,
    /// These facts, by their dotted paths.
    Facts(BTreeSet<String>),
    /// Any fact.
    Whole,
}

/// What concerns each action type, once it was asked for.
#[derive(Debug)]
pub(super) struct Concerns<'a> {
    policies: [&'a Policy; 2],
    indices: [Index; 2],
    /// Numbers that differ, where nothing else does.
    moved: Option<Vec<String>>,
    /// Whether what the rules read can be told from their names.
    named: bool,
    known: BTreeMap<String, Concern>,
}

impl<'a> Concerns<'a> {
    pub(super) fn of(old: &'a Policy, new: &'a Policy) -> Self {
        let named = [old, new].into_iter().all(reads_by_name);
        Self {
            policies: [old, new],
            indices: [Index::of(old), Index::of(new)],
            moved: (named && same_rules(old, new)).then(|| moved(old, new)),
            named,
            known: BTreeMap::new(),
        }
    }

    /// What concerns an action type. Only types that both policies have a row for are remembered, so that their number is
    /// bounded.
    pub(super) fn about(&mut self, kind: &str) -> &Concern {
        let rows = self.policies.map(|policy| policy.row(kind).and_then(|row| row.get("rules")?.as_str()));
        let [Some(old), Some(new)] = rows else { return &Concern::Whole };
        if !self.known.contains_key(kind) {
            let concern = self.work_out(kind, [old, new]);
            self.known.insert(kind.to_owned(), concern);
        }
        self.known.get(kind).unwrap_or(&Concern::Whole)
    }

    fn work_out(&self, kind: &str, files: [&str; 2]) -> Concern {
        if !self.named {
            return Concern::Whole;
        }
        let reads =
            self.indices.iter().zip(files).map(|(index, file)| index.reads(&DECISION.map(Rule::path), kind, file));
        let reads: Vec<Reads> = reads.collect();
        let differs = |path: &String| reads.iter().any(|reads| reads.limit(path));
        if self.moved.as_ref().is_some_and(|moved| !moved.iter().any(differs)) {
            return Concern::Same;
        }
        let by_name = reads.into_iter().flat_map(|reads| reads.inputs);
        let by_row = self.policies.into_iter().flat_map(|policy| policy.required(kind));
        Concern::Facts(by_name.chain(by_row).collect())
    }
}

impl Concern {
    /// What of an input can make a difference, as bytes that are equal where all of it is.
    pub(super) fn read(&self, kind: &str, input: &Value) -> Vec<u8> {
        let mut read = kind.as_bytes().to_vec();
        match self {
            Self::Facts(paths) => paths.iter().for_each(|path| put(&mut read, at(input, path))),
            Self::Same | Self::Whole => put(&mut read, Some(input)),
        }
        read
    }
}

fn at<'a>(input: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(input, |value, step| value.get(step))
}

/// A mark that no JSON text contains, and the value; nothing of one that is not there, which is another thing than null.
fn put(read: &mut Vec<u8>, value: Option<&Value>) {
    read.push(0);
    if let Some(value) = value {
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(read, value);
    }
}

/// Whether no rule that a tier can come from takes the whole input or all thresholds into its hands, but for the one that
/// reads by row.
fn reads_by_name(policy: &Policy) -> bool {
    let rules = policy.sources().iter().filter(|source| OF_TIERS.iter().any(|file| source.name.starts_with(file)));
    // Of a policy whose texts are damaged nothing is known by name.
    policy.whole().is_ok()
        && rules.flat_map(|source| source.text.lines()).all(|line| {
            let line = line.split('#').next().unwrap_or_default().replace(BY_ROW, "");
            let stays = line.split(DATA).skip(1).all(|path| STAYS.iter().any(|inside| path.starts_with(inside)));
            stays && (line.starts_with("import ") || !WHOLES.iter().any(|whole| takes(&line, whole)))
        })
}

/// Whether a word stands in a line with anything but a dot behind it.
fn takes(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '"';
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|before| before.chars().next_back());
        let behind = line.get(start + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(part) && !behind.is_some_and(part)
    })
}

fn same_rules(old: &Policy, new: &Policy) -> bool {
    let rules = |policy: &'_ Policy| {
        let rules = policy.sources().iter().filter(|source| source.name != THRESHOLDS);
        rules.map(|source| (source.name.clone(), source.text.clone())).collect::<Vec<_>>()
    };
    rules(old) == rules(new)
}

/// The paths in `thresholds.rego` at which the two say different things.
fn moved(old: &Policy, new: &Policy) -> Vec<String> {
    let table = |policy: &Policy| policy.at("/royal/thresholds").cloned().unwrap_or_default();
    let mut moved = Vec::new();
    differ(&table(old), &table(new), "", &mut moved);
    moved
}

fn differ(old: &Value, new: &Value, path: &str, moved: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let side = |fields: &serde_json::Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                differ(&side(before), &side(after), &inner, moved);
            }
        }
        _ if old == new => {}
        _ => moved.push(path.to_owned()),
    }
}
