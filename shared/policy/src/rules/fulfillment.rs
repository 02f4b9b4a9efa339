//! What a supplier's offer for one line of an order is worth (`agents/fulfillment.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Whether the supplier can be asked at all, and sends to the country.
    pub capable: Option<bool>,
    /// Units that the supplier has.
    pub stock_units: Option<i64>,
    /// Units that are wanted.
    pub wanted_units: Option<i64>,
    /// Orders that arrived as they should, in percent.
    pub success_percent: Option<i64>,
    /// Days from order to delivery.
    pub delivery_days: Option<i64>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Whether it can be taken.
    pub usable: bool,
    /// 0 to 100; absent where the supplier's record is not known.
    pub score: Option<i64>,
    /// Each known term, 0 to 100.
    pub terms: BTreeMap<String, i64>,
    /// Terms that were not known.
    pub missing: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
