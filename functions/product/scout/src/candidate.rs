//! From what a feed says to a candidate that a journey can carry.

use domain::{
    action::{Image, ProductKey},
    journey::{Candidate, Offer},
};
use feeds::{Item, Variant};
use std::collections::BTreeSet;

/// Bytes of JSON that a candidate may have: it is in every row that its journey writes, and a row of the table
/// holds 400 kB.
const LARGEST: usize = 64 * 1024;

/// A product's key, where it is known who supplies it.
pub(crate) fn product(item: &Item) -> Option<ProductKey> {
    Some(ProductKey { supplier: item.supplier.clone()?, sku: item.sku.clone() })
}

/// The candidate that an item is.
///
/// # Errors
/// With the facts that a journey cannot do without and that the feed does not say.
pub(crate) fn candidate(item: &Item) -> Result<Candidate, Vec<String>> {
    let offers: Vec<_> = item.variants.iter().map(|variant| offer(item, variant)).collect();
    let (product, category) = (product(item), item.category.clone().filter(|category| !category.trim().is_empty()));
    let (Some(product), Some(category), true) = (product, category, offers.iter().all(Result::is_ok)) else {
        return Err(missing(item, &offers));
    };
    let offers: Vec<Offer> = offers.into_iter().flatten().collect();
    let skus: BTreeSet<&str> = offers.iter().map(|offer| offer.sku.as_str()).collect();
    if skus.len() < offers.len() {
        return Err(vec!["sku of each variant".to_owned()]);
    }
    fits(Candidate {
        product,
        category,
        offers,
        title: item.title.clone(),
        description: item.description_html.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        images: images(item),
        fingerprint: item.fingerprint().to_string(),
        source: format!("{} row {}", item.source.file, item.source.row),
    })
}

fn missing(item: &Item, offers: &[Result<Offer, &'static str>]) -> Vec<String> {
    let category = item.category.as_deref().is_none_or(|category| category.trim().is_empty());
    let product = [("supplier", item.supplier.is_none()), ("category", category)];
    let product = product.into_iter().filter(|(_, absent)| *absent).map(|(name, _)| name);
    let all: BTreeSet<&str> = product.chain(offers.iter().filter_map(|offer| offer.as_ref().err().copied())).collect();
    all.into_iter().map(str::to_owned).collect()
}

fn offer(item: &Item, variant: &Variant) -> Result<Offer, &'static str> {
    let single = item.variants.len() == 1;
    let sku = variant.sku.clone().or_else(|| single.then(|| item.sku.clone()));
    let stock = variant.stock.or(item.stock.filter(|_| single)).ok_or("stock of each variant")?;
    Ok(Offer {
        sku: sku.ok_or("sku of each variant")?,
        options: variant.options.clone(),
        cost: variant.cost.ok_or("cost of each variant")?,
        suggested: variant.price.ok_or("price of each variant")?,
        stock: u32::try_from(stock).unwrap_or(u32::MAX),
    })
}

/// Images with what the feed says of them: their own text, or the options of the variant that they show.
fn images(item: &Item) -> Vec<Image> {
    let shows = |url: &str| {
        let variant = item.variants.iter().find(|variant| variant.image.as_deref() == Some(url))?;
        let values = variant.options.iter().map(|(_, value)| value.as_str());
        Some(values.collect::<Vec<_>>().join(", "))
    };
    let alt = |image: &feeds::Image| image.alt.clone().or_else(|| shows(&image.url)).unwrap_or_default();
    item.images.iter().map(|image| Image { url: image.url.clone(), alt: alt(image) }).collect()
}

/// Refuses what no row of the table could hold beside the rest of its journey.
fn fits(candidate: Candidate) -> Result<Candidate, Vec<String>> {
    let size = serde_json::to_string(&candidate).map_or(usize::MAX, |json| json.len());
    let smaller = || vec![format!("a shorter form: the product has more than {} kB", LARGEST / 1024)];
    if size <= LARGEST { Ok(candidate) } else { Err(smaller()) }
}
