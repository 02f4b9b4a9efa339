//! What a feed says about one product.

use domain::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One product of a supplier's feed; `None` is what the feed does not say.
///
/// Texts are the supplier's own words: untrusted, to be cleaned before they are shown as markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// Vendor, brand or supplier; else the supplier that the options name for the whole feed.
    pub supplier: Option<String>,
    /// The supplier's key of the product: Shopify's handle (the SKU where there is none), Google's item group
    /// or id, JSON's sku. It stays the same when variants come and go.
    pub sku: String,
    /// Name.
    pub title: String,
    /// Description as given: HTML or plain text.
    pub description_html: Option<String>,
    /// Category path such as `Home & Garden > Lighting`; the product type where no category is given.
    pub category: Option<String>,
    /// The supplier's own wording of the category.
    pub product_type: Option<String>,
    /// Tags in the feed's order, each once.
    pub tags: Vec<String>,
    /// Selling price of the first variant.
    pub price: Option<Money>,
    /// Price before a reduction, of the first variant.
    pub compare_at: Option<Money>,
    /// What the supplier charges for the first variant.
    pub cost: Option<Money>,
    /// Units of all variants together; `None` as soon as one variant's stock is not told.
    pub stock: Option<u64>,
    /// Mean review, 0 to 5.
    pub rating: Option<Decimal>,
    /// Number of reviews.
    pub rating_count: Option<u64>,
    /// Days from order to delivery, the slowest that the feed names.
    pub shipping_days: Option<u32>,
    /// Weight of the first variant in grams.
    pub weight_grams: Option<Decimal>,
    /// Images in order, each address once.
    pub images: Vec<Image>,
    /// The supplier's page of the product.
    pub link: Option<String>,
    /// False when the supplier marks the product as draft, archived or unlisted.
    pub offered: bool,
    /// Purchasable forms, at least one.
    pub variants: Vec<Variant>,
    /// Where this was read.
    pub source: Origin,
}

/// An image of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Its http or https address.
    pub url: String,
    /// What a person who cannot see it is told.
    pub alt: Option<String>,
}

/// One purchasable form of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variant {
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Option name and value in order, such as `[["Size", "M"]]`; empty for a product of one form.
    pub options: Vec<(String, String)>,
    /// Selling price.
    pub price: Option<Money>,
    /// Price before a reduction.
    pub compare_at: Option<Money>,
    /// What the supplier charges.
    pub cost: Option<Money>,
    /// Units available.
    pub stock: Option<u64>,
    /// Weight in grams.
    pub weight_grams: Option<Decimal>,
    /// GTIN, EAN, UPC or ISBN.
    pub barcode: Option<String>,
    /// Address of the variant's own image.
    pub image: Option<String>,
}

/// Where an item was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Origin {
    /// Path or address, without credentials and query.
    pub file: String,
    /// Line of a table or of JSON Lines, number of the record otherwise; the first is 1.
    pub row: u64,
}
