//! The values that are tried for a field.

use crate::{Policy, check::grounds::Reads};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Fields that no proposal could have had otherwise: what it is, and what nobody can say of it.
const FIXED: [&str; 5] = ["action.type", "action.target", "action.irreversible", "context.undo", "malformed"];

/// Whether another value of a field would be another action.
pub(super) fn is_fixed(field: &str) -> bool {
    FIXED.contains(&field)
}

/// What stands in `seen` at a path such as `action.amount_cents`.
pub(super) fn at<'v>(seen: &'v Value, field: &str) -> Option<&'v Value> {
    seen.pointer(&pointer(field)).filter(|value| !value.is_null())
}

/// `seen` with another value there.
pub(super) fn with(seen: &Value, field: &str, value: &Value) -> Value {
    let mut other = seen.clone();
    let (around, name) = field.split_once('.').map_or(("", field), |(around, name)| (around, name));
    let object = if around.is_empty() { Some(&mut other) } else { other.get_mut(around) };
    if let Some(object) = object.and_then(Value::as_object_mut) {
        object.insert(name.to_owned(), value.clone());
    }
    other
}

fn pointer(field: &str) -> String {
    format!("/{}", field.replace('.', "/"))
}

/// What a number is compared with: limits, other fields, and what is left between the two.
pub(super) fn numbers(policy: &Policy, seen: &Value, reads: &Reads) -> BTreeSet<i64> {
    let limits: BTreeSet<i64> = reads.limits.iter().filter_map(|path| Some(policy.limit(path)?.0)).collect();
    let others: BTreeSet<i64> = reads.fields.iter().filter_map(|field| at(seen, field)?.as_i64()).collect();
    let mut tried: BTreeSet<i64> = limits.union(&others).copied().chain([0, 1, 100]).collect();
    for limit in &limits {
        tried.extend(others.iter().flat_map(|other| [limit.saturating_sub(*other), other.saturating_add(*limit)]));
    }
    for other in &others {
        tried.extend([other.saturating_mul(2), other / 2, other.saturating_mul(100)]);
    }
    let beside: BTreeSet<i64> =
        tried.iter().flat_map(|one| [one.saturating_sub(1), *one, one.saturating_add(1)]).collect();
    beside.into_iter().filter(|one| *one >= 0).collect()
}

/// What else a field that is no number can be.
pub(super) fn words(policy: &Policy, field: &str, value: Option<&Value>, reads: &Reads) -> Vec<Value> {
    match (field, value) {
        (_, Some(Value::Bool(value))) => vec![Value::from(!value)],
        (_, Some(Value::Array(_))) => vec![Value::Array(Vec::new())],
        ("context.budget_overflow", None) => vec![Value::Array(Vec::new())],
        ("action.currency", _) => vec![Value::from("EUR")],
        (_, Some(Value::String(_)) | None) => {
            let yes_no = value.is_none().then_some([Value::from(true), Value::from(false)]).into_iter().flatten();
            let listed =
                reads.tables.iter().filter_map(|path| policy.at(&format!("/royal/{}", path.replace('.', "/"))));
            let listed = listed.filter_map(|list| list.as_array()?.first().cloned());
            let of_row = kinds(policy).filter(|_| field == "agent.cluster").flatten().cloned();
            let written = reads.words.iter().map(|word| Value::from(word.as_str()));
            let known = if field == "context.ceo_review" { vec![Value::from("approved")] } else { Vec::new() };
            yes_no.chain(listed).chain(of_row).chain(known).chain(written).collect()
        }
        _ => Vec::new(),
    }
}

/// Whose job any action can be.
fn kinds(policy: &Policy) -> impl Iterator<Item = &Vec<Value>> {
    let rows = policy.at("/royal/actions/rows").and_then(Value::as_object);
    rows.into_iter().flat_map(Map::values).filter_map(|row| row.get("proposers")?.as_array())
}
