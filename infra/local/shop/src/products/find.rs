//! `products(query:)` and `productVariants(query:)`.

use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::model::{Product, Variant};
use crate::search::{self, Term};
use serde_json::Value;
use std::rc::Rc;

/// Links to the products that match, by id.
pub(crate) fn products(cx: &Cx<'_>, query: Option<&str>) -> Result<Value, Fail> {
    let terms = search::parse(query.unwrap_or_default())?;
    if terms.is_empty() {
        let ids = cx.store.ids("product")?;
        return Ok(ids.into_iter().map(|id| gid("Product", id)).collect());
    }
    let mut found = Vec::new();
    for product in candidates(cx, &terms)? {
        if all(&terms, |term| product_matches(&product, term))? {
            found.push(gid("Product", product.id));
        }
    }
    Ok(found.into())
}

/// Links to the variants that match, by id.
pub(crate) fn variants(cx: &Cx<'_>, query: Option<&str>) -> Result<Value, Fail> {
    let terms = search::parse(query.unwrap_or_default())?;
    let mut found = Vec::new();
    for product in candidates(cx, &terms)? {
        for variant in &product.variants {
            if all(&terms, |term| variant_matches(&product, variant, term))? {
                found.push(variant.id);
            }
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|id| gid("ProductVariant", id)).collect())
}

/// Products that can match: few when a term names a handle or sku, else all.
fn candidates(cx: &Cx<'_>, terms: &[Term]) -> Result<Vec<Rc<Product>>, Fail> {
    let word = terms.iter().find_map(|term| match term.field.as_str() {
        "handle" | "sku" => term.exact().map(|value| format!("{}:{value}", term.field)),
        _ => None,
    });
    let ids = match word {
        Some(word) => cx.store.marked(&word)?,
        None => cx.store.ids("product")?,
    };
    ids.into_iter().filter_map(|id| cx.product(id).transpose()).collect()
}

fn all(terms: &[Term], mut holds: impl FnMut(&Term) -> Result<bool, Fail>) -> Result<bool, Fail> {
    for term in terms {
        if !holds(term)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn product_matches(product: &Product, term: &Term) -> Result<bool, Fail> {
    Ok(match term.field.as_str() {
        "id" => has_id(term, "product", product.id),
        "handle" => term.matches(&product.handle),
        "title" => term.matches(&product.title),
        "status" => term.matches(&product.status),
        "vendor" => term.matches(&product.vendor),
        "product_type" => term.matches(&product.product_type),
        "tag" => product.tags.iter().any(|tag| term.matches(tag)),
        "sku" => product.variants.iter().any(|v| sku(v, term)),
        "barcode" => product.variants.iter().any(|v| barcode(v, term)),
        other => return Err(unknown(other)),
    })
}

fn variant_matches(product: &Product, variant: &Variant, term: &Term) -> Result<bool, Fail> {
    Ok(match term.field.as_str() {
        "id" => has_id(term, "productvariant", variant.id),
        "product_id" => has_id(term, "product", product.id),
        "sku" => sku(variant, term),
        "barcode" => barcode(variant, term),
        "product_status" => term.matches(&product.status),
        other => return Err(unknown(other)),
    })
}

fn unknown(field: &str) -> Fail {
    Fail::not_simulated(&format!("search field `{field}`"))
}

fn sku(variant: &Variant, term: &Term) -> bool {
    variant.sku.as_deref().is_some_and(|sku| term.matches(sku))
}

fn barcode(variant: &Variant, term: &Term) -> bool {
    variant.barcode.as_deref().is_some_and(|code| term.matches(code))
}

/// An id may be searched as a number or as a global id (lower-cased like every value).
fn has_id(term: &Term, kind: &str, id: i64) -> bool {
    let value = term.exact().unwrap_or_default();
    value == id.to_string() || Gid::of(kind, value) == Some(id)
}
