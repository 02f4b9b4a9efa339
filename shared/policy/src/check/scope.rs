//! What names mean, before any rule runs.

use super::{File, compare::Kind, names, shape, walk};
use regorus::unstable::{BinOp, Expr, Rule, RuleHead};
use serde_json::Value;
use std::collections::BTreeMap;

/// Built-in functions and what they answer.
const ANSWERS: &[(&str, Kind)] = &[
    ("abs", Kind::Number),
    ("concat", Kind::Text),
    ("contains", Kind::YesNo),
    ("count", Kind::Number),
    ("lower", Kind::Text),
    ("replace", Kind::Text),
    ("sum", Kind::Number),
    ("upper", Kind::Text),
];

/// The tables, and what the rules of each package are.
pub(super) struct Scope<'a> {
    tables: &'a Value,
    /// By path, where all definitions of a rule agree.
    rules: BTreeMap<String, Option<Kind>>,
}

impl<'a> Scope<'a> {
    /// Of all files.
    pub(super) fn of(files: &[File<'_>], tables: &'a Value) -> Self {
        let mut scope = Self { tables, rules: BTreeMap::new() };
        for file in files {
            let package = names::package(&file.module).join(".");
            let short = names::Short::of(&file.module);
            for rule in &file.module.policy {
                let Some((name, kind)) = scope.rule(file, &short, rule) else { continue };
                let known = scope.rules.entry(format!("{package}.{name}")).or_insert(kind);
                if *known != kind {
                    *known = None;
                }
            }
        }
        scope
    }

    fn rule<'r>(&self, file: &File<'_>, short: &names::Short, rule: &'r Rule) -> Option<(&'r str, Option<Kind>)> {
        match rule {
            Rule::Default { refr, value, .. } => Some((walk::root(refr), self.kind(file, short, value))),
            Rule::Spec { head: RuleHead::Compr { refr, assign: Some(assign), .. }, bodies, .. } => {
                let one = bodies.iter().all(|body| !body.is_else);
                Some((walk::root(refr), self.kind(file, short, &assign.value).filter(|_| one)))
            }
            Rule::Spec { head: RuleHead::Set { refr, .. }, .. } => Some((walk::root(refr), Some(Kind::Many))),
            Rule::Spec { .. } => None,
        }
    }

    /// What an expression is, where that is known.
    pub(super) fn kind(&self, file: &File<'_>, short: &names::Short, expr: &Expr) -> Option<Kind> {
        match expr {
            Expr::String { .. } | Expr::RawString { .. } => Some(Kind::Text),
            Expr::Number { .. } | Expr::UnaryExpr { .. } => Some(Kind::Number),
            Expr::Bool { .. } | Expr::BoolExpr { .. } | Expr::Membership { .. } => Some(Kind::YesNo),
            Expr::Null { .. } => Some(Kind::Nothing),
            Expr::BinExpr { op: BinOp::Union | BinOp::Intersection, .. } => Some(Kind::Many),
            // A difference of sets is written as that of numbers is.
            Expr::ArithExpr { lhs, .. } => self.kind(file, short, lhs).filter(|kind| *kind != Kind::Text),
            Expr::Call { fcn, .. } => {
                ANSWERS.iter().find(|(name, _)| *name == fcn.span().text()).map(|(_, kind)| *kind)
            }
            Expr::Array { .. } | Expr::Set { .. } | Expr::Object { .. } => Some(Kind::Many),
            Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => Some(Kind::Many),
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.named(file, short, expr),
            _ => None,
        }
    }

    fn named(&self, file: &File<'_>, short: &names::Short, expr: &Expr) -> Option<Kind> {
        let name = short.name(expr)?;
        let path = name.all()?;
        let package = names::package(&file.module).join(".");
        match path.split_first()? {
            (&"input", rest) => Kind::of(at(&shape::of(&package)?, rest)?),
            (&"data", rest) => match at(self.tables, rest) {
                Some(value) => Kind::of(value),
                None => self.rules.get(&path.join(".")).copied().flatten(),
            },
            (name, []) => self.rules.get(&format!("{package}.{name}")).copied().flatten(),
            _ => None,
        }
    }
}

fn at<'v>(value: &'v Value, steps: &[&str]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| value.get(step))
}
