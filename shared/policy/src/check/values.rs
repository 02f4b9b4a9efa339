//! Words in rules that stand for one of a few: an action type, a fraud band, a tier. A misspelt one is never met.

use super::{File, names, near, problem, walk};
use crate::Problem;
use domain::{Action, Tier};
use regorus::unstable::{BoolOp, Expr};
use serde_json::{Map, Value};

/// Every word that what it is compared with can never be.
pub(super) fn problems(files: &[File<'_>], tables: &Value) -> Vec<Problem> {
    let of_file = |file: &File<'_>| {
        let short = names::Short::of(&file.module);
        let exprs = walk::rules(&file.module).into_iter().flat_map(|rule| rule.exprs);
        let pairs = exprs.flat_map(compared);
        pairs.filter_map(|(asked, word)| wrong(file, &short, tables, asked, word)).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

/// What is compared, and the words that it is compared with.
fn compared(expr: &Expr) -> Vec<(&Expr, &Expr)> {
    match expr {
        Expr::BoolExpr { op: BoolOp::Eq | BoolOp::Ne, lhs, rhs, .. } => vec![(lhs, rhs), (rhs, lhs)],
        Expr::Membership { value, collection, .. } => match collection.as_ref() {
            Expr::Set { items, .. } | Expr::Array { items, .. } => {
                items.iter().map(|item| (value.as_ref(), item.as_ref())).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn wrong(file: &File<'_>, short: &names::Short, tables: &Value, asked: &Expr, word: &Expr) -> Option<Problem> {
    let text = names::constant(word)?;
    let name = short.name(asked)?;
    let (kind, known) = one_of(&name, tables)?;
    if known.contains(&text) {
        return None;
    }
    let fix = near::instead(&text, known.iter().map(String::as_str));
    Some(problem(file.source, word.span(), format!("`{text}` is no {kind}"), fix))
}

/// What the values of a name are called, and all of them.
fn one_of(name: &names::Name<'_>, tables: &Value) -> Option<(&'static str, Vec<String>)> {
    let steps: Vec<&str> = name.steps.iter().map(|step| step.as_deref().unwrap_or("*")).collect();
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let keys = |pointer: &str| {
        let table = tables.pointer(pointer).and_then(Value::as_object);
        table.into_iter().flat_map(Map::keys).cloned().collect::<Vec<_>>()
    };
    Some(match steps.join(".").as_str() {
        "input.action.type" => ("action type", words(Action::KINDS)),
        "input.context.fraud_band" => ("fraud band", words(&["low", "medium", "high", "blocked"])),
        "input.context.ceo_review" => ("review of the CEO function", words(&["approved", "rejected", "escalated"])),
        "input.tier" => ("tier", tiers()),
        "input.verb" => ("verb of rights.rego", keys("/royal/rights/verbs")),
        "data.royal.actions.rows.*.from" => ("tier", tiers()),
        "data.royal.actions.rows.*.rules" => ("file of rules that actions.rego names", rules(tables)),
        _ => return None,
    })
}

/// The tiers, from the least consent to the most.
pub(super) fn tiers() -> Vec<String> {
    [Tier::Low, Tier::Medium, Tier::Ceo, Tier::High, Tier::Denied].iter().map(ToString::to_string).collect()
}

fn rules(tables: &Value) -> Vec<String> {
    let rows = tables.pointer("/royal/actions/rows").and_then(Value::as_object);
    rows.into_iter().flat_map(Map::values).filter_map(|row| Some(row.get("rules")?.as_str()?.to_owned())).collect()
}
