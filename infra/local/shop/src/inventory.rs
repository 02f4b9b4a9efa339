//! `inventorySetQuantities`: compare-and-set of stock.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::model::{Level, Product};
use crate::mutation::{Handler, Outcome};
use crate::orders::stock;
use crate::user_errors::UserErrors;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const LIMIT: i64 = 1_000_000_000;
/// As the live API lists them in its own refusal.
const REASONS: [&str; 17] = [
    "correction",
    "cycle_count_available",
    "damaged",
    "movement_canceled",
    "movement_created",
    "movement_received",
    "movement_updated",
    "other",
    "promotion",
    "quality_control",
    "received",
    "reservation_created",
    "reservation_deleted",
    "reservation_updated",
    "restock",
    "safety_stock",
    "shrinkage",
];

pub(crate) const MUTATIONS: [Handler; 1] = [Handler {
    name: "inventorySetQuantities",
    run: set,
    inputs: &[
        "input.name",
        "input.reason",
        "input.referenceDocumentUri",
        "input.quantities.inventoryItemId",
        "input.quantities.locationId",
        "input.quantities.quantity",
        "input.quantities.changeFromQuantity",
    ],
}];

/// One entry of the input, resolved.
struct Entry {
    product: i64,
    item: i64,
    location: i64,
    quantity: i64,
    before: i64,
    /// What is for sale afterwards.
    available: i64,
}

fn set(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("input").cloned().unwrap_or_default();
    let entries = inputs::list(&input, "quantities").unwrap_or_default();
    if entries.iter().any(|e| !e.contains_key("changeFromQuantity")) {
        return Err(Fail::new(
            "INVALID_FIELD_ARGUMENTS",
            "InventoryQuantityInput must include the following argument: changeFromQuantity.",
        ));
    }
    let mut errors = UserErrors::default();
    check_header(&input, &mut errors);
    let name = inputs::text(&input, "name").unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut resolved = Vec::new();
    for (i, entry) in entries.into_iter().enumerate() {
        let at = format!("input.quantities.{i}");
        let found = resolve(cx, (entry, name), &at, &mut seen, &mut errors)?;
        resolved.extend(found);
    }
    if !errors.is_empty() {
        let payload = json!({ "inventoryAdjustmentGroup": null });
        return Ok(Outcome::refused(payload, errors));
    }
    apply(cx, &resolved)?;
    let group = record(cx, &input, &resolved)?;
    Ok(Outcome::applied(json!({ "inventoryAdjustmentGroup": group })))
}

fn check_header(input: &Input, errors: &mut UserErrors) {
    let text = |name| inputs::text(input, name).unwrap_or_default();
    if !matches!(text("name"), "available" | "on_hand") {
        let message = "The quantity name must be either 'available' or 'on_hand'.";
        errors.add("INVALID_NAME", "input.name", message);
    }
    if !REASONS.contains(&text("reason")) {
        let list = REASONS.join(", ");
        let message = format!("The specified reason is invalid. Valid values are: {list}.");
        errors.add("INVALID_REASON", "input.reason", message);
    }
    let document = inputs::text(input, "referenceDocumentUri");
    if document.is_some_and(|uri| !uri.contains("://")) {
        let message = "The specified reference document is invalid.";
        errors.add("INVALID_REFERENCE_DOCUMENT", "input.referenceDocumentUri", message);
    }
}

fn resolve(
    cx: &Cx<'_>,
    (entry, name): (&Input, &str),
    at: &str,
    seen: &mut BTreeSet<(i64, i64)>,
    errors: &mut UserErrors,
) -> Result<Option<Entry>, Fail> {
    let mut refuse = |code: &str, field: &str, message: &str| {
        errors.add(code, &format!("{at}.{field}"), message);
        Ok(None)
    };
    let number = |kind, name| inputs::text(entry, name).and_then(|t| Gid::of(kind, t));
    let quantity = entry.get("quantity").and_then(Value::as_i64).unwrap_or_default();
    if let Some((code, message)) = out_of_bounds(quantity) {
        return refuse(code, "quantity", message);
    }
    let item = number("InventoryItem", "inventoryItemId").unwrap_or_default();
    let Some(product) = cx.product_by(&format!("item:{item}"))? else {
        let message = "The specified inventory item could not be found.";
        return refuse("INVALID_INVENTORY_ITEM", "inventoryItemId", message);
    };
    let location = number("Location", "locationId").unwrap_or_default();
    if !cx.locations()?.iter().any(|l| l.id == location) {
        let message = "The specified location could not be found.";
        return refuse("INVALID_LOCATION", "locationId", message);
    }
    if !seen.insert((item, location)) {
        let message = "The combination of inventoryItemId and locationId must be unique.";
        return refuse("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "locationId", message);
    }
    let on_hand = name == "on_hand";
    let Some((before, committed)) = level(&product, item, location).map(|l| counted(l, on_hand)) else {
        let message = "The specified inventory item is not stocked at the location.";
        return refuse("ITEM_NOT_STOCKED_AT_LOCATION", "locationId", message);
    };
    let expected = entry.get("changeFromQuantity").and_then(Value::as_i64);
    if expected.is_some_and(|e| e != before) {
        let message = "The changeFromQuantity value does not match persisted value.";
        return refuse("CHANGE_FROM_QUANTITY_STALE", "changeFromQuantity", message);
    }
    let product = product.id;
    let available = quantity.saturating_sub(committed);
    Ok(Some(Entry { product, item, location, quantity, before, available }))
}

/// What a quantity is compared with, and how much of it is not for sale.
fn counted(level: &Level, on_hand: bool) -> (i64, i64) {
    let committed = if on_hand { level.committed } else { 0 };
    (level.available.saturating_add(committed), committed)
}

fn out_of_bounds(quantity: i64) -> Option<(&'static str, &'static str)> {
    match quantity {
        q if q > LIMIT => Some(("INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.")),
        q if q < LIMIT.saturating_neg() => {
            Some(("INVALID_QUANTITY_TOO_LOW", "The quantity can't be lower than -1,000,000,000."))
        }
        q if q < 0 => Some(("INVALID_QUANTITY_NEGATIVE", "The quantity can't be negative.")),
        _ => None,
    }
}

fn level(product: &Product, item: i64, location: i64) -> Option<&Level> {
    let variant = product.variants.iter().find(|v| v.item.id == item)?;
    variant.item.levels.get(&location)
}

fn apply(cx: &Cx<'_>, entries: &[Entry]) -> Result<(), Fail> {
    let mut by_product: BTreeMap<i64, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        by_product.entry(entry.product).or_default().push(entry);
    }
    for (id, entries) in by_product {
        let Some(product) = cx.product(id)? else { continue };
        let mut product = Product::clone(&product);
        for entry in entries {
            let variant = product.variants.iter_mut().find(|v| v.item.id == entry.item);
            if let Some(level) = variant.and_then(|v| v.item.levels.get_mut(&entry.location)) {
                level.available = entry.available;
                level.updated_at = cx.stamp();
            }
        }
        cx.save(&mut product, "inventorySetQuantities")?;
    }
    entries.iter().try_for_each(|e| stock::tell(cx, e.item, e.location, e.available))
}

/// Keeps the adjustment group; `available` and `on_hand` move together, what is committed stays.
fn record(cx: &Cx<'_>, input: &Input, entries: &[Entry]) -> Result<String, Fail> {
    let id = cx.store.next_id()?;
    let changes: Vec<Value> =
        entries.iter().flat_map(|e| ["available", "on_hand"].map(|name| change(e, name))).collect();
    let group = json!({
        "createdAt": cx.stamp(),
        "reason": input.get("reason"),
        "referenceDocumentUri": input.get("referenceDocumentUri"),
        "changes": changes,
    });
    cx.store.put("adjustment", &id.to_string(), &group)?;
    Ok(gid("InventoryAdjustmentGroup", id))
}

fn change(entry: &Entry, name: &str) -> Value {
    json!({
        "name": name,
        "delta": entry.quantity.saturating_sub(entry.before),
        "quantityAfterChange": null,
        "item": gid("InventoryItem", entry.item),
        "location": gid("Location", entry.location),
    })
}
