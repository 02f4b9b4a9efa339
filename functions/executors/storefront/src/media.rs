//! Waiting for images: a page goes live with its pictures, not before them.

use crate::fate::fate;
use agent::ExecuteError;
use domain::action::ProductKey;
use shopify::{Client, Media, MediaStatus, Product};
use std::time::Duration;

/// Seconds between looks; the shop usually needs two or three.
const LOOKS: [u64; 5] = [1, 2, 3, 4, 5];

/// The product once the shop is done with its images.
///
/// # Errors
/// When the shop takes longer than the looks, or could use none of the images.
pub(crate) async fn settled(shop: &Client, key: &ProductKey, product: Product) -> Result<Product, ExecuteError> {
    let mut product = product;
    for seconds in LOOKS {
        if !product.media.iter().any(is_pending) {
            break;
        }
        shop.time().sleep(Duration::from_secs(seconds)).await;
        let gone = || ExecuteError::Retry(format!("product `{key}` disappeared from the shop"));
        product = shop.find_product(key).await.map_err(fate)?.ok_or_else(gone)?;
    }
    check(&product.media).map(|()| product)
}

fn check(media: &[Media]) -> Result<(), ExecuteError> {
    let pending = media.iter().filter(|image| is_pending(image)).count();
    if pending > 0 {
        let why = format!("the shop is still working on {pending} of {} images", media.len());
        return Err(ExecuteError::Retry(why));
    }
    if !media.is_empty() && media.iter().all(is_failed) {
        let reason = media.iter().flat_map(|image| &image.errors).map(|error| error.message.as_str()).next();
        let why = format!("the shop could use none of the images: {}", reason.unwrap_or("no reason given"));
        return Err(ExecuteError::Refused(why));
    }
    Ok(())
}

/// What to add to the evidence when some images are missing.
pub(crate) fn shortfall(media: &[Media]) -> String {
    match media.iter().filter(|image| is_failed(image)).count() {
        0 => String::new(),
        failed => format!("; the shop could not use {failed} of {} images", media.len()),
    }
}

fn is_pending(image: &Media) -> bool {
    matches!(image.status, MediaStatus::Uploaded | MediaStatus::Processing)
}

fn is_failed(image: &Media) -> bool {
    image.status == MediaStatus::Failed
}
