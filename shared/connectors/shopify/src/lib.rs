//! The client of Shopify's Admin GraphQL API, version 2026-07.
//!
//! Plain documents and plain serde rather than generated types: a dozen documents are easy to read, the
//! generators drop the nulls that the API insists on, and a test checks each document against the full
//! official schema anyway.
//!
//! What this crate is for is the question that HTTP leaves open: *was it done?* Every failure is
//! sorted into what the caller does next ([`Error`]), and every change leaves evidence in the shop that a
//! later question finds: a product carries our own key, and the action that changed it last.

mod client;
mod endpoint;
mod error;
mod html;
mod inventory;
mod leave;
mod model;
mod operation;
mod orders;
mod patience;
mod product;
mod publish;
mod shop;
#[cfg(test)]
mod testing;
mod throttle;
mod time;
mod token;
mod transport;

pub use client::{Client, Meter};
pub use endpoint::{API_VERSION, BadEndpoint, Endpoint};
pub use error::{Error, Problem};
pub use inventory::StockChange;
pub use leave::{Leave, NoLeave};
pub use model::{
    Counted, Gid, Media, MediaError, MediaStatus, Product, ProductStatus, Publication, ShopInfo, Stock, Variant,
};
pub use orders::{Assessed, CancelReason, Parcel, RiskLevel, Sending, Sent, ShopOrder};
pub use patience::Patience;
pub use product::NewPrice;
pub use time::{SystemTime, Time};
pub use token::{NoToken, Token, TokenSource};

/// The access scopes that the credential needs, no more and no fewer; writing includes reading.
pub const SCOPES: &[&str] = &[
    "read_customers",
    "read_locations",
    "write_discounts",
    "write_inventory",
    "write_merchant_managed_fulfillment_orders",
    "write_orders",
    "write_products",
    "write_publications",
];
