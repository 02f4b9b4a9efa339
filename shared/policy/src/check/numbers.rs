//! `thresholds.rego` holds whole numbers and nothing else.

use super::problem;
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
        self.value(value);
    }

    fn value(&mut self, value: &Expr) {
        let text = value.span().text();
        match value {
            Expr::Object { fields, .. } => {
                let mut seen = BTreeSet::new();
                for (_, key, value) in fields {
                    if !seen.insert(key.span().text()) {
                        self.twice(key);
                    }
                    self.value(value);
                }
            }
            Expr::Number { .. } if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
            Expr::Number { .. } => self.number(value),
            Expr::String { .. } => {
                let what = format!("{text} is a text, and a text is larger than any number");
                self.say(value.span(), what, "take the quotes away");
            }
            _ => {
                let what = format!("`{text}` is not a whole number");
                self.say(value.span(), what, "write digits only, such as 100000");
            }
        }
    }

    fn number(&mut self, value: &Expr) {
        let text = value.span().text();
        let what = format!("`{text}` is not a whole number; a point makes it a fraction");
        let digits = text.replace('.', "");
        let fix = format!("write digits only: {digits} if that is what you mean");
        self.say(value.span(), what, &fix);
    }

    fn twice(&mut self, name: &Expr) {
        let what = format!("{} stands here for the second time", name.span().text());
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
