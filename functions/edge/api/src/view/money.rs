//! Money on the wire.

use domain::Money;
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

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self { amount: money.amount().to_string(), currency: money.currency().to_string() }
    }
}
