//! How likely an order is fraud (`agents/fraud.rego`).

use crate::{Finding, FraudBand};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One order. Nothing personal: what addresses and mail come to, not what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Orders of the customer before this one; needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_before: Option<i64>,
    /// Orders of the customer in the last 24 hours, this one counted; needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_24h: Option<i64>,
    /// What the customer owes for it, in cents of euro; needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_cents: Option<i64>,
    /// Whether it is paid from another country than it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_differs: Option<bool>,
    /// Whether it is paid from another city than it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city_differs: Option<bool>,
    /// Whether the mail address is of a kind that is thrown away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_disposable: Option<bool>,
    /// What Shopify says: `none`, `low`, `medium` or `high`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop_risk: Option<String>,
    /// What is bought.
    pub items: Vec<Item>,
}

/// Units of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Category as the shop names it, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How many.
    pub units: i64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Sum of the points, not below 0; absent when something needed is missing.
    pub score: Option<i64>,
    /// Its band; absent with the score.
    pub band: Option<FraudBand>,
    /// Whether nothing that a medium band has checked speaks against the order.
    pub checks_passed: bool,
    /// Points by what was found.
    pub evidence: BTreeMap<String, i64>,
    /// Needed facts that were not known.
    pub missing: Vec<String>,
    /// Other facts that were not known.
    pub unknown: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
