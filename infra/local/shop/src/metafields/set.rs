use super::{Owner, namespace, write};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::model::{Metafield, Product};
use crate::mutation::{Handler, Outcome};
use crate::nodes::metafield_json;
use crate::user_errors::UserErrors;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const MAX: usize = 25;

pub(super) const SET: Handler = Handler {
    name: "metafieldsSet",
    run: set,
    inputs: &["metafields.ownerId", "metafields.namespace", "metafields.key", "metafields.type", "metafields.value"],
};

fn set(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let entries = inputs::list(&call.args, "metafields").unwrap_or_default();
    let mut errors = UserErrors::default();
    if entries.len() > MAX {
        let message = format!("Exceeded the maximum metafields input limit of {MAX}.");
        errors.add("LESS_THAN_OR_EQUAL_TO", "metafields", message);
        return Ok(refused(errors));
    }
    let mut changed: BTreeMap<i64, Product> = BTreeMap::new();
    let mut written = Vec::new();
    for (i, entry) in entries.into_iter().enumerate() {
        let at = format!("metafields.{i}");
        written.extend(one(cx, entry, &at, &mut changed, &mut errors)?);
    }
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    for product in changed.values_mut() {
        cx.save(product, "metafieldsSet")?;
    }
    let list: Vec<Value> = written.iter().map(|w| answer(w, &changed)).collect();
    Ok(Outcome::applied(json!({ "metafields": list })))
}

fn refused(errors: UserErrors) -> Outcome {
    Outcome::refused(json!({ "metafields": null }), errors)
}

/// Where a metafield was written.
struct Written {
    product: i64,
    variant: Option<i64>,
    namespace: String,
    key: String,
}

fn one(
    cx: &Cx<'_>,
    entry: &Input,
    at: &str,
    changed: &mut BTreeMap<i64, Product>,
    errors: &mut UserErrors,
) -> Result<Option<Written>, Fail> {
    let id = inputs::text(entry, "ownerId").and_then(Gid::parse);
    let (found, variant) = match id {
        Some(g) if g.kind == "Product" => (cx.product(g.id)?, None),
        Some(g) if g.kind == "ProductVariant" => (cx.product_by(&format!("variant:{}", g.id))?, Some(g.id)),
        _ => (None, None),
    };
    let Some(found) = found else {
        errors.add("INVALID_VALUE", &format!("{at}.ownerId"), "Owner does not exist.");
        return Ok(None);
    };
    let product = changed.entry(found.id).or_insert_with(|| Product::clone(&found));
    let owner =
        Owner { kind: if variant.is_some() { "PRODUCTVARIANT" } else { "PRODUCT" }, product: product.id, code: None };
    if let Some(list) = list_of(product, variant) {
        write(cx, &owner, list, entry, at, errors)?;
    }
    Ok(Some(Written {
        product: found.id,
        variant,
        namespace: namespace(inputs::text(entry, "namespace")),
        key: inputs::text(entry, "key").unwrap_or_default().to_owned(),
    }))
}

fn list_of(product: &mut Product, variant: Option<i64>) -> Option<&mut Vec<Metafield>> {
    match variant {
        None => Some(&mut product.metafields),
        Some(id) => product.variants.iter_mut().find(|v| v.id == id).map(|v| &mut v.metafields),
    }
}

fn answer(written: &Written, changed: &BTreeMap<i64, Product>) -> Value {
    let found = changed.get(&written.product).and_then(|product| {
        let list = match written.variant {
            None => &product.metafields,
            Some(id) => &product.variants.iter().find(|v| v.id == id)?.metafields,
        };
        list.iter().find(|m| m.namespace == written.namespace && m.key == written.key)
    });
    let (kind, owner) = match written.variant {
        None => ("PRODUCT", gid("Product", written.product)),
        Some(id) => ("PRODUCTVARIANT", gid("ProductVariant", id)),
    };
    found.map_or(Value::Null, |m| metafield_json(m, kind, &owner))
}
