//! Tables of constants become data.
//!
//! A file in which every rule is a constant (`thresholds.rego`, `lists.rego`, `actions.rego`) is read
//! once, when the policy is loaded. Rules find it at the same path, `data.<package>`.

use regorus::unstable::{Expr, Module, Ref, Rule, RuleHead, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where something stands in a policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl From<&Span> for Place {
    fn from(span: &Span) -> Self {
        Self { line: span.line, column: column(span) }
    }
}

/// In characters, counted from one: the parser counts a tab as four of them. A text stands where its quote does.
fn column(span: &Span) -> u32 {
    let start = usize::try_from(span.start).unwrap_or_default();
    let before = span.source.contents().get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = line.strip_suffix(['"', '`']).unwrap_or(line);
    u32::try_from(line.chars().count()).unwrap_or_default().saturating_add(1)
}

/// One file of constants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Its content, by rule name.
    pub(crate) value: Map<String, Value>,
    /// Where each entry stands, by its dotted path inside the package.
    pub(crate) places: BTreeMap<String, Place>,
}

/// The table that a file is, if all its rules are constants.
pub(crate) fn table(module: &Module) -> Option<Table> {
    let mut table = Table::default();
    for rule in &module.policy {
        let (name, expr) = constant(rule)?;
        let value = literal(expr, name.text(), &mut table.places)?;
        table.places.insert(name.text().to_owned(), name.into());
        table.value.insert(name.text().to_owned(), value);
    }
    (!module.policy.is_empty()).then_some(table)
}

/// Name and value of a rule such as `limits := {…}`.
fn constant(rule: &Rule) -> Option<(&Span, &Expr)> {
    let Rule::Spec { head, bodies, .. } = rule else {
        return None;
    };
    let RuleHead::Compr { refr, assign, .. } = head else {
        return None;
    };
    let Expr::Var { span, .. } = refr.as_ref() else {
        return None;
    };
    let value = &assign.as_ref()?.value;
    bodies.is_empty().then_some((span, value.as_ref()))
}

fn literal(expr: &Expr, path: &str, places: &mut BTreeMap<String, Place>) -> Option<Value> {
    match expr {
        Expr::String { value, .. } | Expr::RawString { value, .. } => {
            Some(Value::from(value.as_string().ok()?.as_ref()))
        }
        Expr::Bool { value, .. } => Some(Value::from(*value.as_bool().ok()?)),
        Expr::Number { value, .. } => Some(Value::from(value.as_i64().ok()?)),
        Expr::Array { items, .. } => list(items, path, places),
        Expr::Object { fields, .. } => object(fields, path, places).map(Value::Object),
        _ => None,
    }
}

fn list(items: &[Ref<Expr>], path: &str, places: &mut BTreeMap<String, Place>) -> Option<Value> {
    let item = |(n, item): (usize, &Ref<Expr>)| {
        let inner = format!("{path}.{n}");
        let value = literal(item, &inner, places)?;
        places.insert(inner, item.span().into());
        Some(value)
    };
    items.iter().enumerate().map(item).collect()
}

type Field = (Span, Ref<Expr>, Ref<Expr>);

fn object(fields: &[Field], path: &str, places: &mut BTreeMap<String, Place>) -> Option<Map<String, Value>> {
    let mut object = Map::new();
    for (_, key, value) in fields {
        let Expr::String { value: name, .. } = key.as_ref() else {
            return None;
        };
        let name = name.as_string().ok()?;
        let inner = format!("{path}.{name}");
        let value = literal(value, &inner, places)?;
        places.insert(inner, key.span().into());
        object.insert(name.to_string(), value);
    }
    Some(object)
}
