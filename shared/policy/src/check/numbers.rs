//! `thresholds.rego` holds whole numbers and nothing else.

use super::{figures, problem};
use crate::{Problem, source::Source};
use regorus::unstable::{Expr, Module, Rule, RuleHead};
use std::collections::BTreeSet;

/// Everything in the file that is no whole number.
pub(super) fn problems(source: &Source, module: &Module) -> Vec<Problem> {
    let mut found = Numbers { source, problems: Vec::new() };
    let mut seen = BTreeSet::new();
    for rule in &module.policy {
        found.rule(rule, &mut seen);
    }
    found.problems
}

struct Numbers<'a> {
    source: &'a Source,
    problems: Vec<Problem>,
}

impl Numbers<'_> {
    fn rule<'a>(&mut self, rule: &'a Rule, seen: &mut BTreeSet<&'a str>) {
        let Some((name, value)) = table(rule) else {
            let what = "this is a rule, and this file holds numbers only".to_owned();
            return self.say(rule.span(), what, "write `name := {…}`, or undo the last edit");
        };
        if !seen.insert(name.span().text()) {
            self.twice(name);
        }
        self.value(name.span().text(), value);
    }

    fn value(&mut self, name: &str, value: &Expr) {
        let text = value.span().text();
        match value {
            Expr::Object { fields, .. } => {
                let mut seen = BTreeSet::new();
                for (_, key, value) in fields {
                    if !matches!(key.as_ref(), Expr::String { .. }) {
                        let key = key.span();
                        let what = format!("`{}` has no quotes", key.text());
                        self.say(key, what, &format!("write \"{}\"", key.text()));
                    }
                    if !seen.insert(key.span().text()) {
                        self.twice(key);
                    }
                    let key = key.span().text();
                    self.value(if figures::has_unit(key) { key } else { name }, value);
                }
            }
            Expr::Number { .. } if figures::is_whole(text) => self.size(name, value),
            Expr::Number { .. } => {
                let (what, fix) = figures::wrong(name, text);
                self.say(value.span(), what, &fix);
            }
            Expr::String { .. } | Expr::RawString { .. } => {
                let what = format!("`{text}` is a text, and a text is larger than any number");
                self.say(value.span(), what, "take the quotes away");
            }
            _ => {
                let what = format!("`{text}` is not a whole number");
                self.say(value.span(), what, "write digits only, such as 100000");
            }
        }
    }

    /// Nothing that is counted here comes near the most that its unit has.
    fn size(&mut self, name: &str, value: &Expr) {
        let text = value.span().text();
        let (most, meaning) = figures::most(name);
        if text.parse::<i64>().is_ok_and(|number| number <= most) {
            return;
        }
        let what = format!("`{text}` is more than {meaning}");
        self.say(value.span(), what, &format!("write {most} or less"));
    }

    fn twice(&mut self, name: &Expr) {
        let what = format!("`{}` stands here for the second time", name.span().text());
        self.say(name.span(), what, "keep one of the two lines");
    }

    fn say(&mut self, span: &regorus::unstable::Span, what: String, fix: &str) {
        self.problems.push(problem(self.source, span, what, fix));
    }
}

/// Name and value of `name := …`.
fn table(rule: &Rule) -> Option<(&Expr, &Expr)> {
    let Rule::Spec { head: RuleHead::Compr { refr, assign, .. }, bodies, .. } = rule else {
        return None;
    };
    let value = assign.as_ref().map(|assign| assign.value.as_ref())?;
    bodies.is_empty().then_some((refr.as_ref(), value))
}
