//! The parts of an order, one per supplier.

use super::view::word;
use crate::view::MoneyView;
use domain::order::{Parcel, Portion, Tracking};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The part of an order that one supplier sends.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Parcel)]
pub(super) struct ParcelView {
    /// The action that places it: the order number at the supplier.
    action: String,
    /// With whom.
    supplier: String,
    /// What of the order.
    portions: Vec<PortionView>,
    /// What the supplier charges, shipping included.
    cost: MoneyView,
    /// `ASKED`, `PLACED`, `SHIPPED`, `DELIVERED` or `FAILED`.
    #[schema(example = "SHIPPED")]
    state: String,
    /// The supplier's own number, once it is confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote: Option<String>,
    /// Where it can be followed: text from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking: Option<TrackingView>,
    /// The action that told the shop that it is on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    announced: Option<String>,
    /// Why it failed, or why somebody has to order it by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    updated: OffsetDateTime,
}

/// Units of one line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderPortion)]
pub(super) struct PortionView {
    /// The shop's id of the line.
    line: String,
    /// Stock keeping unit, as the supplier knows it; empty where there is none.
    sku: String,
    /// Units.
    quantity: u32,
}

/// Where a parcel can be followed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ParcelTracking)]
struct TrackingView {
    /// Number.
    number: String,
    /// Carrier, as the supplier names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl From<&Parcel> for ParcelView {
    fn from(parcel: &Parcel) -> Self {
        Self {
            action: parcel.action.to_string(),
            supplier: parcel.supplier.clone(),
            portions: parcel.portions.iter().cloned().map(PortionView::from).collect(),
            cost: parcel.cost.into(),
            state: word(&parcel.state),
            remote: parcel.remote.clone(),
            tracking: parcel.tracking.clone().map(TrackingView::from),
            announced: parcel.announced.map(|id| id.to_string()),
            reason: parcel.reason.clone(),
            updated: parcel.updated,
        }
    }
}

impl From<Portion> for PortionView {
    fn from(Portion { line, sku, quantity }: Portion) -> Self {
        Self { line, sku, quantity }
    }
}

impl From<Tracking> for TrackingView {
    fn from(Tracking { number, carrier, url }: Tracking) -> Self {
        Self { number, carrier, url }
    }
}
