//! Headers of both generations of the template, and of exports with metafields and markets.

use crate::table::Class;

/// Meaning of a column that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Handle,
    Title,
    Description,
    Vendor,
    Category,
    GoogleCategory,
    Type,
    Tags,
    Status,
    OptionName(u8),
    OptionValue(u8),
    Sku,
    Barcode,
    Grams,
    Quantity,
    Price,
    CompareAt,
    Cost,
    Image,
    ImagePosition,
    ImageAlt,
    VariantImage,
    Rating,
    RatingCount,
    ShippingDays,
}

/// Headers in lower case: the classic name first, then the one of the template of 2025.
const USED: [(&str, Column); 40] = [
    ("handle", Column::Handle),
    ("url handle", Column::Handle),
    ("title", Column::Title),
    ("body (html)", Column::Description),
    ("description", Column::Description),
    ("vendor", Column::Vendor),
    ("product category", Column::Category),
    ("standardized product type", Column::Category),
    ("standard product type", Column::Category),
    ("google shopping / google product category", Column::GoogleCategory),
    ("type", Column::Type),
    ("custom product type", Column::Type),
    ("tags", Column::Tags),
    ("status", Column::Status),
    ("option1 name", Column::OptionName(1)),
    ("option2 name", Column::OptionName(2)),
    ("option3 name", Column::OptionName(3)),
    ("option1 value", Column::OptionValue(1)),
    ("option2 value", Column::OptionValue(2)),
    ("option3 value", Column::OptionValue(3)),
    ("variant sku", Column::Sku),
    ("sku", Column::Sku),
    ("variant barcode", Column::Barcode),
    ("barcode", Column::Barcode),
    ("variant grams", Column::Grams),
    ("weight value (grams)", Column::Grams),
    ("variant inventory qty", Column::Quantity),
    ("inventory quantity", Column::Quantity),
    ("variant price", Column::Price),
    ("price", Column::Price),
    ("variant compare at price", Column::CompareAt),
    ("compare-at price", Column::CompareAt),
    ("compare at price", Column::CompareAt),
    ("cost per item", Column::Cost),
    ("image src", Column::Image),
    ("product image url", Column::Image),
    ("image position", Column::ImagePosition),
    ("image alt text", Column::ImageAlt),
    ("variant image", Column::VariantImage),
    ("variant image url", Column::VariantImage),
];

/// Headers of the format that say nothing about the offer.
const KNOWN: [&str; 25] = [
    "published",
    "published on online store",
    "collection",
    "option1 linked to",
    "option2 linked to",
    "option3 linked to",
    "variant inventory tracker",
    "inventory tracker",
    "variant inventory policy",
    "continue selling when out of stock",
    "variant fulfillment service",
    "fulfillment service",
    "variant requires shipping",
    "requires shipping",
    "variant taxable",
    "charge tax",
    "gift card",
    "seo title",
    "seo description",
    "variant weight unit",
    "weight unit for display",
    "variant tax code",
    "tax code",
    "template suffix",
    "published scope",
];

/// Starts of headers of the format, one for each market, label or unit.
const KNOWN_STARTS: [&str; 7] = [
    "google shopping /",
    "included /",
    "price /",
    "compare at price /",
    "compare-at price /",
    "unit price ",
    "variant unit price ",
];

/// The meaning of a header in lower case.
pub(crate) fn classify(header: &str) -> Class<Column> {
    if let Some((_, metafield)) = header.split_once("product.metafields.") {
        return of_metafield(metafield.split(')').next().unwrap_or_default());
    }
    if let Some((_, column)) = USED.iter().find(|(name, _)| *name == header) {
        return Class::Used(*column);
    }
    let known = KNOWN.contains(&header) || KNOWN_STARTS.iter().any(|start| header.starts_with(start));
    if known { Class::Known } else { Class::Unknown }
}

/// Reviews are Shopify's standard metafields; shipping days are read from any namespace.
fn of_metafield(name: &str) -> Class<Column> {
    match name.split_once('.') {
        Some(("reviews", "rating")) => Class::Used(Column::Rating),
        Some(("reviews", "rating_count")) => Class::Used(Column::RatingCount),
        Some((_, "shipping_days")) => Class::Used(Column::ShippingDays),
        _ => Class::Known,
    }
}
