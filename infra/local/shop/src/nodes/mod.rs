//! Objects of the API as JSON maps: loaded by global id, with fields that depend on arguments.
//!
//! A map holds only what the sandbox knows. Links to other objects are global ids; lists of a
//! connection are arrays; keys that start with `_` serve computed fields and cannot be selected.

mod customer;
mod metafield;
mod order;
mod parcel;
mod payment;
mod product;
mod publishing;
mod stock;
mod store;
mod variant;

pub(crate) use metafield::{metafield_json, metafields_json};
#[allow(unused_imports, reason = "the mutations of holds answer it")]
pub(crate) use parcel::hold;

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use serde_json::{Map, Value, json};

/// An object's known fields.
pub(crate) type Fields = Map<String, Value>;

/// Loads the object of a global id; `None` when there is no such object.
pub(crate) fn load(cx: &Cx<'_>, id: &str) -> Result<Option<Fields>, Fail> {
    let Some(gid) = Gid::parse(id) else {
        return Ok(None);
    };
    let found = match gid.kind {
        "Product" => cx.product(gid.id)?.map(|p| product::view(cx, &p)).transpose()?,
        "ProductVariant" => cx.product_by(&format!("variant:{}", gid.id))?.and_then(|p| variant::view(&p, gid.id)),
        "InventoryItem" => cx.product_by(&format!("item:{}", gid.id))?.and_then(|p| stock::item(cx, &p, gid.id)),
        "InventoryLevel" => stock::level(cx, &gid)?,
        "MediaImage" => cx.product_by(&format!("media:{}", gid.id))?.and_then(|p| product::image(cx, &p, gid.id)),
        "MetafieldDefinition" => metafield::definition(cx, gid.id)?,
        "Shop" | "Publication" | "AppCatalog" | "Location" => store::view(cx, &gid)?,
        "Order" | "Customer" | "LineItem" | "FulfillmentOrder" | "Fulfillment" | "OrderTransaction" | "Refund" => {
            order::view(cx, &gid)?
        }
        "ProductSetOperation" | "WebhookSubscription" | "InventoryAdjustmentGroup" => stored(cx, &gid)?,
        other => return Err(Fail::not_simulated(&format!("node `{other}`"))),
    };
    Ok(found.map(|fields| typed(gid.kind, id, fields)))
}

/// Objects that are stored as they are answered.
fn stored(cx: &Cx<'_>, gid: &Gid<'_>) -> Result<Option<Fields>, Fail> {
    let kind = match gid.kind {
        "ProductSetOperation" => "operation",
        "WebhookSubscription" => "webhook",
        _ => "adjustment",
    };
    cx.store.get(kind, &gid.id.to_string())
}

fn typed(kind: &str, id: &str, mut fields: Fields) -> Fields {
    fields.insert("__typename".into(), json!(kind));
    fields.insert("id".into(), json!(id));
    fields
}

/// The arguments of an object's field that the sandbox honours, paging aside.
pub(crate) fn known_arguments(kind: &str, field: &str) -> &'static [&'static str] {
    match (kind, field) {
        (_, "metafield") => &["namespace", "key"],
        (_, "metafields") => &["namespace", "keys"],
        (_, "publishedOnPublication") => &["publicationId"],
        (_, "resourcePublications" | "resourcePublicationsV2" | "resourcePublicationsCount")
        | (_, "publicationCount") => &["onlyPublished"],
        ("InventoryItem", "inventoryLevel") => &["locationId", "includeInactive"],
        ("InventoryItem", "inventoryLevels") => &["includeInactive"],
        ("InventoryLevel", "quantities") => &["names"],
        ("Order", "suggestedRefund") => &["suggestFullRefund"],
        _ => &[],
    }
}

/// Fields whose value depends on arguments; `None` leaves the field to the map.
pub(crate) fn computed(cx: &Cx<'_>, kind: &str, fields: &Fields, call: &Call<'_>) -> Result<Option<Value>, Fail> {
    match (kind, call.field) {
        (_, "metafield" | "metafields") => Ok(metafield::chosen(fields, call)),
        ("Product", _) => publishing::computed(cx, fields, call),
        ("InventoryItem", "inventoryLevel") => Ok(stock::level_at(fields, call)),
        ("InventoryLevel", "quantities") => stock::quantities(fields, call).map(Some),
        ("Order", "suggestedRefund") => order::suggested(cx, fields),
        _ => Ok(None),
    }
}

/// An exact `Count`.
pub(crate) fn count(n: usize) -> Value {
    json!({ "count": n, "precision": "EXACT" })
}
