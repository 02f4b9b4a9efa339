//! What is judged.
//!
//! A typed struct and never free JSON: in Rego a missing or misspelt amount is silently smaller than any
//! limit. What does not hold together is taken out before a rule sees it, and named as malformed.

mod judged;

pub(crate) use judged::Judged;

use domain::Facts;
use serde::{Deserialize, Serialize};

/// Who proposes, as the gate knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentFacts {
    /// Its name without the specialist, such as `product-scout`; `api` where a person proposes.
    pub name: String,
    /// Its cluster, such as `product`.
    pub cluster: String,
    /// New or under watch: everything it proposes goes to a person.
    pub probation: bool,
}

/// What the CEO function said of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CeoReview {
    /// Go on.
    Approved,
    /// Never.
    Rejected,
    /// A person decides.
    Escalated,
}

/// The band of an order's fraud score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FraudBand {
    /// Nothing found.
    Low,
    /// Checks are needed.
    Medium,
    /// A person looks.
    High,
    /// Not served.
    Blocked,
}

/// Facts that the gate reads itself, from the table: never what an agent says.
///
/// Absent means not known. [`crate::Policy::required`] names the ones that an action type cannot do
/// without; all others only ever raise a tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Context {
    /// The CEO function's word on the product, from its journey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceo_review: Option<CeoReview>,
    /// Whether anything has been bought from the supplier before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier_known: Option<bool>,
    /// Whether the supplier is vetted and has delivered well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier_proven: Option<bool>,
    /// The variant's price 24 hours ago, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_24h_ago_cents: Option<i64>,
    /// Changes of the variant's price in the last 24 hours, this one not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_changes_24h: Option<i64>,
    /// Minutes since the variant's last price change; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_since_price_change: Option<i64>,
    /// Sum of similar actions (same type and target) of the last 24 hours that were not refused, in
    /// cents, this one not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similar_24h_cents: Option<i64>,
    /// Budgets that this action would overflow; empty when the ledger was asked and all hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_overflow: Option<Vec<String>>,
    /// What is left of the campaign's approved budget, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_budget_left_cents: Option<i64>,
    /// Refunds and compensations of the customer in the last 30 days, this one not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refunds_30d: Option<i64>,
    /// What the customer paid for the order and has not got back, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_paid_cents: Option<i64>,
    /// Band of the order's fraud score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraud_band: Option<FraudBand>,
    /// Whether the checks that a medium band asks for were done, and passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraud_checks_passed: Option<bool>,
    /// Whether the order's fraud band was ever high or blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_was_high: Option<bool>,
    /// Whether the order is held back now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_held: Option<bool>,
    /// Whether every recipient agreed to messages of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consented: Option<bool>,
    /// Whether every recipient stays within the frequency caps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_frequency: Option<bool>,
    /// Offers made to the customer in the last 90 days, in cents, this one not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers_customer_cents: Option<i64>,
    /// Products taken off sale in the last 24 hours, this one not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpublished_24h: Option<i64>,
    /// Units that the supplier's feed usually shows for the variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual_quantity: Option<i64>,
    /// Topics that the gate's own check found in the action's text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// A stop covers the action. The gate holds it back itself; the finding says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<bool>,
    /// Minutes since a person rejected this very action; absent when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_minutes_ago: Option<i64>,
    /// Whether a person asked for it to undo an executed action, and the gate found it to be that action's inverse,
    /// inside its window. The one fact that lowers a tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<bool>,
    /// Whole hours since somebody who may decide was last seen. Absent, nobody is taken to be watching.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unwatched_hours: Option<i64>,
    /// Whether the action has an inverse that policy would not deny. Absent, it is taken to have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse_valid: Option<bool>,
}

/// One proposal, in the units of policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// What the action itself says.
    pub action: Facts,
    /// Who proposes.
    pub agent: AgentFacts,
    /// What the gate knows.
    pub context: Context,
    /// How sure the agent is, 0 to 100. Never lowers a tier by itself.
    pub confidence: Option<u8>,
}

impl Input {
    /// What the rules see of it, as JSON. Its digest is the `input` of a decision.
    #[must_use]
    pub fn seen(&self) -> String {
        serde_json::to_string(&Judged::from(self)).unwrap_or_default()
    }
}
