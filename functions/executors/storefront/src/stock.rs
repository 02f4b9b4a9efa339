//! `inventory.set`: compared with what the shop has, and set, in one request.

use crate::{Shop, fate::fate};
use agent::{Evidence, ExecuteError};
use domain::{ActionId, action::InventorySet};
use shopify::{Client, Error, Gid, Stock, StockChange, Variant};

pub(crate) async fn execute(shop: &Shop, id: ActionId, action: &InventorySet) -> Result<Evidence, ExecuteError> {
    let client = &shop.client;
    let gone =
        || ExecuteError::Premise(format!("the shop has no variant `{}` of {}", action.variant_sku, action.product));
    let product = client.find_product(&action.product).await.map_err(fate)?.ok_or_else(gone)?;
    let variant = product.variant(&action.variant_sku).ok_or_else(gone)?;
    let stock = place(client, variant).await?;
    let change =
        StockChange { item: variant.item.clone(), location: stock.location, from: Some(action.from), to: action.to };
    match client.set_stock(&change, id).await {
        Ok(adjustment) => Ok(evidence(shop.link(&product), action, adjustment.as_ref().unwrap_or(&change.item))),
        Err(error) => Err(stale(client, variant, action, error).await),
    }
}

/// Where the variant's stock follows its supplier's: never where stock of our own is kept.
async fn place(client: &Client, variant: &Variant) -> Result<Stock, ExecuteError> {
    let nowhere =
        || ExecuteError::Refused("the variant is stocked at no location that serves online orders".to_owned());
    client.counted(variant).await.map_err(fate)?.followed.ok_or_else(nowhere)
}

/// A stock that is not what was decided on goes back to a person; anything else is what it is.
async fn stale(client: &Client, variant: &Variant, action: &InventorySet, error: Error) -> ExecuteError {
    if !error.has_code("CHANGE_FROM_QUANTITY_STALE") {
        return fate(error);
    }
    let now = match place(client, variant).await {
        Ok(stock) => stock.available.to_string(),
        Err(_) => "another one".to_owned(),
    };
    let InventorySet { product, variant_sku, from, .. } = action;
    ExecuteError::Premise(format!("the stock of {product} ({variant_sku}) is now {now}, decided on {from}"))
}

fn evidence(link: Option<String>, action: &InventorySet, remote: &Gid) -> Evidence {
    let InventorySet { variant_sku, from, to, .. } = action;
    Evidence {
        remote_id: remote.to_string(),
        link,
        detail: format!("the stock of `{variant_sku}` went from {from} to {to}"),
    }
}
