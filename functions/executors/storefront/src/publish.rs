//! `product.publish`: draft, images, on sale, on every channel, read back.

use crate::{Shop, fate::fate, media};
use agent::{Evidence, ExecuteError};
use domain::{ActionId, action::Listing};
use shopify::{Product, ProductStatus, Publication};

pub(crate) async fn execute(shop: &Shop, id: ActionId, listing: &Listing) -> Result<Evidence, ExecuteError> {
    let client = &shop.client;
    let product = written(shop, id, listing).await?;
    let product = media::settled(client, &listing.product, product).await?;
    let channels = channels(shop).await?;
    if product.status != ProductStatus::Active {
        client.set_status(&product.id, ProductStatus::Active, id).await.map_err(fate)?;
    }
    let rest = not_yet_on(&product, &channels);
    if !rest.is_empty() {
        client.publish(&product.id, &rest).await.map_err(fate)?;
    }
    let now = client.find_product(&listing.product).await.map_err(fate)?;
    now.map_or_else(|| Err("it is not there".to_owned()), |now| confirmed(shop, id, listing, &channels, &now))
        .map_err(|why| ExecuteError::Unknown(format!("the shop took every step, yet reads back otherwise: {why}")))
}

pub(crate) async fn find(shop: &Shop, id: ActionId, listing: &Listing) -> Result<Option<Evidence>, ExecuteError> {
    let Some(product) = shop.client.find_product(&listing.product).await.map_err(fate)? else {
        return Ok(None);
    };
    let channels = channels(shop).await?;
    Ok(confirmed(shop, id, listing, &channels, &product).ok())
}

/// The product as the listing says, written by this action, now or in an earlier attempt.
///
/// A product that is on sale is changed in place; any other one is a draft until it is complete.
async fn written(shop: &Shop, id: ActionId, listing: &Listing) -> Result<Product, ExecuteError> {
    let found = shop.client.find_product(&listing.product).await.map_err(fate)?;
    let status = match found {
        Some(product) if product.applied == Some(id) => return Ok(product),
        Some(product) if product.status == ProductStatus::Active => ProductStatus::Active,
        _ => ProductStatus::Draft,
    };
    shop.client.upsert_product(listing, id, status).await.map_err(fate)
}

async fn channels(shop: &Shop) -> Result<Vec<Publication>, ExecuteError> {
    let channels = shop.client.publications().await.map_err(fate)?;
    if channels.is_empty() {
        return Err(ExecuteError::Refused("the shop has no sales channel to publish on".to_owned()));
    }
    Ok(channels)
}

fn not_yet_on(product: &Product, channels: &[Publication]) -> Vec<Publication> {
    channels.iter().filter(|channel| !product.published_on.contains(&channel.id)).cloned().collect()
}

/// The evidence that this action made the product live, or what is missing.
fn confirmed(
    shop: &Shop,
    id: ActionId,
    listing: &Listing,
    channels: &[Publication],
    product: &Product,
) -> Result<Evidence, String> {
    if product.applied != Some(id) {
        return Err("another action changed it last".to_owned());
    }
    if product.status != ProductStatus::Active {
        return Err(format!("its status is {}", product.status.name()));
    }
    if !not_yet_on(product, channels).is_empty() {
        return Err("it is not on every sales channel".to_owned());
    }
    if let Some(sku) = differing(listing, product) {
        return Err(format!("variant `{sku}` is not as listed"));
    }
    let on: Vec<_> = channels.iter().map(|c| c.title.as_deref().unwrap_or(c.id.as_str())).collect();
    let detail = format!("live on {}{}", on.join(", "), media::shortfall(&product.media));
    Ok(Evidence { remote_id: product.id.to_string(), link: shop.link(product), detail })
}

/// The first variant that is missing, or has another price without a later action of ours to explain it.
fn differing<'a>(listing: &'a Listing, product: &Product) -> Option<&'a str> {
    let as_listed =
        |sku: &str, price| product.variant(sku).is_some_and(|found| found.price == price || found.applied.is_some());
    let wrong = listing.variants.iter().find(|variant| !as_listed(&variant.sku, variant.price.amount()));
    wrong.map(|variant| variant.sku.as_str())
}
