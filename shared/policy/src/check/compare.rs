//! Comparisons that can only go one way: a number with a text, anything with nothing.
//!
//! Every value of the language can be compared with every other: nothing comes before numbers, and numbers before
//! texts. So `amount < "100"` always holds, and nobody is told.

use super::{File, names, problem, scope::Scope, walk};
use crate::Problem;
use regorus::unstable::{BoolOp, Expr};
use serde_json::Value;

/// What a value is, where that is known before any rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    YesNo,
    Nothing,
    Many,
}

impl Kind {
    /// Of a value; nothing is known of what is absent.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::YesNo),
            Value::Number(_) => Some(Self::Number),
            Value::String(_) => Some(Self::Text),
            Value::Array(_) | Value::Object(_) => Some(Self::Many),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text => "a text",
            Self::YesNo => "true or false",
            Self::Nothing => "nothing",
            Self::Many => "a list or table",
        }
    }
}

/// Every comparison of what cannot be compared.
pub(super) fn problems(files: &[File<'_>], scope: &Scope<'_>) -> Vec<Problem> {
    let of_file = |file: &File<'_>| {
        let short = names::Short::of(&file.module);
        let exprs = walk::rules(&file.module).into_iter().flat_map(|rule| rule.exprs).collect::<Vec<_>>();
        let one = |expr: &&Expr| match expr {
            Expr::BoolExpr { op, lhs, rhs, .. } => against(file, scope, &short, (op, lhs, rhs)),
            Expr::Membership { value, collection, .. } => among(file, scope, &short, (value, collection)),
            _ => None,
        };
        exprs.iter().filter_map(one).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

fn against(file: &File<'_>, scope: &Scope<'_>, short: &names::Short, said: (&BoolOp, &Expr, &Expr)) -> Option<Problem> {
    let (op, left, right) = said;
    let (one, other) = (scope.kind(file, short, left)?, scope.kind(file, short, right)?);
    let equals = matches!(op, BoolOp::Eq | BoolOp::Ne);
    let fits =
        one == other && (equals || one == Kind::Number) || equals && (one == Kind::Nothing || other == Kind::Nothing);
    if fits {
        return None;
    }
    let end = if equals { "and the two are never equal" } else { "and such a comparison always goes the same way" };
    let what = format!("{} is {}, {} is {}, {end}", shown(left), one.name(), shown(right), other.name());
    Some(problem(file.source, left.span(), what, fix((one, left), (other, right))))
}

fn among(file: &File<'_>, scope: &Scope<'_>, short: &names::Short, said: (&Expr, &Expr)) -> Option<Problem> {
    let (value, Expr::Set { items, .. } | Expr::Array { items, .. }) = said else { return None };
    let kind = scope.kind(file, short, value)?;
    let kinds: Vec<_> = items.iter().map(|item| scope.kind(file, short, item)).collect();
    if kinds.is_empty() || kinds.iter().any(|item| item.is_none_or(|item| item == kind)) {
        return None;
    }
    let what = format!("{} is {}, and none of what it is looked for among is", shown(value), kind.name());
    Some(problem(file.source, value.span(), what, "write what it is looked for among in the same way"))
}

fn fix((one, left): (Kind, &Expr), (other, right): (Kind, &Expr)) -> &'static str {
    let quoted = |kind: Kind, expr: &Expr| {
        kind == Kind::Text
            && matches!(expr, Expr::String { .. })
            && expr.span().text().bytes().all(|b| b.is_ascii_digit())
    };
    match () {
        () if quoted(one, left) || quoted(other, right) => "take the quotes away",
        () if one == Kind::Nothing || other == Kind::Nothing => {
            "ask whether it is there with `== null`, or leave it out"
        }
        () => "compare numbers with numbers, and texts with texts",
    }
}

fn shown(expr: &Expr) -> String {
    let text = expr.span().text().split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(expr, Expr::String { .. }) { format!("`\"{}\"`", text.trim_matches('"')) } else { format!("`{text}`") }
}
