//! What was found about an order before anything is bought for it.

use crate::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use time::OffsetDateTime;

/// Band of a fraud score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// An ordinary order.
    Low,
    /// Looked at more closely, by checks.
    Medium,
    /// A person looks at it.
    High,
    /// Never sent.
    Blocked,
}

impl Band {
    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Blocked => "blocked",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that speaks for or against an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Code, such as `country_mismatch`.
    pub code: String,
    /// Points that it adds; negative where it speaks for the order.
    pub points: i64,
}

/// What fraud found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// Sum of the points.
    pub score: i64,
    /// Band of the score; at least [`Band::High`] where something could not be looked at.
    pub band: Band,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What was not known.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing: Vec<String>,
    /// For [`Band::Medium`]: whether the further checks were passed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checks_passed: Option<bool>,
    /// Whether a person released it after it was held.
    #[serde(default)]
    pub released: bool,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// How an order is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Sold within our own country.
    Domestic,
    /// Sold to a consumer in another country of the Union, declared through the One Stop Shop.
    Oss,
    /// Sold to a business in another country of the Union, which accounts for the tax itself.
    ReverseCharge,
    /// Sold out of the Union.
    Export,
}

/// The VAT of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Taxed {
    /// How it is taxed.
    pub treatment: Treatment,
    /// ISO 3166 code of the country whose tax it is; absent where none is due.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// Rate in percent, such as `21` or `25.5`.
    pub rate: Decimal,
    /// What of the total is tax.
    pub tax: Money,
    /// What proves it, such as `vies:WAPIAAAAX1234567`: nothing personal.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub evidence: Vec<String>,
    /// The day whose rates were used.
    pub on: String,
}
