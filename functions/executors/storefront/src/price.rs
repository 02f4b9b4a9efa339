//! `price.change`: from the price that it was decided on, and from no other.

use crate::{Shop, fate::fate};
use agent::{Evidence, ExecuteError};
use domain::{ActionId, action::PriceChange};
use shopify::{NewPrice, Product, Variant};

pub(crate) async fn execute(shop: &Shop, id: ActionId, action: &PriceChange) -> Result<Evidence, ExecuteError> {
    let client = &shop.client;
    let gone =
        || ExecuteError::Premise(format!("the shop has no variant `{}` of {}", action.variant_sku, action.product));
    let product = client.find_product(&action.product).await.map_err(fate)?.ok_or_else(gone)?;
    let variant = product.variant(&action.variant_sku).ok_or_else(gone)?;
    if let Some(evidence) = confirmed(shop, id, action, &product, variant) {
        return Ok(evidence);
    }
    if variant.price != action.from.amount() {
        let (product, sku, now, from) = (&action.product, &action.variant_sku, variant.price, action.from);
        return Err(ExecuteError::Premise(format!("the price of {product} ({sku}) is now {now}, decided on {from}")));
    }
    let price = NewPrice { variant: &variant.id, price: action.to };
    client.set_prices(&product.id, &[price], id).await.map_err(fate)?;
    let unclear = || ExecuteError::Unknown("the shop took the price, yet reads back another one".to_owned());
    find(shop, id, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(shop: &Shop, id: ActionId, action: &PriceChange) -> Result<Option<Evidence>, ExecuteError> {
    let product = shop.client.find_product(&action.product).await.map_err(fate)?;
    Ok(product.and_then(|product| {
        let variant = product.variant(&action.variant_sku)?;
        confirmed(shop, id, action, &product, variant)
    }))
}

/// The action's id is written with the price in one request, so it proves the change, even where the price
/// was changed again since.
fn confirmed(
    shop: &Shop,
    id: ActionId,
    action: &PriceChange,
    product: &Product,
    variant: &Variant,
) -> Option<Evidence> {
    (variant.applied == Some(id)).then(|| Evidence {
        remote_id: variant.id.to_string(),
        link: shop.link(product),
        detail: format!("the price of `{}` went from {} to {}", action.variant_sku, action.from, action.to),
    })
}
