//! The CEO function's mandate (`ceo/product.rego`, `ceo/action.rego`).

use crate::Finding;
use domain::{Facts, Tier};
use serde::{Deserialize, Serialize};

/// A product to review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Thinnest margin over its variants, in whole percent; needed.
    pub margin_percent: Option<i64>,
    /// How sure the agents are, 0 to 100; needed.
    pub confidence_percent: Option<u8>,
    /// Whether its supplier passed vetting; needed.
    pub supplier_passed: Option<bool>,
    /// Products that the CEO function approved today; needed.
    pub approved_today: Option<i64>,
    /// The margin goal in force, in whole percent.
    pub goal_margin_percent: Option<i64>,
    /// The store's margin over the last 30 days, in whole percent.
    pub store_margin_percent: Option<i64>,
}

/// An action whose tier is CEO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its facts.
    pub action: Facts,
    /// Its tier, as the gate decided.
    pub tier: Option<Tier>,
    /// How sure the agent is, 0 to 100; needed.
    pub confidence_percent: Option<u8>,
    /// What the CEO function committed today, in cents; needed where the action moves money.
    pub committed_today_cents: Option<i64>,
}

/// The CEO function's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Go on.
    Approved,
    /// No.
    Rejected,
    /// A person decides.
    Escalated,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What to do.
    pub verdict: Verdict,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
