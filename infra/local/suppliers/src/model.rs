//! An order as the sandbox keeps it: nothing about who it is for.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Created.
    Draft,
    /// Confirmed and not paid; only CJ knows this.
    Confirmed,
    /// Paid.
    Paid,
    /// On its way.
    Shipped,
    /// Arrived.
    Delivered,
    /// Taken back before it was paid.
    Cancelled,
    /// Paid, and not sent after all.
    Failed,
}

/// Units of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Thing {
    /// The customer's id of the line.
    pub line: String,
    /// Stock keeping unit.
    pub sku: String,
    /// Units.
    pub quantity: u64,
    /// Price of one.
    pub price: Decimal,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// Through which interface it came.
    pub api: String,
    /// The customer's number.
    pub number: String,
    /// The supplier's own id.
    pub id: u64,
    /// What is in it.
    pub things: Vec<Thing>,
    /// What it costs in all.
    pub cost: Decimal,
    /// How far it is.
    pub step: Step,
    /// How often it was paid: more than once would be one supplier order too many.
    pub paid: u32,
    /// How often somebody tried to create it again and was refused.
    pub again: u32,
    /// Whether it ships late.
    #[serde(default)]
    pub late: bool,
    /// Whether it is not sent after all.
    #[serde(default)]
    pub fails: bool,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

/// A parcel that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking {
    /// `AfterShip`'s id.
    pub id: String,
    /// The carrier's number.
    pub tracking_number: String,
    /// The customer's number of the order.
    pub order_id: Option<String>,
    /// Where it is.
    pub tag: String,
    /// How often somebody tried to have it followed again and was refused.
    #[serde(default)]
    pub again: u32,
}

impl Kept {
    /// Its tracking number, once it is on its way.
    #[must_use]
    pub fn tracking(&self) -> Option<String> {
        matches!(self.step, Step::Shipped | Step::Delivered).then(|| format!("SBX{}NL", self.id))
    }

    /// Where it can be followed, once it is on its way.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        Some(format!("https://track.example/{}", self.tracking()?))
    }
}
