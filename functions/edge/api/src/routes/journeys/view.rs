//! What is shown of a journey.

use crate::view::{HistoryView, MoneyView};
use domain::journey::{Ending, Journey};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A journey in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Journey)]
pub(super) struct JourneyView {
    /// Its id.
    id: String,
    /// Where it is.
    #[schema(example = "PRICING")]
    stage: &'static str,
    /// The product: supplier and its key.
    #[schema(example = "acme/sku-1")]
    product: String,
    /// The product's name, as the supplier wrote it: text from outside.
    title: String,
    /// What the scout gave it, 0 to 100.
    score: i64,
    /// Thinnest margin, in whole percent of the price, once it is priced.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_percent: Option<i64>,
    /// The proposal to publish, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    /// Why it ended early, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    ending: Option<EndingView>,
    /// How often it has been started.
    round: u32,
    /// When it started.
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    updated: OffsetDateTime,
}

/// Why a journey ended early.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ending)]
struct EndingView {
    /// The stage in which it ended.
    stage: &'static str,
    /// Why.
    reason: String,
    /// Facts that were missing, if that is why.
    missing: Vec<String>,
}

/// A journey with what every stage found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct JourneyDetail {
    #[serde(flatten)]
    journey: JourneyView,
    /// What the supplier offers: text and figures from outside.
    #[schema(value_type = Object)]
    supplier_says: Value,
    /// What the scout found.
    #[schema(value_type = Object)]
    scored: Value,
    /// What vetting found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    vetted: Option<Value>,
    /// What pricing found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    priced: Option<Value>,
    /// Price of each variant, by SKU.
    prices: BTreeMap<String, MoneyView>,
    /// What the CEO function said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    reviewed: Option<Value>,
    /// Everything that happened to it.
    history: HistoryView,
}

impl From<&Journey> for JourneyView {
    fn from(journey: &Journey) -> Self {
        Self {
            id: journey.id.to_string(),
            stage: journey.stage.name(),
            product: journey.candidate.product.to_string(),
            title: journey.candidate.title.clone(),
            score: journey.scored.score,
            margin_percent: journey.priced.as_ref().map(|priced| priced.margin_percent),
            action: journey.action.map(|id| id.to_string()),
            ending: journey.ending.as_ref().map(EndingView::from),
            round: journey.round,
            created: journey.created,
            updated: journey.updated,
        }
    }
}

impl From<&Ending> for EndingView {
    fn from(ending: &Ending) -> Self {
        Self { stage: ending.stage.name(), reason: ending.reason.clone(), missing: ending.missing.clone() }
    }
}

impl JourneyDetail {
    pub(super) fn new(journey: &Journey, history: HistoryView) -> Self {
        let prices = journey.priced.iter().flat_map(|priced| &priced.prices);
        Self {
            journey: JourneyView::from(journey),
            supplier_says: json(&journey.candidate),
            scored: json(&journey.scored),
            vetted: journey.vetted.as_ref().map(json),
            prices: prices.map(|(sku, price)| (sku.clone(), (*price).into())).collect(),
            priced: journey.priced.as_ref().map(json),
            reviewed: journey.reviewed.as_ref().map(json),
            history,
        }
    }
}

fn json<T: Serialize>(found: &T) -> Value {
    serde_json::to_value(found).unwrap_or_default()
}
