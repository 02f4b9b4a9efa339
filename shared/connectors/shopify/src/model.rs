//! What the shop says about itself, in our words.

use domain::{ActionId, Currency};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A global id of the shop, such as `gid://shopify/Product/820982911946154508`.
///
/// Text, always: its number is larger than a float can hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Gid(String);

impl Gid {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the location with this number.
    #[must_use]
    pub fn location(number: &str) -> Self {
        Self(format!("gid://shopify/Location/{number}"))
    }

    /// The number at its end, as webhooks carry it.
    #[must_use]
    pub fn number(&self) -> &str {
        self.0.rsplit('/').next().and_then(|tail| tail.split('?').next()).unwrap_or_default()
    }
}

impl fmt::Display for Gid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The shop itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShopInfo {
    /// Its id.
    pub id: Gid,
    /// Its name.
    pub name: String,
    /// Its `*.myshopify.com` domain.
    pub myshopify_domain: String,
    /// The currency of every price and cost that is sent.
    pub currency_code: Currency,
}

/// Whether customers can buy a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProductStatus {
    /// Ready to sell, on the channels that it is published to.
    Active,
    /// No longer sold.
    Archived,
    /// Not yet sold.
    Draft,
    /// Sold to those who have its address.
    Unlisted,
}

impl ProductStatus {
    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Archived => "ARCHIVED",
            Self::Draft => "DRAFT",
            Self::Unlisted => "UNLISTED",
        }
    }
}

/// A sales channel's catalogue, to which products are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its id.
    pub id: Gid,
    /// Its title, for people.
    pub title: Option<String>,
}

/// A product as the shop has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// Its id.
    pub id: Gid,
    /// Last part of its page's address.
    pub handle: String,
    /// Whether it is sold.
    pub status: ProductStatus,
    /// Where customers see it; absent unless it is live in the online store.
    #[serde(rename = "onlineStoreUrl")]
    pub link: Option<String>,
    /// The last action of ours that changed it as a whole.
    #[serde(deserialize_with = "applied")]
    pub applied: Option<ActionId>,
    /// Where it can be bought now.
    #[serde(rename = "resourcePublications", deserialize_with = "publications")]
    pub published_on: Vec<Gid>,
    /// Its images.
    #[serde(deserialize_with = "nodes")]
    pub media: Vec<Media>,
    /// Its variants.
    #[serde(skip)]
    pub variants: Vec<Variant>,
    #[serde(rename = "variants")]
    pub(crate) page: Page<Variant>,
}

impl Product {
    /// The variant with this stock keeping unit.
    #[must_use]
    pub fn variant(&self, sku: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.sku.as_deref() == Some(sku))
    }
}

/// A variant as the shop has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// Its id.
    pub id: Gid,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Price in the shop's currency.
    #[serde(with = "rust_decimal::serde::str")]
    pub price: Decimal,
    /// The item whose stock is counted.
    #[serde(rename = "inventoryItem", deserialize_with = "linked")]
    pub item: Gid,
    /// The last action of ours that changed its price.
    #[serde(deserialize_with = "applied")]
    pub applied: Option<ActionId>,
}

/// An image as the shop has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// Its id.
    pub id: Gid,
    /// How far the shop is with it.
    pub status: MediaStatus,
    /// What the shop could not do with it.
    #[serde(rename = "mediaErrors")]
    pub errors: Vec<MediaError>,
}

/// How far the shop is with an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MediaStatus {
    /// Taken in.
    Uploaded,
    /// Being fetched and scaled.
    Processing,
    /// Shown.
    Ready,
    /// Given up.
    Failed,
}

/// Why an image could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MediaError {
    /// The shop's code.
    pub code: String,
    /// What it says.
    pub message: String,
}

/// Stock of one item at one location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// The location's id.
    pub location: Gid,
    /// Units that can be sold.
    pub available: i64,
    /// Units that were sold and have not left.
    pub committed: i64,
}

/// Stock of one item over all locations, told apart by what it follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// Where it follows its supplier's: the one location that is not ours, or of several the one that serves online
    /// orders.
    pub followed: Option<Stock>,
    /// Units that can be sold at further locations that are not ours.
    pub elsewhere: i64,
    /// Units of our own that can be sold; absent where the item is not kept at our location.
    pub own: Option<i64>,
    /// Units that were sold and have not left, at all locations.
    pub committed: i64,
}

/// One page of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page<T> {
    pub(crate) nodes: Vec<T>,
    pub(crate) page_info: PageInfo,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { nodes: Vec::new(), page_info: PageInfo::default() }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl PageInfo {
    /// Where the next page starts, if there is one.
    pub(crate) fn next(&self) -> Option<String> {
        self.end_cursor.clone().filter(|_| self.has_next_page)
    }
}

#[derive(Deserialize)]
pub(crate) struct Link {
    pub(crate) id: Gid,
}

/// The nodes of a connection whose page is never full.
#[derive(Deserialize)]
pub(crate) struct Nodes<T> {
    pub(crate) nodes: Vec<T>,
}

pub(crate) fn linked<'de, D: Deserializer<'de>>(from: D) -> Result<Gid, D::Error> {
    Ok(Link::deserialize(from)?.id)
}

fn nodes<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Nodes::deserialize(from)?.nodes)
}

fn publications<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Gid>, D::Error> {
    #[derive(Deserialize)]
    struct Placed {
        publication: Link,
    }
    let placed: Option<Nodes<Placed>> = Option::deserialize(from)?;
    let placed = placed.map(|placed| placed.nodes).unwrap_or_default();
    Ok(placed.into_iter().map(|place| place.publication.id).collect())
}

/// A metafield's value; one that is no action of ours is nobody's.
fn applied<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ActionId>, D::Error> {
    #[derive(Deserialize)]
    struct Field {
        value: String,
    }
    let field: Option<Field> = Option::deserialize(from)?;
    Ok(field.and_then(|field| field.value.parse().ok()))
}
