//! The page of a product, from what the supplier says and what was found.

use crate::{markup, text};
use domain::{
    Digest,
    action::{Image, Listing, Variant},
    journey::{Candidate, Offer, Priced},
};
use std::collections::BTreeSet;

/// Hexadecimal digits of the product key's digest in an address.
const SUFFIX: usize = 6;

/// Writes the page.
///
/// # Errors
/// With everything that is missing without which there can be no page.
pub(crate) fn compose(candidate: &Candidate, priced: &Priced) -> Result<Listing, Vec<String>> {
    let title = text::cut(&text::line(&candidate.title), text::NAME).to_owned();
    let variants: Vec<_> = candidate.offers.iter().map(|offer| variant(offer, priced)).collect();
    let missing = missing(candidate, &title, &variants);
    if !missing.is_empty() {
        return Err(missing);
    }
    let blocks = markup::blocks(&candidate.description);
    let plain: Vec<&str> = blocks.iter().map(markup::Block::text).collect();
    let plain = if plain.is_empty() { title.clone() } else { plain.join(" ") };
    let digest = Digest::of_bytes(candidate.product.to_string().as_bytes());
    Ok(Listing {
        product: candidate.product.clone(),
        handle: text::handle(&title, digest.as_str().get(..SUFFIX).unwrap_or_default()),
        description_html: markup::html(&blocks),
        seo_title: text::cut(&title, text::SEO_TITLE).to_owned(),
        seo_description: text::cut(&plain, text::SEO_DESCRIPTION).to_owned(),
        vendor: text::line(&candidate.product.supplier),
        category: text::line(&candidate.category),
        tags: tags(&candidate.tags),
        images: images(candidate, &title),
        variants: variants.into_iter().flatten().collect(),
        title,
    })
}

/// What no page can do without.
fn missing(candidate: &Candidate, title: &str, variants: &[Result<Variant, String>]) -> Vec<String> {
    let mut missing: Vec<String> = variants.iter().filter_map(|variant| variant.as_ref().err().cloned()).collect();
    if title.is_empty() {
        missing.push("a title".to_owned());
    }
    if variants.is_empty() {
        missing.push("a variant".to_owned());
    }
    let options: BTreeSet<_> = candidate.offers.iter().map(|offer| &offer.options).collect();
    if options.len() < candidate.offers.len() {
        missing.push("options that tell the variants apart".to_owned());
    }
    missing
}

fn variant(offer: &Offer, priced: &Priced) -> Result<Variant, String> {
    let price = priced.prices.get(&offer.sku).ok_or_else(|| format!("a price of `{}`", offer.sku))?;
    let clean = |text: &str| text::cut(&text::line(text), text::NAME).to_owned();
    Ok(Variant {
        sku: offer.sku.clone(),
        options: offer.options.iter().map(|(name, value)| (clean(name), clean(value))).collect(),
        price: *price,
        cost: offer.cost,
        stock: offer.stock,
    })
}

fn tags(outside: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let clean = outside.iter().map(|tag| text::cut(&text::line(tag), text::NAME).to_owned());
    clean.filter(|tag| !tag.is_empty() && seen.insert(tag.to_lowercase())).collect()
}

fn images(candidate: &Candidate, title: &str) -> Vec<Image> {
    let images = candidate.images.iter().filter(|image| image.url.starts_with("https://"));
    let numbered = (1_usize..).zip(images);
    numbered.map(|(n, image)| Image { url: image.url.clone(), alt: alt(title, &image.alt, n) }).collect()
}

/// What a person who cannot see the `n`th image is told: the title, and what the image shows of it.
fn alt(title: &str, given: &str, n: usize) -> String {
    let given = text::line(given);
    let told = match (given.is_empty(), n) {
        (true, 1) => title.to_owned(),
        (true, _) => format!("{title}, image {n}"),
        (false, _) if given.to_lowercase().contains(&title.to_lowercase()) => given,
        (false, _) => format!("{title}: {given}"),
    };
    text::cut(&told, text::ALT).to_owned()
}
