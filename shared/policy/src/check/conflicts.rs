//! Rules that say two things at once. The rule machine then says nothing at all, and everything is HIGH.

use super::{File, names, problem, walk};
use crate::Problem;
use regorus::unstable::{Expr, Rule, RuleHead};
use std::collections::BTreeMap;

/// What a definition of a rule makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// `name contains …`: definitions add up.
    Set,
    /// One value; the text of what it is, where all alternatives say the same.
    Value(Option<String>),
    /// What holds where nothing else does.
    Default,
}

/// Every rule that is defined in two ways.
pub(super) fn problems(files: &[File<'_>]) -> Vec<Problem> {
    let mut known: BTreeMap<String, Vec<Shape>> = BTreeMap::new();
    let mut problems = Vec::new();
    for file in files {
        let package = names::package(&file.module).join(".");
        for rule in &file.module.policy {
            let Some((name, shape)) = shape(rule) else {
                let what = "a rule whose name has a bracket cannot be run".to_owned();
                problems.push(problem(file.source, rule.span(), what, "give it a plain name, and write `name := {…}`"));
                continue;
            };
            let earlier = known.entry(format!("{package}.{name}")).or_default();
            let wrong = earlier.iter().find_map(|other| against(name, other, &shape));
            problems.extend(wrong.map(|(what, fix)| problem(file.source, rule.span(), what, fix)));
            earlier.push(shape);
        }
    }
    problems
}

fn against(name: &str, one: &Shape, other: &Shape) -> Option<(String, &'static str)> {
    match (one, other) {
        (Shape::Set, Shape::Set) => None,
        (Shape::Default, Shape::Default) => {
            Some((format!("`{name}` has two defaults"), "keep one of the two lines that start with `default`"))
        }
        (Shape::Set, _) | (_, Shape::Set) => {
            let what = format!("`{name}` collects findings in one place and is a value in another");
            Some((what, "write `contains` in both, or give one of them another name"))
        }
        (Shape::Default, _) | (_, Shape::Default) => None,
        (Shape::Value(Some(one)), Shape::Value(Some(other))) if one == other => None,
        (Shape::Value(_), Shape::Value(_)) => {
            let what = format!("`{name}` has two values, and where both hold there is none");
            Some((what, "join the two with `else`, so that the first one counts"))
        }
    }
}

fn shape(rule: &Rule) -> Option<(&str, Shape)> {
    let (head, bodies) = match rule {
        Rule::Default { refr, .. } => return Some((walk::root(refr), Shape::Default)),
        Rule::Spec { head, bodies, .. } => (head, bodies),
    };
    let (refr, assign) = match head {
        RuleHead::Set { refr, key: Some(_), .. } => return Some((walk::root(refr), Shape::Set)),
        RuleHead::Set { .. } => return None,
        RuleHead::Compr { refr, assign, .. } | RuleHead::Func { refr, assign, .. } => (refr, assign),
    };
    if !matches!(refr.as_ref(), Expr::Var { .. }) {
        return None;
    }
    let text = |value: &Expr| value.span().text().to_owned();
    let first = assign.as_ref().map_or_else(|| "true".to_owned(), |assign| text(&assign.value));
    let alone = !bodies.iter().any(|body| body.is_else);
    Some((walk::root(refr), Shape::Value(alone.then_some(first))))
}
