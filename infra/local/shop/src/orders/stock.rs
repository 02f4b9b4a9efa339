//! How orders move stock: what is ordered is committed, what is sent has left, what is given back
//! returns.

use super::model::Line;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::model::{Level, Product};
use crate::webhooks::emit;
use serde_json::json;

/// Takes a line's quantity out of what is available, for its order.
pub(crate) fn commit(cx: &Cx<'_>, line: &Line) -> Result<(), Fail> {
    change(cx, line, |level| {
        level.available = level.available.saturating_sub(line.quantity);
        level.committed = level.committed.saturating_add(line.quantity);
    })
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
