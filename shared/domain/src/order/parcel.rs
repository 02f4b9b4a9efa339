//! The part of an order that one supplier sends.

use crate::{ActionId, Money};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Units of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Portion {
    /// Shop's id of the line.
    pub line: String,
    /// Stock keeping unit, as the supplier knows it.
    pub sku: String,
    /// Units.
    pub quantity: u32,
}

/// Where a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ParcelState {
    /// Its order with the supplier is being decided or carried out.
    Asked,
    /// The supplier has accepted and confirmed it.
    Placed,
    /// On its way.
    Shipped,
    /// Arrived.
    Delivered,
    /// The supplier does not send it; its lines go to another one, or a person decides.
    Failed,
}

/// Where a parcel can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Tracking {
    /// Number.
    pub number: String,
    /// Carrier, as the supplier names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub carrier: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

/// The part of an order that one supplier sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
    /// The action that places it: the order number at the supplier.
    pub action: ActionId,
    /// With whom.
    pub supplier: String,
    /// What of the order.
    pub portions: Vec<Portion>,
    /// What the supplier charges, shipping included.
    pub cost: Money,
    /// Where it is.
    pub state: ParcelState,
    /// Supplier's own number, once it is confirmed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote: Option<String>,
    /// Where it can be followed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tracking: Option<Tracking>,
    /// The action that told the shop that it is on its way.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub announced: Option<ActionId>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}
