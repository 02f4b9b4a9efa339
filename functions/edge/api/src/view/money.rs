//! Money on the wire.

use domain::{Currency, Money};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

/// An exact amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Money)]
pub(crate) struct MoneyView {
    /// The amount as a decimal, never a float.
    #[schema(example = "12.95")]
    amount: String,
    /// ISO 4217 code.
    #[schema(example = "EUR")]
    currency: String,
}

impl MoneyView {
    /// A sum of any size.
    pub(crate) fn sum(amount: Decimal, currency: Currency) -> Self {
        Self { amount: amount.to_string(), currency: currency.to_string() }
    }

    /// An amount of whole euro cents, of any size: a sum can be larger than any amount that is taken in.
    pub(crate) fn euro_cents(cents: i64) -> Self {
        Self { amount: Decimal::new(cents, 2).to_string(), currency: Currency::EUR.to_string() }
    }
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self { amount: money.amount().to_string(), currency: money.currency().to_string() }
    }
}
