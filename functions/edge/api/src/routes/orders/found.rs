//! What was found about an order: its fraud check and its tax.

use super::view::word;
use crate::view::MoneyView;
use domain::order::{Checked, Evidence, Taxed};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What fraud found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FraudCheck)]
pub(super) struct CheckedView {
    /// Sum of the points.
    score: i64,
    /// Band of the score.
    #[schema(example = "low")]
    band: &'static str,
    /// What it rests on.
    evidence: Vec<EvidenceView>,
    /// What was not known.
    missing: Vec<String>,
    /// Of a medium band: whether the further checks were passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    checks_passed: Option<bool>,
    /// Whether a person released it after it was held.
    released: bool,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// One thing that speaks for or against an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FraudEvidence)]
struct EvidenceView {
    /// What was found.
    #[schema(example = "first_order")]
    code: String,
    /// Points that it adds; negative where it speaks for the order.
    points: i64,
}

/// How an order is taxed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderTax)]
pub(super) struct TaxedView {
    /// `domestic`, `oss`, `reverse_charge` or `export`.
    #[schema(example = "oss")]
    treatment: String,
    /// ISO 3166 code of the country whose tax it is; absent where none is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// Rate in percent.
    #[schema(example = "21")]
    rate: String,
    /// What of the total is tax.
    tax: MoneyView,
    /// What proves it.
    #[schema(example = json!(["place:DE"]))]
    evidence: Vec<String>,
    /// The day whose rates were used.
    #[schema(example = "2026-11-20")]
    on: String,
}

impl From<&Checked> for CheckedView {
    fn from(checked: &Checked) -> Self {
        let evidence = checked.evidence.iter();
        Self {
            score: checked.score,
            band: checked.band.name(),
            evidence: evidence
                .map(|Evidence { code, points }| EvidenceView { code: code.clone(), points: *points })
                .collect(),
            missing: checked.missing.clone(),
            checks_passed: checked.checks_passed,
            released: checked.released,
            at: checked.at,
        }
    }
}

impl From<&Taxed> for TaxedView {
    fn from(taxed: &Taxed) -> Self {
        Self {
            treatment: word(&taxed.treatment),
            country: taxed.country.clone(),
            rate: taxed.rate.normalize().to_string(),
            tax: taxed.tax.into(),
            evidence: taxed.evidence.clone(),
            on: taxed.on.clone(),
        }
    }
}
