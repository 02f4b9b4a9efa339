//! What becomes of one variant's stock (`agents/inventory.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};

/// One variant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Units that the supplier has; needed.
    pub supplier_units: Option<i64>,
    /// Units that are promised already: customers have bought them and no supplier has taken them on yet, or they are
    /// for sale at further locations; needed.
    pub owed_units: Option<i64>,
    /// Units that the shop shows where the stock follows its supplier's, not below 0.
    pub shop_units: Option<i64>,
    /// Units that can be sold beside those.
    pub other_units: Option<i64>,
    /// Units of our own that can be sold, where we keep stock.
    pub own_units: Option<i64>,
    /// Units of our own that were ordered and have not come.
    pub on_order_units: Option<i64>,
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
