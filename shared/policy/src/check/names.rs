//! What a reference in a rule file means.

use regorus::unstable::{Expr, Import, Module, Rule, RuleHead, Span};
use std::collections::BTreeMap;

/// A reference such as `thresholds.pricing[name].min`, written out from `data` or `input`.
#[derive(Debug)]
pub(super) struct Name<'a> {
    /// Its steps; `None` where one is only known when the rule runs.
    pub(super) steps: Vec<Option<String>>,
    /// Where it stands.
    pub(super) span: &'a Span,
}

impl Name<'_> {
    /// The first steps, as far as they are known.
    pub(super) fn known(&self) -> Vec<&str> {
        self.steps.iter().map_while(Option::as_deref).collect()
    }

    /// All steps, where every one is known.
    pub(super) fn all(&self) -> Option<Vec<&str>> {
        self.steps.iter().map(Option::as_deref).collect()
    }

    /// As people write it.
    pub(super) fn text(&self) -> String {
        self.known().join(".")
    }
}

/// The short names of a file: its imports, and rules such as `limits := thresholds.scout`.
#[derive(Default)]
pub(super) struct Short(BTreeMap<String, Vec<Option<String>>>);

impl Short {
    /// Of one file.
    pub(super) fn of(module: &Module) -> Self {
        let imports = module.imports.iter().filter_map(import);
        let rules = module.policy.iter().filter_map(|rule| alias(rule));
        Self(imports.chain(rules).collect())
    }

    /// The reference that an expression is, with short names written out.
    pub(super) fn name<'a>(&self, expr: &'a Expr) -> Option<Name<'a>> {
        let mut steps = steps(expr)?;
        // A short name can stand for one that starts with another; more than a few is a circle.
        for _ in 0..4 {
            let first = steps.first().cloned().flatten()?;
            let Some(long) = self.0.get(&first) else { break };
            steps.splice(..1, long.iter().cloned());
        }
        Some(Name { steps, span: expr.span() })
    }
}

/// The short name that an import gives to a path.
fn import(import: &Import) -> Option<(String, Vec<Option<String>>)> {
    let path = steps(&import.refr)?;
    let last = path.last().cloned().flatten();
    let named = import.r#as.as_ref().map(|name| name.text().to_owned());
    Some((named.or(last)?, path)).filter(|(_, path)| path.len() > 1)
}

/// The short name that a rule without a condition gives to a reference.
fn alias(rule: &Rule) -> Option<(String, Vec<Option<String>>)> {
    let Rule::Spec { head: RuleHead::Compr { refr, assign, .. }, bodies, .. } = rule else {
        return None;
    };
    let path = steps(&assign.as_ref()?.value)?;
    bodies.is_empty().then(|| (refr.span().text().to_owned(), path))
}

/// Whether a rule only gives a reference a short name.
pub(super) fn is_short(rule: &Rule) -> bool {
    alias(rule).is_some_and(|(_, path)| path.iter().all(Option::is_some))
}

/// The package of a file: `["data", "royal", "risk"]`.
pub(super) fn package(module: &Module) -> Vec<String> {
    let steps = steps(&module.package.refr).unwrap_or_default();
    let named = steps.into_iter().flatten();
    std::iter::once("data".to_owned()).chain(named).collect()
}

fn steps(expr: &Expr) -> Option<Vec<Option<String>>> {
    match expr {
        Expr::Var { span, .. } => Some(vec![Some(span.text().to_owned())]),
        Expr::RefDot { refr, field, .. } => push(refr, Some(field.0.text().to_owned())),
        Expr::RefBrack { refr, index, .. } => push(refr, constant(index)),
        _ => None,
    }
}

fn push(refr: &Expr, step: Option<String>) -> Option<Vec<Option<String>>> {
    let mut path = steps(refr)?;
    path.push(step);
    Some(path)
}

/// The text of a constant.
pub(super) fn constant(expr: &Expr) -> Option<String> {
    match expr {
        Expr::String { value, .. } | Expr::RawString { value, .. } => Some(value.as_string().ok()?.to_string()),
        _ => None,
    }
}

/// The variable that a reference starts with.
pub(super) fn first(expr: &Expr) -> Option<String> {
    steps(expr)?.into_iter().next().flatten()
}
