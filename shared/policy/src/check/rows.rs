//! The rows of `actions.rego`: a misspelt word makes every action of that type HIGH, or lets one go unjudged.

use super::{near, places::Tables, refs, shape, values};
use crate::{Problem, SplitBy};
use domain::{Action, Role};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const ROWS: &str = "royal.actions.rows";
/// What a row says, and whether it has to.
const FIELDS: [(&str, bool); 7] = [
    ("rules", true),
    ("from", true),
    ("proposers", true),
    ("required", true),
    ("approvers", true),
    ("escalation", true),
    ("split_by", false),
];
/// Whose job an action can be.
const CLUSTERS: [&str; 6] = ["product", "marketing", "customer", "finance", "insight", "ceo"];

/// Everything in the rows that is not there.
pub(super) fn problems(tables: &Tables<'_>, packages: &BTreeMap<String, BTreeSet<String>>) -> Vec<Problem> {
    let Some(rows) = tables.value.pointer("/royal/actions/rows").and_then(Value::as_object) else {
        let what = "the table `rows` of the action types is gone".to_owned();
        return vec![tables.problem("royal.actions", what, "put it back, or undo the last edit")];
    };
    let unknown = rows.keys().filter(|kind| !Action::KINDS.contains(&kind.as_str())).map(|kind| {
        let fix = near::instead(kind, Action::KINDS.iter().copied());
        tables.problem(&format!("{ROWS}.{kind}"), format!("`{kind}` is no action type"), fix)
    });
    let gone = Action::KINDS.iter().filter(|kind| !rows.contains_key(**kind)).map(|kind| {
        tables.problem(ROWS, format!("the action type `{kind}` has no row"), "put it back, or undo the last edit")
    });
    let rows = rows.iter().filter_map(|(kind, row)| Some(Row { tables, kind, row: row.as_object()? }));
    unknown.chain(gone).chain(rows.flat_map(|row| row.problems(packages))).collect()
}

struct Row<'a> {
    tables: &'a Tables<'a>,
    kind: &'a str,
    row: &'a Map<String, Value>,
}

impl Row<'_> {
    fn problems(&self, packages: &BTreeMap<String, BTreeSet<String>>) -> Vec<Problem> {
        let mut found = self.fields();
        found.extend(self.word("from", "tier", &values::tiers()));
        let rules = packages.keys().filter_map(|package| package.strip_prefix("data.royal.risk."));
        let rules: Vec<_> = rules.filter(|name| *name != "common").map(str::to_owned).collect();
        found.extend(self.word("rules", "file in the folder `risk`", &rules));
        found.extend(self.words("proposers", "cluster", &CLUSTERS));
        let deciding = Role::ALL.into_iter().filter(|role| !matches!(role, Role::Agent | Role::Auditor));
        let deciding: Vec<_> = deciding.map(Role::name).collect();
        found.extend(self.words("approvers", "role that decides", &deciding));
        found.extend(self.later());
        found.extend(self.split());
        found.extend(self.required());
        found
    }

    fn at(&self, field: &str, what: String, fix: impl Into<String>) -> Problem {
        self.tables.problem(&format!("{ROWS}.{}.{field}", self.kind), what, fix)
    }

    fn fields(&self) -> Vec<Problem> {
        let unknown = self.row.keys().filter(|name| FIELDS.iter().all(|(field, _)| field != name));
        let unknown = unknown.map(|name| {
            let what = format!("`{name}` is nothing that a row says");
            self.at(name, what, near::instead(name, FIELDS.map(|(field, _)| field)))
        });
        let gone = FIELDS.iter().filter(|(field, needed)| *needed && !self.row.contains_key(*field));
        let gone = gone.map(|(field, _)| {
            let what = format!("`{field}` of `{}` is gone", self.kind);
            self.at(field, what, "put it back, or undo the last edit")
        });
        unknown.chain(gone).collect()
    }

    fn word(&self, field: &str, kind: &str, known: &[String]) -> Option<Problem> {
        let word = self.row.get(field)?.as_str().unwrap_or_default();
        let fix = || near::instead(word, known.iter().map(String::as_str));
        (!known.iter().any(|name| name == word)).then(|| self.at(field, format!("`{word}` is no {kind}"), fix()))
    }

    fn list(&self, field: &str) -> impl Iterator<Item = (usize, &str)> {
        let list = self.row.get(field).and_then(Value::as_array).into_iter().flatten();
        list.map(|word| word.as_str().unwrap_or_default()).enumerate()
    }

    fn words(&self, field: &str, kind: &str, known: &[&str]) -> Vec<Problem> {
        let wrong = self.list(field).filter(|(_, word)| !known.contains(word));
        let problem = |(n, word): (usize, &str)| {
            let fix = near::instead(word, known.iter().copied());
            self.at(&format!("{field}.{n}"), format!("`{word}` is no {kind}"), fix)
        };
        wrong.map(problem).collect()
    }

    /// Who is asked when time runs out decides as well.
    fn later(&self) -> Vec<Problem> {
        let approvers: Vec<&str> = self.list("approvers").map(|(_, role)| role).collect();
        let wrong = self.list("escalation").filter(|(_, role)| !approvers.contains(role));
        let problem = |(n, role): (usize, &str)| {
            let what = format!("`{}` asks `{role}` when time runs out, who may not decide it", self.kind);
            let fix = "add the role to `approvers`, or take it out of `escalation`";
            self.at(&format!("escalation.{n}"), what, fix)
        };
        wrong.map(problem).collect()
    }

    fn split(&self) -> Option<Problem> {
        let split: Result<Vec<SplitBy>, _> = Vec::deserialize(self.row.get("split_by")?);
        let what = format!("`split_by` of `{}` is not what actions are summed by", self.kind);
        split
            .map_or(true, |split| split.is_empty())
            .then(|| self.at("split_by", what, "use: target, agent, cluster, store"))
    }

    /// A fact that is asked for under another name than it has is always missing.
    fn required(&self) -> Vec<Problem> {
        let facts = shape::of("data.royal.risk").unwrap_or_default();
        let paths = self.row.get("required").and_then(Value::as_array).into_iter().flatten().enumerate();
        let wrong = |(n, path): (usize, &Value)| {
            let words = path.as_array().into_iter().flatten().map(|word| word.as_str().unwrap_or_default());
            let steps: Vec<&str> = words.collect();
            let missing = refs::missing(&facts, &steps)?;
            let what = format!("`{}` is no fact: there is no `{}`", steps.join("."), missing.step);
            let fix = near::instead(&missing.step, missing.there.iter().map(String::as_str));
            Some(self.at(&format!("required.{n}"), what, fix))
        };
        paths.filter_map(wrong).collect()
    }
}
