//! Which inputs a mutation simulates; the rest is refused rather than silently ignored.

use crate::fail::Fail;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// An input object.
pub(crate) type Input = Map<String, Value>;

/// Refuses any given, non-null input whose dotted path (without indexes) is not in `known`.
/// A path ending in `.*` allows everything below it.
pub(crate) fn refuse_unsimulated(args: &Input, known: &[&str]) -> Result<(), Fail> {
    for (name, value) in args {
        walk(name.clone(), value, known)?;
    }
    Ok(())
}

fn walk(path: String, value: &Value, known: &[&str]) -> Result<(), Fail> {
    match value {
        Value::Null => Ok(()),
        Value::Array(items) => items.iter().try_for_each(|i| walk(path.clone(), i, known)),
        Value::Object(fields) if !known.contains(&path.as_str()) => {
            fields.iter().try_for_each(|(name, v)| walk(format!("{path}.{name}"), v, known))
        }
        _ if known.contains(&path.as_str()) => Ok(()),
        _ => Err(Fail::not_simulated(&format!("input `{path}`"))),
    }
}

/// A member of a JSON object; null when it is absent.
pub(crate) fn at<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// A text input; null reads as absent.
pub(crate) fn text<'a>(input: &'a Input, name: &str) -> Option<&'a str> {
    input.get(name).and_then(Value::as_str)
}

/// A flag input; null reads as absent.
pub(crate) fn flag(input: &Input, name: &str) -> Option<bool> {
    input.get(name).and_then(Value::as_bool)
}

/// An object input; null reads as absent.
pub(crate) fn object<'a>(input: &'a Input, name: &str) -> Option<&'a Input> {
    input.get(name).and_then(Value::as_object)
}

/// The objects of a list input; null reads as absent, a single object as a list of one.
pub(crate) fn list<'a>(input: &'a Input, name: &str) -> Option<Vec<&'a Input>> {
    match input.get(name)? {
        Value::Array(items) => Some(items.iter().filter_map(Value::as_object).collect()),
        Value::Object(single) => Some(vec![single]),
        _ => None,
    }
}

/// An amount; the scalar check has already refused what is none.
pub(crate) fn amount(input: &Input, name: &str) -> Option<Decimal> {
    text(input, name).and_then(|t| t.parse().ok())
}

/// Sets a nullable text when the input names it: null clears it.
pub(crate) fn patch_text(target: &mut Option<String>, input: &Input, name: &str) {
    if input.contains_key(name) {
        *target = text(input, name).map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_input_that_would_be_ignored_is_refused_by_its_path() {
        let known = ["input.title", "input.variants.price"];
        let check = |args: Value| refuse_unsimulated(args.as_object().unwrap(), &known);
        let fine = json!({ "input": { "title": "a", "giftCard": null, "variants": [{ "price": "1" }] } });
        assert!(check(fine).is_ok());
        let bad = json!({ "input": { "variants": [{ "taxCode": "P1" }] } });
        let error = check(bad).unwrap_err();
        assert_eq!(error.code, "NOT_SIMULATED");
        assert!(error.message.contains("`input.variants.taxCode`"));
    }
}
