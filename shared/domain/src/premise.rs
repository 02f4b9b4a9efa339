//! Facts that a decision rests on, and that the executor reads again before it acts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A fact that can be read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Premise {
    /// Where it is read: the key of a fact row, such as `product:acme/sku-1`.
    pub source: String,
    /// Which field of it, such as `cost`.
    pub field: String,
    /// What must hold for the value found there.
    pub holds: Holds,
}

/// What must hold for a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// It is exactly this text.
    Is(String),
    /// It is a whole number of at least this.
    AtLeast(i64),
}

impl Premise {
    /// Whether the value found now still carries the decision; an absent one never does.
    #[must_use]
    pub fn holds_for(&self, found: Option<&str>) -> bool {
        match (&self.holds, found) {
            (Holds::Is(wanted), Some(found)) => wanted == found,
            (Holds::AtLeast(least), Some(found)) => found.parse::<i64>().is_ok_and(|n| n >= *least),
            (_, None) => false,
        }
    }
}

impl Premise {
    /// The premise that holds for what was found: what a person agrees to who is asked again.
    #[must_use]
    pub fn as_found(&self, found: &str) -> Self {
        let holds = match (&self.holds, found.parse::<i64>()) {
            (Holds::AtLeast(least), Ok(found)) => Holds::AtLeast(found.min(*least)),
            _ => Holds::Is(found.to_owned()),
        };
        Self { holds, ..self.clone() }
    }
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(value) => f.write_str(value),
            Self::AtLeast(least) => write!(f, "at least {least}"),
        }
    }
}
