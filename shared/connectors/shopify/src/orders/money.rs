//! Amounts as the API writes them.

use domain::{Currency, Money};
use rust_decimal::Decimal;
use serde::Deserialize;

/// An amount in the shop's currency.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bag {
    shop_money: MoneyV2,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MoneyV2 {
    #[serde(with = "rust_decimal::serde::str")]
    amount: Decimal,
    currency_code: Currency,
}

impl Bag {
    /// The amount; one with more decimals than its currency has, which only a tax can be, is rounded.
    pub(crate) fn money(&self) -> Result<Money, String> {
        let MoneyV2 { amount, currency_code } = &self.shop_money;
        Money::rounded(*amount, *currency_code).map_err(|error| error.to_string())
    }
}
