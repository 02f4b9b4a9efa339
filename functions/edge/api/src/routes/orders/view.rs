//! What is shown of an order in a list.

use super::waits::{Known, WaitView, waits};
use crate::view::MoneyView;
use domain::{Order, text::Lang};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// An order in a list. Nothing personal is in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Order)]
pub(super) struct OrderView {
    /// The shop's id.
    #[schema(example = "5678901234567")]
    id: String,
    /// What people call it.
    #[schema(example = "#1001")]
    name: String,
    /// Where it is: `RECEIVED`, `HELD`, `ORDERING`, `ORDERED`, `SHIPPED`, `DELIVERED`, `CANCELLED` or `STUCK`.
    #[schema(example = "ORDERED")]
    pub(super) stage: &'static str,
    /// How far it is paid, in the shop's words.
    #[schema(example = "paid")]
    payment: String,
    /// What the customer owes for it as it is now.
    total: MoneyView,
    /// ISO 3166 code of the country that it goes to; absent where nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "NL")]
    country: Option<String>,
    /// Band of its fraud score: `low`, `medium`, `high` or `blocked`; absent until it was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "low")]
    band: Option<&'static str>,
    /// What it waits for; absent where nothing more is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waits: Option<WaitView>,
    /// Whether it is a trial order of the shop's owner: nothing is bought for it.
    test: bool,
    /// When it was placed.
    #[serde(with = "time::serde::rfc3339")]
    placed: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    updated: OffsetDateTime,
}

impl OrderView {
    pub(super) fn new(order: &Order, known: &Known, lang: Lang) -> Self {
        Self {
            id: order.id().to_owned(),
            name: order.shop.name.clone(),
            stage: order.stage.name(),
            payment: word(&order.shop.payment),
            total: order.shop.totals.total.into(),
            country: order.shop.country.clone(),
            band: order.checked.as_ref().map(|checked| checked.band.name()),
            waits: waits(order, known, lang),
            test: order.shop.test,
            placed: order.shop.placed,
            updated: order.updated,
        }
    }
}

/// A name of ours as it is on the wire.
pub(super) fn word<T: Serialize>(name: &T) -> String {
    serde_json::to_value(name).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
