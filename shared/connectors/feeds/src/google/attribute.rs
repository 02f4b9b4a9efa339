//! Names of the attributes, in every spelling that Google accepts.

use crate::table::Class;

/// An attribute that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Id,
    Title,
    Description,
    Link,
    Image,
    AdditionalImage,
    Availability,
    Quantity,
    SellOnGoogleQuantity,
    Price,
    SalePrice,
    SaleDates,
    Cost,
    Brand,
    Gtin,
    Group,
    ProductType,
    Category,
    Shipping,
    ShippingWeight,
    Color,
    Size,
    Material,
    Pattern,
    Rating,
    RatingCount,
}

const USED: [(&str, Attribute); 29] = [
    ("id", Attribute::Id),
    ("title", Attribute::Title),
    ("description", Attribute::Description),
    ("summary", Attribute::Description),
    ("content", Attribute::Description),
    ("link", Attribute::Link),
    ("image_link", Attribute::Image),
    ("additional_image_link", Attribute::AdditionalImage),
    ("additional_image_links", Attribute::AdditionalImage),
    ("availability", Attribute::Availability),
    ("quantity", Attribute::Quantity),
    ("sell_on_google_quantity", Attribute::SellOnGoogleQuantity),
    ("price", Attribute::Price),
    ("sale_price", Attribute::SalePrice),
    ("sale_price_effective_date", Attribute::SaleDates),
    ("cost_of_goods_sold", Attribute::Cost),
    ("brand", Attribute::Brand),
    ("gtin", Attribute::Gtin),
    ("item_group_id", Attribute::Group),
    ("product_type", Attribute::ProductType),
    ("google_product_category", Attribute::Category),
    ("shipping", Attribute::Shipping),
    ("shipping_weight", Attribute::ShippingWeight),
    ("color", Attribute::Color),
    ("size", Attribute::Size),
    ("material", Attribute::Material),
    ("pattern", Attribute::Pattern),
    ("rating", Attribute::Rating),
    ("rating_count", Attribute::RatingCount),
];

/// Attributes of Google, RSS and Atom that say nothing about the offer.
const KNOWN: [&str; 41] = [
    "condition",
    "mpn",
    "identifier_exists",
    "adult",
    "gender",
    "age_group",
    "size_type",
    "size_system",
    "availability_date",
    "expiration_date",
    "mobile_link",
    "link_template",
    "mobile_link_template",
    "canonical_link",
    "ads_redirect",
    "custom_label_0",
    "custom_label_1",
    "custom_label_2",
    "custom_label_3",
    "custom_label_4",
    "promotion_id",
    "excluded_destination",
    "included_destination",
    "shopping_ads_excluded_country",
    "pause",
    "multipack",
    "is_bundle",
    "certification",
    "energy_efficiency_class",
    "min_energy_efficiency_class",
    "max_energy_efficiency_class",
    "shipping_label",
    "unit_pricing_measure",
    "unit_pricing_base_measure",
    "product_highlight",
    "product_detail",
    "tax",
    "tax_category",
    "guid",
    "pubdate",
    "updated",
];

/// Starts of attribute names that come in families.
const KNOWN_STARTS: [&str; 9] = [
    "shipping_",
    "min_handling",
    "max_handling",
    "transit_time",
    "ships_from",
    "product_length",
    "product_width",
    "product_height",
    "product_weight",
];

/// The meaning of a name in lower case; `image link`, `image_link` and `g:image_link` are one.
pub(crate) fn classify(name: &str) -> Class<Attribute> {
    let name = plain(name);
    if let Some((_, attribute)) = USED.iter().find(|(known, _)| *known == name) {
        return Class::Used(*attribute);
    }
    let known = KNOWN.contains(&name.as_str()) || KNOWN_STARTS.iter().any(|start| name.starts_with(start));
    if known { Class::Known } else { Class::Unknown }
}

/// The name without prefix and without a list of sub-attributes, such as `shipping(country:price)`.
fn plain(name: &str) -> String {
    let name = name.strip_prefix("g:").unwrap_or(name);
    let name = name.split('(').next().unwrap_or_default().trim();
    name.replace([' ', '-'], "_")
}

impl Attribute {
    /// Whether an entry may give it several times.
    pub(crate) const fn is_repeatable(self) -> bool {
        matches!(self, Self::AdditionalImage | Self::Shipping)
    }
}
