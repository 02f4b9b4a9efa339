use super::{Fields, count};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::model::{Item, Level, Product};
use crate::text;
use serde_json::{Value, json};

/// Quantity names that the API knows; only available, on hand and committed ever differ from zero here.
const NAMES: [&str; 8] =
    ["available", "on_hand", "incoming", "committed", "reserved", "damaged", "safety_stock", "quality_control"];

pub(super) fn item(cx: &Cx<'_>, product: &Product, id: i64) -> Option<Fields> {
    let variant = product.variants.iter().find(|v| v.item.id == id)?;
    let item = &variant.item;
    let cost = item.cost.map(|cost| json!({ "amount": text::decimal(cost), "currencyCode": cx.settings.currency }));
    let levels: Vec<_> = item.levels.values().map(|l| level_id(l, id)).collect();
    let view = json!({
        "legacyResourceId": id.to_string(),
        "sku": variant.sku,
        "tracked": item.tracked,
        "requiresShipping": item.requires_shipping,
        "unitCost": cost,
        "countryCodeOfOrigin": item.country_code,
        "harmonizedSystemCode": item.hs_code,
        "measurement": { "id": gid("InventoryItemMeasurement", id), "weight": item.weight },
        "locationsCount": count(item.levels.len()),
        "variant": gid("ProductVariant", variant.id),
        "variants": [gid("ProductVariant", variant.id)],
        "inventoryLevels": levels,
        "_levels": item.levels.iter().map(|(at, l)| (at.to_string(), json!(level_id(l, id)))).collect::<Fields>(),
        "createdAt": variant.created_at,
        "updatedAt": variant.updated_at,
    });
    view.as_object().cloned()
}

fn level_id(level: &Level, item: i64) -> String {
    format!("{}?inventory_item_id={item}", gid("InventoryLevel", level.id))
}

/// `inventoryLevel(locationId)`.
pub(super) fn level_at(fields: &Fields, call: &Call<'_>) -> Option<Value> {
    let wanted = Gid::of("Location", call.text("locationId")?)?;
    let level = fields.get("_levels")?.get(wanted.to_string());
    Some(level.cloned().unwrap_or(Value::Null))
}

pub(super) fn level(cx: &Cx<'_>, id: &Gid<'_>) -> Result<Option<Fields>, Fail> {
    let item = id.query.and_then(|q| q.strip_prefix("inventory_item_id=")).and_then(|n| n.parse::<i64>().ok());
    let Some(item) = item else {
        return Ok(None);
    };
    let product = cx.product_by(&format!("item:{item}"))?;
    let found = product.as_ref().and_then(|p| {
        let held: &Item = &p.variants.iter().find(|v| v.item.id == item)?.item;
        held.levels.iter().find(|(_, level)| level.id == id.id)
    });
    Ok(found.and_then(|(location, level)| view(item, *location, level)))
}

fn view(item: i64, location: i64, level: &Level) -> Option<Fields> {
    let view = json!({
        "item": gid("InventoryItem", item),
        "location": gid("Location", location),
        "isActive": true,
        "createdAt": level.updated_at,
        "updatedAt": level.updated_at,
        "_available": level.available,
        "_committed": level.committed,
        "_suffix": format!("{}?inventory_item_id={item}", level.id),
    });
    view.as_object().cloned()
}

/// `quantities(names)`: what is on hand is available or committed to orders.
pub(super) fn quantities(fields: &Fields, call: &Call<'_>) -> Result<Value, Fail> {
    let names = call.args.get("names").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(|name| quantity(fields, name)).collect()
}

fn quantity(fields: &Fields, name: &str) -> Result<Value, Fail> {
    if !NAMES.contains(&name) {
        return Err(Fail::bad_request(format!("Invalid quantity name `{name}`")));
    }
    let held = |name: &str| fields.get(name).and_then(Value::as_i64).unwrap_or_default();
    let quantity = match name {
        "available" => held("_available"),
        "committed" => held("_committed"),
        "on_hand" => held("_available").saturating_add(held("_committed")),
        _ => 0,
    };
    let updated = fields.get("updatedAt").filter(|_| name == "available");
    let suffix = fields.get("_suffix").and_then(Value::as_str).unwrap_or_default();
    Ok(json!({
        "id": format!("gid://shopify/InventoryQuantity/{suffix}&name={name}"),
        "name": name,
        "quantity": quantity,
        "updatedAt": updated,
    }))
}
