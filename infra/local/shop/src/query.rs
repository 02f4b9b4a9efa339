//! The query root.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::metafields;
use crate::model::{Definition, Place};
use crate::nodes;
use crate::orders;
use crate::products::{find, identify};
use apollo_compiler::resolvers::ResolveInfo;
use serde_json::{Value, json};

/// Resolves one root field to a value that `execute` reads by the schema.
pub(crate) fn resolve(cx: &Cx<'_>, info: &ResolveInfo<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let known: &[&str] = match call.field {
        "products" | "productVariants" | "productsCount" => &["query"],
        "locations" => &["includeInactive", "includeLegacy"],
        "metafieldDefinitions" => &["ownerType", "namespace", "key"],
        "node" | "product" | "productVariant" | "inventoryItem" | "inventoryLevel" | "publication"
        | "productOperation" | "location" => &["id"],
        "orders" => &["query", "sortKey"],
        "codeDiscountNodeByCode" => &["code"],
        "order" | "customer" | "fulfillmentOrder" | "fulfillment" | "refund" => &["id"],
        "nodes" => &["ids"],
        "productByIdentifier" | "metafieldDefinition" => &["identifier"],
        "shop" | "publications" | "webhookSubscriptions" => &[],
        other => return Err(Fail::not_simulated(other)),
    };
    call.only(info, known)?;
    answer(cx, call)
}

fn answer(cx: &Cx<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    match call.field {
        "shop" => Ok(json!(gid("Shop", 1))),
        "publications" => Ok(links("Publication", &cx.publications()?)),
        "locations" => Ok(links("Location", &cx.locations()?)),
        "products" => find::products(cx, call.text("query")),
        "productsCount" => Ok(nodes::count(count(&find::products(cx, call.text("query"))?))),
        "productVariants" => find::variants(cx, call.text("query")),
        "productByIdentifier" => identified(cx, call.object("identifier")),
        "metafieldDefinitions" => definitions(cx, call),
        "metafieldDefinition" => definition(cx, call.object("identifier")),
        "webhookSubscriptions" => {
            Ok(cx.store.ids("webhook")?.into_iter().map(|id| gid("WebhookSubscription", id)).collect())
        }
        "orders" => orders::find::orders(cx, call),
        "codeDiscountNodeByCode" => orders::act::code::find(cx, call.text("code").unwrap_or_default()),
        "nodes" => node_list(cx, call),
        "location" if call.text("id").is_none() => {
            let first = cx.locations()?.first().map(|l| gid("Location", l.id));
            Ok(json!(first))
        }
        _ => one(cx, call),
    }
}

fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

fn links(kind: &str, places: &[Place]) -> Value {
    places.iter().map(|p| gid(kind, p.id)).collect()
}

/// A single object by id; an id of another kind is refused as the API refuses it.
fn one(cx: &Cx<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let id = call.text("id").unwrap_or_default();
    let kind = match call.field {
        "product" => "Product",
        "productVariant" => "ProductVariant",
        "inventoryItem" => "InventoryItem",
        "inventoryLevel" => "InventoryLevel",
        "publication" => "Publication",
        "location" => "Location",
        "order" => "Order",
        "customer" => "Customer",
        "fulfillmentOrder" => "FulfillmentOrder",
        "fulfillment" => "Fulfillment",
        "refund" => "Refund",
        "productOperation" => "ProductSetOperation",
        _ => return linked(cx, id),
    };
    match Gid::of(kind, id) {
        Some(_) => linked(cx, id),
        None => Err(Fail::new("RESOURCE_NOT_FOUND", format!("Invalid id: {id}"))),
    }
}

fn linked(cx: &Cx<'_>, id: &str) -> Result<Value, Fail> {
    Ok(nodes::load(cx, id)?.map_or(Value::Null, Value::Object))
}

fn node_list(cx: &Cx<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let ids = call.args.get("ids").and_then(Value::as_array);
    ids.into_iter().flatten().map(|id| linked(cx, id.as_str().unwrap_or_default())).collect()
}

fn identified(cx: &Cx<'_>, identifier: Option<&Input>) -> Result<Value, Fail> {
    let found = identifier.map(|i| identify::existing(cx, i)).transpose()?;
    let link = found.flatten().map(|p| json!(gid("Product", p.id)));
    Ok(link.unwrap_or(Value::Null))
}

fn definitions(cx: &Cx<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let wanted = |d: &&Definition| {
        let namespace = call.text("namespace").map(|n| metafields::namespace(Some(n)));
        Some(d.owner.as_str()) == call.text("ownerType")
            && namespace.is_none_or(|n| n == d.namespace)
            && call.text("key").is_none_or(|k| k == d.key)
    };
    let all: Vec<Definition> = cx.store.all("definition")?;
    let found = all.iter().filter(wanted);
    Ok(found.map(|d| gid("MetafieldDefinition", d.id)).collect())
}

fn definition(cx: &Cx<'_>, identifier: Option<&Input>) -> Result<Value, Fail> {
    let Some(identifier) = identifier else {
        return Ok(Value::Null);
    };
    let text = |name| inputs::text(identifier, name);
    let namespace = metafields::namespace(text("namespace"));
    let found =
        metafields::definition(cx, text("ownerType").unwrap_or_default(), &namespace, text("key").unwrap_or_default())?;
    Ok(found.map_or(Value::Null, |d| json!(gid("MetafieldDefinition", d.id))))
}
