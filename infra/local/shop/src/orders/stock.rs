//! How orders move stock: what is ordered is committed, what is sent has left, what is given back
//! returns.

use super::model::Line;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::model::{Level, Product, Variant};
use crate::webhooks::emit;
use serde_json::json;

/// Takes a line's quantity out of what is available, for its order.
pub(crate) fn commit(cx: &Cx<'_>, line: &Line) -> Result<(), Fail> {
    change(cx, line, |level| {
        level.available = level.available.saturating_sub(line.quantity);
        level.committed = level.committed.saturating_add(line.quantity);
    })
}

/// Puts units of one thing on the shop's own shelf, its last location: of this one, or of the first that is on sale and
/// does not lie there yet. `false` where there is no shelf, or no such thing.
pub(crate) fn shelve(cx: &Cx<'_>, sku: Option<&str>, available: i64) -> Result<bool, Fail> {
    let (places, transaction) = (cx.locations()?, cx.store.begin()?);
    let Some(shelf) = places.get(1..).and_then(<[_]>::last).map(|place| place.id) else { return Ok(false) };
    let wanted = |variant: &Variant| match sku {
        Some(sku) => variant.sku.as_deref() == Some(sku),
        None => !variant.item.levels.contains_key(&shelf),
    };
    let mut all: Vec<Product> = cx.store.all("product")?;
    all.retain(|product| product.status == "ACTIVE" && product.variants.iter().any(wanted));
    let Some(mut product) = all.into_iter().next() else { return Ok(false) };
    let Some(variant) = product.variants.iter_mut().find(|variant| wanted(variant)) else { return Ok(false) };
    let (item, id) = (variant.item.id, cx.store.next_id()?);
    let level = Level { id, available, committed: 0, updated_at: cx.stamp() };
    variant.item.levels.entry(shelf).or_insert(level).available = available;
    cx.keep(&product)?;
    tell(cx, item, shelf, available)?;
    transaction.commit()?;
    Ok(true)
}

/// A quantity of a line has left the location.
pub(crate) fn send(cx: &Cx<'_>, line: &Line, quantity: i64) -> Result<(), Fail> {
    change(cx, line, |level| level.committed = level.committed.saturating_sub(quantity).max(0))
}

/// A quantity of a line that had not left is for sale again.
pub(crate) fn release(cx: &Cx<'_>, line: &Line, quantity: i64) -> Result<(), Fail> {
    change(cx, line, |level| {
        level.committed = level.committed.saturating_sub(quantity).max(0);
        level.available = level.available.saturating_add(quantity);
    })
}

fn change(cx: &Cx<'_>, line: &Line, act: impl FnOnce(&mut Level)) -> Result<(), Fail> {
    let Some(product) = cx.product(line.product)?.filter(|_| line.tracked) else {
        return Ok(());
    };
    let mut product = Product::clone(&product);
    let variant = product.variants.iter_mut().find(|v| v.item.id == line.item);
    let Some(level) = variant.and_then(|v| v.item.levels.get_mut(&line.location)) else {
        return Ok(());
    };
    act(level);
    level.updated_at = cx.stamp();
    let available = level.available;
    cx.keep(&product)?;
    tell(cx, line.item, line.location, available)
}

/// Tells subscribers how many are for sale.
pub(crate) fn tell(cx: &Cx<'_>, item: i64, location: i64, available: i64) -> Result<(), Fail> {
    let body = json!({
        "inventory_item_id": item,
        "location_id": location,
        "available": available,
        "updated_at": cx.stamp(),
        "admin_graphql_api_id": format!("gid://shopify/InventoryLevel/{location}?inventory_item_id={item}"),
    });
    emit::emit(cx, "inventory_levels/update", item, &body)
}
