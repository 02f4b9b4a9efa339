//! The tables, and where everything in them stands.

use super::File;
use crate::{
    Problem,
    fold::{self, Place},
};
use regorus::unstable::{Expr, Rule, RuleHead};
use serde_json::Value;
use std::collections::BTreeMap;

/// Files that hold tables and no rules.
const TABLES: [&str; 4] = ["data.royal.thresholds", "data.royal.lists", "data.royal.actions", "data.royal.rights"];

/// All tables.
pub(super) struct Tables<'a> {
    pub(super) value: &'a Value,
    /// By path, such as `royal.rights.verbs.actions.read.0`: the file, and the place in it.
    pub(super) places: &'a BTreeMap<String, (String, Place)>,
}

impl Tables<'_> {
    /// A problem with what stands at a path, or else with the whole of what is around it.
    pub(super) fn problem(&self, path: &str, what: String, fix: impl Into<String>) -> Problem {
        let mut at = path;
        let found = loop {
            match (self.places.get(at), at.rsplit_once('.')) {
                (Some(found), _) => break Some(found),
                (None, Some((around, _))) => at = around,
                (None, None) => break None,
            }
        };
        let (file, Place { line, column }) =
            found.cloned().unwrap_or_else(|| (String::new(), Place { line: 0, column: 0 }));
        Problem { file, line, column, what, fix: fix.into() }
    }
}

/// What is no constant in a file of tables.
pub(super) fn rules_in_tables(file: &File<'_>, package: &str) -> Vec<Problem> {
    if !TABLES.contains(&package) || package == super::THRESHOLDS || fold::table(&file.module).is_some() {
        return Vec::new();
    }
    let wrong = file.module.policy.iter().find_map(|rule| match rule.as_ref() {
        Rule::Spec { head: RuleHead::Compr { assign: Some(assign), .. }, bodies, .. } if bodies.is_empty() => {
            inconstant(&assign.value).map(|expr| (expr.span(), "is no text, number or list"))
        }
        rule => Some((rule.span(), "is a rule, and this file holds tables only")),
    });
    let problem = |(span, what): (&regorus::unstable::Span, &str)| {
        let text = span.text().lines().next().unwrap_or_default();
        super::problem(file.source, span, format!("`{text}` {what}"), "write `name := {…}`, or undo the last edit")
    };
    wrong.map(problem).into_iter().collect()
}

/// The first part of an expression that only a rule could work out.
fn inconstant(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::String { .. } | Expr::RawString { .. } | Expr::Bool { .. } => None,
        Expr::Number { value, .. } if value.as_i64().is_ok() => None,
        Expr::Array { items, .. } => items.iter().find_map(|item| inconstant(item)),
        Expr::Object { fields, .. } => fields.iter().find_map(|(_, key, value)| {
            if matches!(key.as_ref(), Expr::String { .. }) { inconstant(value) } else { Some(key.as_ref()) }
        }),
        other => Some(other),
    }
}
