//! The documented fields of a product.

use super::object::{Field, Object, plain};
use crate::{
    item::{Image, Variant},
    limits,
    problem::{Fault, shown},
    row::{Head, Row},
    value::Value,
};
use domain::Currency;

/// Plain names of every field that is known.
const KNOWN: [&str; 23] = [
    "sku",
    "title",
    "description",
    "supplier",
    "vendor",
    "brand",
    "category",
    "producttype",
    "tags",
    "price",
    "compareatprice",
    "cost",
    "currency",
    "stock",
    "rating",
    "ratingcount",
    "images",
    "link",
    "shippingdays",
    "weightgrams",
    "barcode",
    "status",
    "variants",
];

/// Plain names of the fields of a variant.
const KNOWN_OF_VARIANT: [&str; 9] =
    ["sku", "options", "price", "compareatprice", "cost", "stock", "weightgrams", "barcode", "image"];

/// Reads one product, and notes names that nobody knows.
pub(super) fn row(object: &Object<'_>, feed: Option<Currency>, unknown: &mut Vec<String>) -> Result<Row, Fault> {
    unknown.extend(object.names().filter(|name| !KNOWN.contains(&plain(name).as_str())).map(str::to_owned));
    let currency = object.value(&["currency"])?.currency()?.or(feed);
    let head = head(object, currency)?;
    let mut variants = variants(object, currency, unknown)?;
    if variants.is_empty() {
        let barcode = object.value(&["barcode"])?.name(limits::NAME)?;
        variants.push(Variant { sku: head.sku.clone(), barcode, ..Variant::default() });
    }
    Ok(Row { head, variants, images: images(object)?, ..Row::default() })
}

/// What to call the product in a message.
pub(super) fn name(object: &Object<'_>) -> Option<String> {
    let sku = object.value(&["sku"]).ok()?;
    sku.name(limits::NAME).ok().flatten()
}

fn head(object: &Object<'_>, currency: Option<Currency>) -> Result<Head, Fault> {
    Ok(Head {
        supplier: object.value(&["supplier", "vendor", "brand"])?.name(limits::NAME)?,
        sku: object.value(&["sku"])?.name(limits::NAME)?,
        title: object.value(&["title"])?.prose(limits::NAME)?,
        description_html: object.value(&["description"])?.prose(limits::DESCRIPTION)?,
        category: object.value(&["category"])?.name(limits::PHRASE)?,
        product_type: object.value(&["producttype"])?.name(limits::PHRASE)?,
        tags: tags(object)?,
        price: object.value(&["price"])?.money(currency)?,
        compare_at: object.value(&["compareatprice"])?.money(currency)?,
        cost: object.value(&["cost"])?.money(currency)?,
        stock: object.value(&["stock"])?.count()?,
        rating: object.value(&["rating"])?.up_to(5)?,
        rating_count: object.value(&["ratingcount"])?.count()?,
        shipping_days: object.value(&["shippingdays"])?.days()?,
        weight_grams: object.value(&["weightgrams"])?.grams()?,
        link: object.value(&["link"])?.address()?,
        withdrawn: object.value(&["status"])?.withdrawn()?,
    })
}

fn tags(object: &Object<'_>) -> Result<Vec<String>, Fault> {
    if let Some((name, Field::Scalar(text))) = object.field(&["tags"]) {
        return Value::new(name, text).parts(limits::NAME);
    }
    let mut tags = Vec::new();
    for element in object.array(&["tags"])? {
        let tag = element.value("tags")?.prose(limits::NAME)?;
        tags.extend(tag.filter(|tag| !tags.contains(tag)));
    }
    Ok(tags)
}

fn images(object: &Object<'_>) -> Result<Vec<(Option<u64>, Image)>, Fault> {
    let mut images = Vec::new();
    for element in object.array(&["images"])? {
        let image = match element {
            Field::Nested(text) => described_image(&Object::read(text.as_bytes())?)?,
            plain => plain.value("images")?.address()?.map(|url| Image { url, alt: None }),
        };
        images.extend(image.map(|image| (None, image)));
    }
    Ok(images)
}

fn described_image(object: &Object<'_>) -> Result<Option<Image>, Fault> {
    let url = object.value(&["url", "src"])?.address()?;
    let alt = object.value(&["alt"])?.prose(limits::PHRASE)?;
    Ok(url.map(|url| Image { url, alt }))
}

fn variants(object: &Object<'_>, currency: Option<Currency>, unknown: &mut Vec<String>) -> Result<Vec<Variant>, Fault> {
    let mut variants = Vec::new();
    for element in object.array(&["variants"])? {
        let one = Object::read(element.text().as_bytes())?;
        let strange = one.names().filter(|name| !KNOWN_OF_VARIANT.contains(&plain(name).as_str()));
        unknown.extend(strange.map(|name| format!("variants.{name}")));
        variants.push(variant(&one, currency)?);
    }
    Ok(variants)
}

fn variant(object: &Object<'_>, currency: Option<Currency>) -> Result<Variant, Fault> {
    Ok(Variant {
        sku: object.value(&["sku"])?.name(limits::NAME)?,
        options: options(object)?,
        price: object.value(&["price"])?.money(currency)?,
        compare_at: object.value(&["compareatprice"])?.money(currency)?,
        cost: object.value(&["cost"])?.money(currency)?,
        stock: object.value(&["stock"])?.count()?,
        weight_grams: object.value(&["weightgrams"])?.grams()?,
        barcode: object.value(&["barcode"])?.name(limits::NAME)?,
        image: object.value(&["image"])?.address()?,
    })
}

fn options(object: &Object<'_>) -> Result<Vec<(String, String)>, Fault> {
    let Some((name, field)) = object.field(&["options"]) else { return Ok(Vec::new()) };
    let wrong =
        |_| Fault::of(name, format!("`{}` is no object", shown(field.text())), "write it such as `{\"Size\": \"M\"}`");
    let texts = Object::read(field.text().as_bytes()).map_err(wrong)?.texts()?;
    let mut options = Vec::new();
    for (option, text) in &texts {
        let option = Value::new(name, option).prose(limits::NAME)?;
        let text = Value::new(name, text).prose(limits::NAME)?;
        options.extend(option.zip(text));
    }
    Ok(options)
}
