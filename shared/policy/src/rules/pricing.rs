//! A price for one variant (`agents/pricing.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};

/// What is known of the variant and its market. Money in cents of one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What the supplier charges; needed.
    pub cost_cents: Option<i64>,
    /// What the supplier suggests to sell it for.
    pub suggested_cents: Option<i64>,
    /// The lowest price of a competitor.
    pub competitor_cents: Option<i64>,
    /// The price now, where it is on sale.
    pub current_cents: Option<i64>,
    /// Changes of the price in the last 24 hours, where it is on sale.
    pub changes_24h: Option<i64>,
    /// Minutes since the last change, where there was one.
    pub minutes_since_change: Option<i64>,
}

/// What pricing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Sell it at `price_cents`.
    Priced,
    /// `price_cents` is the price now.
    Kept,
    /// A change is due, but not yet.
    Wait,
    /// The market pays less than the floor.
    Failed,
    /// Not enough is known.
    Abstained,
}

/// The answer. Money in cents of the input's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What to do.
    pub verdict: Verdict,
    /// The price; absent when it failed or abstained.
    pub price_cents: Option<i64>,
    /// cost / (1 - least margin), rounded up.
    pub floor_cents: Option<i64>,
    /// cost / (1 - target margin), rounded up to the next price ending.
    pub target_cents: Option<i64>,
    /// (price - cost) / price in whole percent, rounded down.
    pub margin_percent: Option<i64>,
    /// Facts that were not known.
    pub missing: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
