use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::inputs::{self, Input};
use crate::model::{Item, Level};
use crate::user_errors::UserErrors;
use serde_json::Value;

/// Applies `inventoryQuantities`. A new item is stocked where they say, else at the default
/// location; an existing item can only be changed where it is stocked.
pub(super) fn apply(
    cx: &Cx<'_>,
    item: &mut Item,
    input: &Input,
    is_new: bool,
    at: &str,
    errors: &mut UserErrors,
) -> Result<(), Fail> {
    let entries = inputs::list(input, "inventoryQuantities").unwrap_or_default();
    if entries.is_empty() && is_new {
        return at_default_location(cx, item);
    }
    let known: Vec<i64> = cx.locations()?.iter().map(|l| l.id).collect();
    for (i, entry) in entries.into_iter().enumerate() {
        let at = format!("{at}.inventoryQuantities.{i}");
        let location = inputs::text(entry, "locationId").and_then(|t| Gid::of("Location", t));
        let Some(location) = location.filter(|l| known.contains(l)) else {
            let message = "The specified location could not be found.";
            errors.add("INVALID_INPUT", &format!("{at}.locationId"), message);
            continue;
        };
        if !matches!(inputs::text(entry, "name"), Some("available" | "on_hand")) {
            let message = "The quantity name must be either 'available' or 'on_hand'.";
            errors.add("INVALID_INPUT", &format!("{at}.name"), message);
        }
        let quantity = entry.get("quantity").and_then(Value::as_i64).unwrap_or_default();
        match item.levels.get_mut(&location) {
            Some(level) => {
                level.available = quantity;
                level.updated_at = cx.stamp();
            }
            None if is_new => {
                item.levels.insert(location, level(cx, quantity)?);
            }
            None => {
                let message = "The specified inventory item is not stocked at the location.";
                errors.add("INVALID_INPUT", &format!("{at}.locationId"), message);
            }
        }
    }
    Ok(())
}

/// Stocks an item with nothing at the first location.
pub(super) fn at_default_location(cx: &Cx<'_>, item: &mut Item) -> Result<(), Fail> {
    if let Some(first) = cx.locations()?.first() {
        item.levels.insert(first.id, level(cx, 0)?);
    }
    Ok(())
}

fn level(cx: &Cx<'_>, available: i64) -> Result<Level, Fail> {
    Ok(Level { id: cx.store.next_id()?, available, committed: 0, updated_at: cx.stamp() })
}
