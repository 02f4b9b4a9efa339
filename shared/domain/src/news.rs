//! What outside systems tell us of their own accord: Shopify's webhooks and suppliers' callbacks.
//!
//! The edge verifies a message, leaves out what is personal and what nobody uses, and keeps the rest under the
//! sender's own id of the delivery: so a message that comes twice is kept once.

use crate::order::{ParcelState, Refund, Snapshot, Tracking};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// One message, kept once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// The sender's id of the delivery; with a prefix that names the sender where it is not the shop.
    pub id: String,
    /// The sender's word for what happened, such as `orders/create`.
    pub topic: String,
    /// Who says so, such as `acme.myshopify.com` or `supplier:printful`.
    pub from: String,
    /// When the sender says that it happened.
    #[serde(with = "time::serde::rfc3339")]
    pub triggered: OffsetDateTime,
    /// When it came.
    #[serde(with = "time::serde::rfc3339")]
    pub received: OffsetDateTime,
    /// What it says.
    pub said: Said,
}

/// What a message says, without anything personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", content = "what", rename_all = "snake_case")]
pub enum Said {
    /// An order as it is now.
    Order(Box<Snapshot>),
    /// Something about an order that has to be read from the shop, such as another risk assessment.
    OrderChanged {
        /// Shop's id of the order.
        order: String,
    },
    /// Money of an order was paid back.
    Refund(Refund),
    /// A supplier's word about one of its parcels, by our order number.
    Parcel(ParcelNews),
    /// A stock level in the shop.
    Stock {
        /// Shop's id of the inventory item.
        item: String,
        /// Shop's id of the location.
        location: String,
        /// Units for sale; absent where the shop does not count.
        available: Option<i64>,
    },
    /// A product was changed or deleted in the shop.
    Product {
        /// Shop's id.
        product: String,
        /// Whether it is gone.
        deleted: bool,
    },
    /// A customer asks what is kept, through the shop.
    DataRequest {
        /// Shop's id of the customer.
        customer: String,
        /// Shop's ids of the orders that it is about.
        orders: Vec<String>,
    },
    /// A customer is to be forgotten.
    Redact {
        /// Shop's id of the customer; absent where only guest orders are named.
        customer: Option<String>,
        /// Shop's ids of the orders to be forgotten.
        orders: Vec<String>,
    },
    /// All customers of the shop are to be forgotten.
    RedactShop,
    /// That it came: nobody uses the topic.
    Unused,
}

impl ParcelNews {
    /// The topic under which people say what became of a customer's order that they placed by hand.
    pub const ORDER: &'static str = "parcel/confirmed";
    /// The same of stock of our own.
    pub const RESTOCK: &'static str = "restock/confirmed";
}

/// A supplier's word about one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParcelNews {
    /// Supplier.
    pub supplier: String,
    /// Our order number: the id of the action that placed it.
    pub number: String,
    /// Where it is now; absent where the message only says that something changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<ParcelState>,
    /// Supplier's own number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote: Option<String>,
    /// Where it can be followed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tracking: Option<Tracking>,
    /// Why it failed or is late.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}
