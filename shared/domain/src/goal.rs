//! What the store aims at.

use crate::ActionId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A goal in force. It is changed by `goal.set`, an action like any other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Its name, which says its unit, such as `daily_revenue_eur`.
    pub name: String,
    /// Its value, in its own unit.
    pub value: Decimal,
    /// The action that set it.
    pub action: ActionId,
    /// Who allowed that: people, the CEO function, or policy.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub by: Vec<String>,
    /// Since when it is in force.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Goal {
    /// The only status of a goal.
    pub const STATUS: &'static str = "SET";
    /// The field of a goal's fact that holds its value.
    pub const FIELD: &'static str = "value";

    /// The source under which agents and premises know the goal `name`.
    #[must_use]
    pub fn source(name: &str) -> String {
        format!("goal:{name}")
    }
}
