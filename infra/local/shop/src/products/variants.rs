use super::variant::{self, Codes};
use super::{files, options, stock};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::inputs::{self, Input};
use crate::metafields::{self, Owner};
use crate::model::{OptionValue, Product, ProductOption, Variant};
use crate::user_errors::UserErrors;
use serde_json::Value;
use std::collections::HashSet;

/// `productOptions` and `variants` come together and replace what is there; a product that is
/// created without them gets the default variant.
pub(super) fn apply(cx: &Cx<'_>, product: &mut Product, input: &Input, errors: &mut UserErrors) -> Result<(), Fail> {
    let wanted = inputs::list(input, "variants").filter(|list| !list.is_empty());
    match (inputs::list(input, "productOptions"), wanted) {
        (None, None) if product.variants.is_empty() => default_variant(cx, product),
        (None, None) => Ok(()),
        (None, Some(_)) => {
            let message = "Product options input is required when updating variants";
            errors.add("PRODUCT_OPTIONS_INPUT_MISSING", "input.productOptions", message);
            Ok(())
        }
        (Some(_), None) => {
            let message = "Variants input is required when updating product options";
            errors.add("VARIANTS_INPUT_MISSING", "input.variants", message);
            Ok(())
        }
        (Some(list), Some(wanted)) => {
            product.options = options::build(cx, &product.options, &list, errors)?;
            replace(cx, product, &wanted, errors)
        }
    }
}

fn default_variant(cx: &Cx<'_>, product: &mut Product) -> Result<(), Fail> {
    let value = OptionValue { id: cx.store.next_id()?, name: "Default Title".to_owned() };
    let mut variant = variant::blank(cx, vec![value.id])?;
    stock::at_default_location(cx, &mut variant.item)?;
    product.options = vec![ProductOption { id: cx.store.next_id()?, name: "Title".to_owned(), values: vec![value] }];
    product.variants = vec![variant];
    Ok(())
}

fn replace(cx: &Cx<'_>, product: &mut Product, wanted: &[&Input], errors: &mut UserErrors) -> Result<(), Fail> {
    let mut seen = HashSet::new();
    let mut placed = Vec::new();
    for (i, input) in wanted.iter().enumerate() {
        let at = format!("input.variants.{i}");
        let Some(variant) = one(cx, product, input, &at, errors)? else {
            continue;
        };
        if !seen.insert(variant.values.clone()) {
            let title = product.variant_title(&variant);
            let message = format!("The variant '{title}' already exists. Please change at least one option value.");
            errors.add("INVALID_VARIANT", &at, message);
        }
        let position = input.get("position").and_then(Value::as_i64);
        placed.push((position.unwrap_or_default(), variant));
    }
    placed.sort_by_key(|(position, _)| *position);
    product.variants = placed.into_iter().map(|(_, variant)| variant).collect();
    Ok(())
}

fn one(
    cx: &Cx<'_>,
    product: &Product,
    input: &Input,
    at: &str,
    errors: &mut UserErrors,
) -> Result<Option<Variant>, Fail> {
    let Some(values) = option_values(product, input, at, errors) else {
        return Ok(None);
    };
    let id = inputs::text(input, "id");
    let known = match id {
        Some(id) => product.variants.iter().find(|v| Some(v.id) == Gid::of("ProductVariant", id)),
        None => product.variants.iter().find(|v| v.values == values),
    };
    if id.is_some() && known.is_none() {
        let message = "Product variant does not exist";
        errors.add("PRODUCT_VARIANT_DOES_NOT_EXIST", &format!("{at}.id"), message);
        return Ok(None);
    }
    let is_new = known.is_none();
    let mut variant = match known {
        Some(known) => Variant { values, ..known.clone() },
        None => variant::blank(cx, values)?,
    };
    variant::fill(&mut variant, input, at, Codes::SET, errors);
    stock::apply(cx, &mut variant.item, input, is_new, at, errors)?;
    if let Some(file) = inputs::object(input, "file") {
        variant.media = files::chosen(product, file, &format!("{at}.file"), errors);
    }
    write_metafields(cx, product.id, &mut variant, input, at, Some("INVALID_METAFIELD"), errors)?;
    variant.updated_at = cx.stamp();
    Ok(Some(variant))
}

/// Writes the metafields of a variant's input; those not named stay.
pub(super) fn write_metafields(
    cx: &Cx<'_>,
    product: i64,
    variant: &mut Variant,
    input: &Input,
    at: &str,
    code: Option<&str>,
    errors: &mut UserErrors,
) -> Result<(), Fail> {
    let owner = Owner { kind: "PRODUCTVARIANT", product, code };
    let entries = inputs::list(input, "metafields").unwrap_or_default();
    for (i, entry) in entries.into_iter().enumerate() {
        let at = format!("{at}.metafields.{i}");
        metafields::write(cx, &owner, &mut variant.metafields, entry, &at, errors)?;
    }
    Ok(())
}

/// One value id per option, or `None` after reporting what is wrong.
fn option_values(product: &Product, input: &Input, at: &str, errors: &mut UserErrors) -> Option<Vec<i64>> {
    let before = errors.len();
    let given = inputs::list(input, "optionValues").unwrap_or_default();
    let mut chosen: Vec<Option<i64>> = vec![None; product.options.len()];
    for (i, entry) in given.into_iter().enumerate() {
        let at = format!("{at}.optionValues.{i}");
        let text = |name| inputs::text(entry, name);
        let option_id = text("optionId").and_then(|t| Gid::of("ProductOption", t));
        let named = |o: &ProductOption| Some(o.id) == option_id || Some(o.name.as_str()) == text("optionName");
        let Some(place) = product.options.iter().position(named) else {
            errors.add("OPTION_DOES_NOT_EXIST", &at, "Option does not exist");
            continue;
        };
        let value_id = text("id").and_then(|t| Gid::of("ProductOptionValue", t));
        let values = product.options.get(place).map(|o| o.values.as_slice()).unwrap_or_default();
        let value =
            values.iter().find(|v| Some(v.id) == value_id || Some(v.name.as_str()) == text("name").map(str::trim));
        match (value, chosen.get_mut(place)) {
            (Some(value), Some(slot)) => *slot = Some(value.id),
            _ => errors.add("OPTION_VALUE_DOES_NOT_EXIST", &at, "Option value does not exist"),
        }
    }
    for (option, slot) in product.options.iter().zip(&chosen) {
        if slot.is_none() && errors.len() == before {
            let message = format!("You need to add option values for {}", option.name);
            errors.add("INVALID_VARIANT", &format!("{at}.optionValues"), message);
        }
    }
    (errors.len() == before).then(|| chosen.into_iter().flatten().collect())
}
