//! The order journey: from a customer's order in the shop to a parcel at the door.
//!
//! The finance manager alone writes it. What the shop says is kept as the shop's latest [`Snapshot`]; what our own
//! functions found stands beside it. Nothing personal is in it: names and addresses are in the customer's partition
//! ([`crate::Contact`]).

mod checks;
mod open;
mod parcel;
mod snapshot;

pub use checks::{Band, Checked, Evidence, Taxed, Treatment};
pub use parcel::{Parcel, ParcelState, Portion, Tracking};
pub use snapshot::{Line, Payment, Refund, RefundLine, Snapshot, Totals};

use crate::JourneyId;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Where an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OrderStage {
    /// Fraud and tax are being looked at, or it is not paid yet.
    Received,
    /// Held back until a person releases or cancels it.
    Held,
    /// Suppliers are being chosen, or asked.
    Ordering,
    /// Every line is with a supplier.
    Ordered,
    /// Every parcel is on its way.
    Shipped,
    /// Every parcel has arrived.
    Delivered,
    /// Cancelled in the shop.
    Cancelled,
    /// Nothing goes on without a person.
    Stuck,
}

impl OrderStage {
    /// All stages, in order.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Held,
        Self::Ordering,
        Self::Ordered,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Stuck,
    ];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "RECEIVED",
            Self::Held => "HELD",
            Self::Ordering => "ORDERING",
            Self::Ordered => "ORDERED",
            Self::Shipped => "SHIPPED",
            Self::Delivered => "DELIVERED",
            Self::Cancelled => "CANCELLED",
            Self::Stuck => "STUCK",
        }
    }
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Where it is.
    pub stage: OrderStage,
    /// What the shop says of it, as of its own last change.
    pub shop: Snapshot,
    /// What fraud found; absent until it was looked at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked: Option<Checked>,
    /// Its VAT; absent until it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taxed: Option<Taxed>,
    /// Its parts, one per supplier that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parcels: Vec<Parcel>,
    /// What was paid back.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub refunds: Vec<Refund>,
    /// Why it is held or stuck, for people.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// When we first heard of it.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Last change of ours.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Order {
    /// An order that was just heard of.
    #[must_use]
    pub fn new(shop: Snapshot, now: OffsetDateTime) -> Self {
        Self {
            stage: OrderStage::Received,
            shop,
            checked: None,
            taxed: None,
            parcels: Vec::new(),
            refunds: Vec::new(),
            reason: None,
            created: now,
            updated: now,
        }
    }

    /// Shop's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.shop.order
    }

    /// The id of the journey of the shop's order `id`: on every task and proposal that is about it.
    #[must_use]
    pub fn journey_of(id: &str) -> JourneyId {
        JourneyId::of(&format!("order/{id}"))
    }

    /// The id of its journey.
    #[must_use]
    pub fn journey(&self) -> JourneyId {
        Self::journey_of(self.id())
    }
}
