//! Names in rules that lead nowhere. In Rego a misspelt name makes a rule silent, not wrong.

use super::{
    File,
    names::{self, Name},
    near, problem, shape, walk,
};
use crate::{Problem, source::Source};
use regorus::unstable::{Expr, Import, Span};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Built-in functions that answer the same in every engine, and the same every time.
const PORTABLE: &[&str] = &[
    "abs",
    "concat",
    "contains",
    "count",
    "lower",
    "max",
    "min",
    "object.get",
    "object.union",
    "replace",
    "sum",
    "upper",
];

/// What some functions begin with, and why they have no place in a rule.
const FORBIDDEN: &[(&str, &str)] = &[
    ("time.", "a decision must come out the same when it is judged again: read the hours or minutes from `input`"),
    ("rand.", "a decision must come out the same when it is judged again: nothing in it is left to chance"),
    ("uuid.", "a decision must come out the same when it is judged again: nothing in it is left to chance"),
    ("http.", "rules never ask anybody: the fact has to be in `input`"),
    ("opa.", "rules know nothing of the machine that they run on"),
    ("sprintf", "findings say codes, and the sentences are made elsewhere: put the figure into `value`"),
    ("print", "findings say codes, and nothing is printed"),
];

/// Everything named in a rule that is not there.
pub(super) fn problems(files: &[File<'_>], tables: &Value) -> Vec<Problem> {
    let known = Known { packages: packages(files), tables };
    files.iter().flat_map(|file| known.file(file)).collect()
}

/// Rule names by package.
pub(super) fn packages(files: &[File<'_>]) -> BTreeMap<String, BTreeSet<String>> {
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let package = names::package(&file.module).join(".");
        let rules = walk::rules(&file.module).into_iter();
        packages.entry(package).or_default().extend(rules.map(|rule| rule.name.to_owned()));
    }
    packages
}

struct Known<'a> {
    packages: BTreeMap<String, BTreeSet<String>>,
    tables: &'a Value,
}

impl Known<'_> {
    fn file(&self, file: &File<'_>) -> Vec<Problem> {
        let package = names::package(&file.module).join(".");
        let short = names::Short::of(&file.module);
        let mut problems = self.imports(file);
        for rule in walk::rules(&file.module) {
            if let Some(span) = rule.with {
                let what = format!("rule `{}` uses `with`, which only tests may", rule.name);
                problems.push(problem(file.source, span, what, "take `with` and what follows out"));
            }
            for expr in rule.exprs {
                problems.extend(self.expr(file.source, &package, &short, expr));
            }
        }
        problems
    }

    fn expr(&self, source: &Source, package: &str, short: &names::Short, expr: &Expr) -> Option<Problem> {
        if let Expr::Call { fcn, .. } = expr {
            return self.call(source, package, fcn);
        }
        let name = short.name(expr)?;
        let missing = match name.known().split_first()? {
            (&"data", rest) => self.in_data(rest),
            (&"input", rest) => shape::of(package).and_then(|shape| missing(&shape, rest)),
            _ => None,
        }?;
        Some(nowhere(source, &name, &missing))
    }

    fn imports(&self, file: &File<'_>) -> Vec<Problem> {
        let wrong = |import: &Import| {
            let name = names::Short::default().name(&import.refr)?;
            if self.packages.contains_key(&name.text()) {
                let what = format!("`{}` has rules, and through an import every one of them runs", name.text());
                let fix = "import tables only, and write the path of a rule out";
                return Some(problem(file.source, name.span, what, fix));
            }
            let missing = self.in_data(name.known().get(1..)?)?;
            Some(nowhere(file.source, &name, &missing))
        };
        file.module.imports.iter().filter_map(wrong).collect()
    }

    fn call(&self, source: &Source, package: &str, function: &Expr) -> Option<Problem> {
        let span = function.span();
        let text = span.text();
        // Without this, a line that starts with a bracket is a call of what ends the line before.
        let end = usize::try_from(span.end).unwrap_or_default();
        if !source.text.get(end..).is_some_and(|rest| rest.starts_with('(')) {
            let what = format!("the bracket after `{text}` makes it a function");
            return Some(problem(source, span, what, "do not start a line with a bracket"));
        }
        let own = self.packages.get(package).is_some_and(|rules| rules.contains(text));
        let why = FORBIDDEN.iter().find(|(start, _)| text.starts_with(start)).map(|(_, why)| (*why).to_owned());
        let fix = || why.unwrap_or_else(|| near::instead(text, PORTABLE.iter().copied()));
        let what = || format!("the function `{text}` is not used in these rules");
        (!own && !PORTABLE.contains(&text)).then(|| problem(source, span, what(), fix()))
    }

    fn in_data(&self, steps: &[&str]) -> Option<Missing> {
        let path = format!("data.{}", steps.join("."));
        let around = self.packages.iter().filter(|(package, _)| inside(&path, package));
        let package = around.max_by_key(|(package, _)| package.len());
        match package {
            None => missing(self.tables, steps),
            Some((package, rules)) => {
                let rest = path.strip_prefix(package.as_str())?;
                let rule = rest.strip_prefix('.')?.split('.').next()?;
                (!rules.contains(rule))
                    .then(|| Missing { step: rule.to_owned(), there: rules.iter().cloned().collect() })
            }
        }
    }
}

/// Whether a path leads into a package, or into one below it.
fn inside(path: &str, package: &str) -> bool {
    path.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A step that is not there, and what is.
pub(super) struct Missing {
    pub(super) step: String,
    pub(super) there: Vec<String>,
}

/// The first of these steps that a value does not have.
pub(super) fn missing(value: &Value, steps: &[&str]) -> Option<Missing> {
    let (first, rest) = steps.split_first()?;
    let Value::Object(fields) = value else {
        return None;
    };
    match fields.get(*first) {
        Some(inner) => missing(inner, rest),
        None => Some(Missing { step: (*first).to_owned(), there: keys(fields) }),
    }
}

fn keys(fields: &Map<String, Value>) -> Vec<String> {
    fields.keys().cloned().collect()
}

fn nowhere(source: &Source, name: &Name<'_>, missing: &Missing) -> Problem {
    let span: &Span = name.span;
    let what = format!("`{}` leads nowhere: there is no `{}`", name.text(), missing.step);
    let fix = near::instead(&missing.step, missing.there.iter().map(String::as_str));
    problem(source, span, what, fix)
}
