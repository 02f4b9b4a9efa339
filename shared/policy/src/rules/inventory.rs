//! What becomes of one variant's stock (`agents/inventory.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};

/// One variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Units that the supplier has; needed.
    pub supplier_units: Option<i64>,
    /// Units that customers have bought and that no supplier has taken on yet; needed.
    pub owed_units: Option<i64>,
    /// Units that the shop shows, not below 0.
    pub shop_units: Option<i64>,
    /// Units of the product's other variants that can be sold.
    pub other_units: Option<i64>,
    /// Units of our own, where we keep stock.
    pub own_units: Option<i64>,
    /// Reorder point, rounded up.
    pub reorder_units: Option<i64>,
    /// Economic order quantity, rounded.
    pub economic_units: Option<i64>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Units that the shop may show; absent when something needed is missing.
    pub sellable_units: Option<i64>,
    /// Whether the shop shows something else.
    pub set: bool,
    /// Whether nothing of the product can be sold.
    pub sold_out: bool,
    /// Units to be ordered, where stock of our own has run low.
    pub restock_units: Option<i64>,
    /// Needed facts that were not known.
    pub missing: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
