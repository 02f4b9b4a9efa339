//! Whether a supplier's product is worth a journey (`agents/scout.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One candidate, judged by its variant with the thinnest margin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What the supplier charges, in cents; needed.
    pub cost_cents: Option<i64>,
    /// Expected selling price, in cents; needed.
    pub price_cents: Option<i64>,
    /// Units that the supplier has, over all variants; needed.
    pub stock_units: Option<i64>,
    /// Mean rating in tenths of a star, 0 to 50; needed.
    pub rating_tenths: Option<i64>,
    /// Strength of the trend, 0 to 100.
    pub trend_points: Option<i64>,
    /// Days from order to delivery.
    pub shipping_days: Option<i64>,
}

/// What the scout does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Starts a journey.
    Shortlisted,
    /// Not good enough.
    Rejected,
    /// Not enough is known.
    Abstained,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What to do.
    pub verdict: Verdict,
    /// 0 to 100; absent when something needed is missing.
    pub score: Option<i64>,
    /// (price - cost) / price in whole percent, rounded down.
    pub margin_percent: Option<i64>,
    /// How sure the scout may say it is, 0 to 100.
    pub confidence: u8,
    /// Each known term, 0 to 100.
    pub terms: BTreeMap<String, i64>,
    /// Facts that were not known: of the needed ones, and of those left out.
    pub missing: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
