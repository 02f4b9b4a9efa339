//! What `GET /sandbox/state` shows: the facts a test needs to prove what was applied.

use crate::fail::Fail;
use crate::gid::gid;
use crate::model::{Effect, Place, Product};
use crate::settings::Settings;
use crate::store::Store;
use crate::text;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Reads the whole state.
pub(crate) fn read(store: &Store, settings: &Settings) -> Result<Value, Fail> {
    let now = (settings.now)().unix_timestamp();
    let effects: Vec<Effect> = store.all("effect")?;
    let online = store.all::<Place>("publication")?.first().map_or(0, |p| p.id);
    let products: Vec<Value> = store
        .all::<Product>("product")?
        .iter()
        .map(|product| {
            let mine = effects.iter().filter(|e| e.product == product.id);
            let published = product.is_published_on(online, now);
            product_json(product, published, counts(mine))
        })
        .collect();
    Ok(json!({
        "sandbox": true,
        "shop": settings.shop_domain,
        "currency": settings.currency,
        "products": products,
        "effects": by_custom_id(&effects),
    }))
}

fn product_json(product: &Product, published: bool, effects: Map<String, Value>) -> Value {
    let variants: Vec<Value> = product
        .variants
        .iter()
        .map(|v| {
            json!({
                "id": gid("ProductVariant", v.id),
                "sku": v.sku,
                "price": text::money(v.price),
                "compare_at_price": v.compare_at_price.map(text::money),
                "available": v.item.available(),
            })
        })
        .collect();
    json!({
        "id": gid("Product", product.id),
        "handle": product.handle,
        "title": product.title,
        "status": product.status,
        "published": published,
        "price": product.variants.first().map(|v| text::money(v.price)),
        "images": product.media.iter().map(|m| m.source.clone()).collect::<Vec<_>>(),
        "custom_ids": product.custom_ids(),
        "variants": variants,
        "effects": effects,
    })
}

/// Mutation -> how often it was applied.
fn counts<'a>(effects: impl Iterator<Item = &'a Effect>) -> Map<String, Value> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for effect in effects {
        let count = counts.entry(effect.mutation.as_str()).or_default();
        *count = count.saturating_add(1);
    }
    counts.into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect()
}

/// Custom id -> mutation -> how often, deleted products included.
fn by_custom_id(effects: &[Effect]) -> Map<String, Value> {
    let mut ids: Vec<&String> = effects.iter().flat_map(|e| &e.custom_ids).collect();
    ids.sort();
    ids.dedup();
    ids.into_iter()
        .map(|id| {
            let mine = effects.iter().filter(|e| e.custom_ids.contains(id));
            (id.clone(), Value::Object(counts(mine)))
        })
        .collect()
}
