use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::inputs::{self, Input};
use crate::model::{OptionValue, ProductOption};
use crate::user_errors::UserErrors;
use serde_json::Value;
use std::collections::HashSet;

const MAX_OPTIONS: usize = 3;
const AT: &str = "input.productOptions";

/// Builds the product's options; those that existed (by id or name) keep their ids.
pub(super) fn build(
    cx: &Cx<'_>,
    before: &[ProductOption],
    list: &[&Input],
    errors: &mut UserErrors,
) -> Result<Vec<ProductOption>, Fail> {
    if list.len() > MAX_OPTIONS {
        let message = format!("Can only specify a maximum of {MAX_OPTIONS} options");
        errors.add("OPTIONS_OVER_LIMIT", AT, message);
        return Ok(Vec::new());
    }
    let mut names = HashSet::new();
    let mut placed = Vec::new();
    for (i, input) in list.iter().enumerate() {
        let at = format!("{AT}.{i}");
        let Some(option) = one(cx, before, input, &at, errors)? else {
            continue;
        };
        if !names.insert(option.name.to_lowercase()) {
            errors.add("DUPLICATED_OPTION_NAME", &format!("{at}.name"), "Duplicated option name.");
        }
        let position = input.get("position").and_then(Value::as_i64);
        placed.push((position.unwrap_or_default(), option));
    }
    placed.sort_by_key(|(position, _)| *position);
    Ok(placed.into_iter().map(|(_, option)| option).collect())
}

fn one(
    cx: &Cx<'_>,
    before: &[ProductOption],
    input: &Input,
    at: &str,
    errors: &mut UserErrors,
) -> Result<Option<ProductOption>, Fail> {
    let id = inputs::text(input, "id").and_then(|t| Gid::of("ProductOption", t));
    let given = inputs::text(input, "name").map(str::trim);
    let known = before.iter().find(|o| Some(o.id) == id || Some(o.name.as_str()) == given);
    if inputs::text(input, "id").is_some() && known.is_none_or(|o| Some(o.id) != id) {
        errors.add("OPTION_DOES_NOT_EXIST", &format!("{at}.id"), "Option does not exist");
        return Ok(None);
    }
    let name = given.map(str::to_owned).or_else(|| known.map(|o| o.name.clone()));
    let name = name.unwrap_or_default();
    if name.is_empty() {
        errors.add("INVALID_INPUT", &format!("{at}.name"), "Option name can't be blank");
    } else if name.contains(" / ") {
        let message = "The name contains unsupported sequence ' / '";
        errors.add("INVALID_INPUT", &format!("{at}.name"), message);
    }
    let kept = known.map(|o| o.values.as_slice()).unwrap_or_default();
    let values = values(cx, kept, input, at, errors)?;
    let id = match known {
        Some(known) => known.id,
        None => cx.store.next_id()?,
    };
    Ok(Some(ProductOption { id, name, values }))
}

fn values(
    cx: &Cx<'_>,
    before: &[OptionValue],
    input: &Input,
    at: &str,
    errors: &mut UserErrors,
) -> Result<Vec<OptionValue>, Fail> {
    let list = inputs::list(input, "values").unwrap_or_default();
    if list.is_empty() {
        let message = "Each option must have at least one option value specified.";
        errors.add("OPTION_VALUES_MISSING", at, message);
    }
    let mut names = HashSet::new();
    let mut values = Vec::new();
    for (i, entry) in list.into_iter().enumerate() {
        let at = format!("{at}.values.{i}");
        let id = inputs::text(entry, "id").and_then(|t| Gid::of("ProductOptionValue", t));
        let given = inputs::text(entry, "name").map(str::trim).filter(|n| !n.is_empty());
        let known = before.iter().find(|v| Some(v.id) == id || Some(v.name.as_str()) == given);
        let Some(name) = given.or(known.map(|v| v.name.as_str())) else {
            errors.add("INVALID_INPUT", &at, "Option value name can't be blank");
            continue;
        };
        if !names.insert(name.to_lowercase()) {
            errors.add("DUPLICATED_OPTION_VALUE", &at, "Duplicated option value.");
        }
        let id = match known {
            Some(known) => known.id,
            None => cx.store.next_id()?,
        };
        values.push(OptionValue { id, name: name.to_owned() });
    }
    Ok(values)
}
