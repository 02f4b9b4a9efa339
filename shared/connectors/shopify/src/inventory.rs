//! Stock: read, and set only from the value that it is believed to have.

use crate::{
    Client, Error,
    model::{Counted, Gid, Link, Nodes, Stock, Variant},
    operation::{INVENTORY_SET, VARIANT_STOCK},
    product::refuse,
};
use domain::ActionId;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// How many keys are used when the shop says that the attempt under a key failed for good.
const KEYS: u8 = 3;

/// A change of stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockChange {
    /// The item.
    pub item: Gid,
    /// Where.
    pub location: Gid,
    /// What it must be now; `None` sets it whatever it is.
    pub from: Option<u32>,
    /// What it will be.
    pub to: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stocked {
    inventory_item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    inventory_levels: Nodes<Level>,
}

#[derive(Deserialize)]
struct Level {
    location: Link,
    quantities: Vec<Quantity>,
}

#[derive(Deserialize)]
struct Quantity {
    name: String,
    quantity: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Set {
    inventory_adjustment_group: Option<Link>,
}

impl Client {
    /// Where a variant is stocked, and how much of it can be sold there.
    ///
    /// # Errors
    /// As every call; [`Error::Rejected`] when the shop has no such variant.
    pub async fn stock(&self, variant: &Variant) -> Result<Vec<Stock>, Error> {
        let stocked: Option<Stocked> = self.send(&VARIANT_STOCK, json!({ "id": variant.id })).await?;
        let gone = || {
            let message = format!("the shop has no variant {}", variant.id);
            refuse(&VARIANT_STOCK, "NOT_FOUND", &["id"], message)
        };
        let levels = stocked.ok_or_else(gone)?.inventory_item.inventory_levels;
        Ok(levels.nodes.into_iter().filter_map(available).collect())
    }

    /// Where new stock of a supplier is shown: the first open location that serves online orders and is not ours.
    ///
    /// # Errors
    /// As every call; [`Error::Rejected`] when there is none.
    pub async fn default_location(&self) -> Result<Gid, Error> {
        self.selling_location(&INVENTORY_SET).await
    }

    /// Stock of a variant, told apart by what it follows. Whoever compares it and whoever sets it ask here, so that
    /// both mean the same location.
    ///
    /// # Errors
    /// As [`Client::stock`] and, where it is at several locations that are not ours, [`Client::default_location`].
    pub async fn counted(&self, variant: &Variant) -> Result<Counted, Error> {
        let all = self.stock(variant).await?;
        let committed = sum(all.iter().map(|place| place.committed));
        let (own, mut others): (Vec<Stock>, Vec<Stock>) =
            all.into_iter().partition(|place| self.own.as_ref() == Some(&place.location));
        let own = own.first().map(|place| place.available);
        let followed = match others.len() {
            0 | 1 => others.pop(),
            _ => {
                let serves = self.default_location().await?;
                let place = others.iter().position(|place| place.location == serves);
                place.map(|place| others.swap_remove(place))
            }
        };
        let elsewhere = sum(others.iter().map(|place| place.available.max(0)));
        Ok(Counted { followed, elsewhere, own, committed })
    }

    /// Sets stock, once per `action`: the same action again answers as the first time did.
    ///
    /// The answer is the shop's record of the adjustment, absent where nothing had to be changed.
    ///
    /// # Errors
    /// [`Error::Rejected`] with the code `CHANGE_FROM_QUANTITY_STALE` when the stock is not what `from`
    /// says.
    pub async fn set_stock(&self, change: &StockChange, action: ActionId) -> Result<Option<Gid>, Error> {
        let mut key = action.uuid();
        for n in 1..=KEYS {
            match self.set_stock_under(change, action, key).await {
                Err(error) if n < KEYS && error.has_code("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED") => {
                    key = Uuid::new_v5(&action.uuid(), &[n]);
                }
                done => return done,
            }
        }
        Ok(None)
    }

    async fn set_stock_under(&self, change: &StockChange, action: ActionId, key: Uuid) -> Result<Option<Gid>, Error> {
        let quantity = json!({
            "inventoryItemId": change.item,
            "locationId": change.location,
            "quantity": change.to,
            // Must be there even when it is null.
            "changeFromQuantity": change.from,
        });
        let input = json!({
            "name": "available",
            "reason": "correction",
            "referenceDocumentUri": format!("gid://royal/Action/{action}"),
            "quantities": [quantity],
        });
        let variables = json!({ "input": input, "key": key });
        let set: Set = self.send(&INVENTORY_SET, variables).await?;
        Ok(set.inventory_adjustment_group.map(|group| group.id))
    }
}

fn sum(units: impl Iterator<Item = i64>) -> i64 {
    units.fold(0, i64::saturating_add)
}

fn available(level: Level) -> Option<Stock> {
    let named = |name: &str| level.quantities.iter().find(|q| q.name == name).map(|q| q.quantity);
    let (available, committed) = (named("available")?, named("committed").unwrap_or_default());
    Some(Stock { location: level.location.id, available, committed })
}
