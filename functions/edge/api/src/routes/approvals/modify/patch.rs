//! The changed action.

use crate::{
    extract::misfit,
    problem::{Kind, Problem},
};
use domain::Action;
use serde_json::{Map, Value};

/// `action` with `changes` (a JSON merge patch, RFC 7396) applied to its fields.
///
/// # Errors
/// When they change nothing, would change the type, or a field does not fit: it is named, with what to send instead.
pub(super) fn patched(action: &Action, changes: Map<String, Value>) -> Result<Action, Problem> {
    let wrong = |field: &str, what: &str, fix: &str| Problem::field(Kind::Field, field, what, fix);
    let kind = changes.get("type").is_none_or(|kind| kind == action.kind());
    if !kind {
        let fix = format!("leave it out, or propose another action than `{}`", action.kind());
        return Err(wrong("changes.type", "the type of an action cannot change", &fix));
    }
    let with = |changes: &Map<String, Value>| {
        let mut fields = serde_json::to_value(action).unwrap_or_default();
        merge(&mut fields, Value::Object(changes.clone()));
        serde_json::from_value::<Action>(fields)
    };
    let changed = with(&changes).map_err(|error| misfit(&culprit(&changes, &|one| with(one).is_err()), &error))?;
    if changed == *action {
        return Err(wrong("changes", "they change nothing", "send what is to be another"));
    }
    Ok(changed)
}

/// The change that alone does not fit, as deep as it can be told; all of them, where it takes several.
fn culprit(changes: &Map<String, Value>, fails: &dyn Fn(&Map<String, Value>) -> bool) -> String {
    let (mut path, mut left) = ("changes".to_owned(), changes.clone());
    let mut around: Vec<String> = Vec::new();
    loop {
        let alone = |name: &String, value: &Value| Map::from_iter([(name.clone(), value.clone())]);
        let whole = |inner: Map<String, Value>| {
            around.iter().rev().fold(inner, |inner, name| Map::from_iter([(name.clone(), Value::Object(inner))]))
        };
        let Some((name, value)) = left.iter().find(|(name, value)| fails(&whole(alone(name, value)))) else {
            return path;
        };
        path = format!("{path}.{name}");
        let Value::Object(deeper) = value.clone() else { return path };
        around.push(name.clone());
        left = deeper;
    }
}

/// Applies a merge patch: what is `null` goes, what is an object goes into the one that is there, all else replaces.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        match change {
            Value::Null => drop(fields.remove(&name)),
            change => merge(fields.entry(name).or_insert(Value::Null), change),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Money, action::ExpensePay};
    use serde_json::json;

    fn pay() -> Action {
        ExpensePay { bill: "7".into(), payee: "Acme".into(), amount: Money::eur_cents(9500) }.into()
    }

    fn changes(value: &Value) -> Result<Action, Problem> {
        patched(&pay(), value.as_object().unwrap().clone())
    }

    #[test]
    fn fields_are_replaced_one_by_one() {
        let less = changes(&json!({"amount": {"amount": "90.00"}})).unwrap();
        assert_eq!(less.amount(), Some(Money::eur_cents(9000)));
        assert_eq!(less.target(), "payee:Acme");
        assert!(changes(&json!({"type": "expense.pay", "bill": "8"})).is_ok());
    }

    #[test]
    fn what_cannot_be_is_told_with_its_field() {
        let cases = [
            (json!({}), "changes"),
            (json!({"bill": "7"}), "changes"),
            (json!({"type": "refund.issue"}), "changes.type"),
            (json!({"colour": "red"}), "colour"),
            (json!({"bill": null}), "bill"),
            (json!({"bill": "8", "amount": {"amount": "1.001"}}), "`changes.amount.amount`: 1.001 has more decimals"),
            (json!({"amount": {"amount": 90}}), "`changes.amount.amount`: invalid type"),
        ];
        for (value, word) in cases {
            let told = changes(&value).unwrap_err();
            assert!(told.detail().contains(word), "{value}: {}", told.detail());
        }
    }

    #[test]
    fn a_patch_is_applied_as_the_standard_has_it() {
        let cases = [
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
        ];
        for (mut target, patch, wanted) in cases {
            merge(&mut target, patch);
            assert_eq!(target, wanted);
        }
    }
}
