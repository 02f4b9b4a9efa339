//! Exact money: a decimal and an ISO 4217 currency.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The largest amount that is accepted anywhere, in units of its currency.
///
/// Not a business limit: far above any real sum, and low enough that sums of many amounts in cents
/// still fit an `i64`.
const LARGEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Why an amount is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The code is not in ISO 4217.
    #[error("`{0}` is not an ISO 4217 currency code, such as `EUR`")]
    Currency(String),
    /// Not a decimal number.
    #[error("`{0}` is not a decimal amount, such as `12.95`")]
    Amount(String),
    /// More digits behind the point than the currency has.
    #[error("{0} has more decimals than {1} allows")]
    Precision(Decimal, Currency),
    /// Larger than any amount that is accepted.
    #[error("{0} is larger than any amount accepted here (1 000 000 000)")]
    TooLarge(Decimal),
    /// Two currencies in one sum.
    #[error("cannot combine {0} with {1}: convert one of them first")]
    Mixed(Currency, Currency),
}

/// An ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The euro, the currency in which policy thresholds are written.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);

    /// Digits behind the decimal point (2 for EUR, 0 for JPY).
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .map(Self)
            .ok_or_else(|| MoneyError::Currency(code.chars().take(16).collect()))
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

/// An exact amount in one currency; may be negative where a difference is meant.
///
/// In JSON: `{"amount": "12.95", "currency": "EUR"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl Money {
    /// An amount that fits its currency.
    ///
    /// # Errors
    /// When it has more decimals than the currency, or is larger than any amount accepted here.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let amount = amount.normalize();
        if amount.abs() > LARGEST {
            return Err(MoneyError::TooLarge(amount));
        }
        if amount.scale() > currency.decimals() {
            return Err(MoneyError::Precision(amount, currency));
        }
        let mut amount = amount;
        amount.rescale(currency.decimals());
        Ok(Self { amount, currency })
    }

    /// An amount read from text such as `12.95`.
    ///
    /// # Errors
    /// As [`Money::new`], and when the text is no plain decimal number.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::Amount(text.chars().take(32).collect());
        let amount = Decimal::from_str_exact(text).map_err(|_| wrong())?;
        Self::new(amount, currency)
    }

    /// The amount nearest to `amount` that the currency can express, half away from zero.
    ///
    /// # Errors
    /// When it is larger than any amount accepted here.
    pub fn rounded(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        Self::new(amount.round_dp_with_strategy(currency.decimals(), MidpointAwayFromZero), currency)
    }

    /// A whole number of euro cents.
    #[must_use]
    pub fn eur_cents(cents: i32) -> Self {
        Self { amount: Decimal::new(i64::from(cents), 2), currency: Currency::EUR }
    }

    /// The number, in units of the currency.
    #[must_use]
    pub const fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Whole cents (hundredths of the unit), the form in which policy sees money.
    ///
    /// `None` when the amount is not a whole number of hundredths.
    #[must_use]
    pub fn cents(&self) -> Option<i64> {
        let cents = self.amount.checked_mul(Decimal::ONE_HUNDRED)?;
        cents.is_integer().then(|| cents.to_i64()).flatten()
    }

    /// Sum of two amounts of one currency.
    ///
    /// # Errors
    /// When the currencies differ or the sum is larger than any amount accepted here.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let sum = self.amount.checked_add(other.amount).ok_or(MoneyError::TooLarge(LARGEST))?;
        Self::new(sum, self.currency)
    }

    /// Difference of two amounts of one currency.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.plus(&Self { amount: -other.amount, currency: other.currency })
    }

    /// The same size without a sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { amount: self.amount.abs(), ..self }
    }

    /// Nothing, in the same currency.
    #[must_use]
    pub fn zero(&self) -> Self {
        Self { amount: Decimal::new(0, self.currency.decimals()), ..*self }
    }

    fn same_currency(&self, other: &Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::Mixed(self.currency, other.currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

impl TryFrom<Wire> for Money {
    type Error = MoneyError;

    fn try_from(wire: Wire) -> Result<Self, MoneyError> {
        Self::parse(&wire.amount, wire.currency)
    }
}

impl From<Money> for Wire {
    fn from(money: Money) -> Self {
        Self { amount: money.amount.to_string(), currency: money.currency }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_that_do_not_fit_are_refused_by_name() {
        let cases = [
            ("12.955", "EUR", "12.955 has more decimals than EUR allows"),
            ("1e5", "EUR", "`1e5` is not a decimal amount, such as `12.95`"),
            ("NaN", "EUR", "`NaN` is not a decimal amount, such as `12.95`"),
            ("1000000000.01", "EUR", "1000000000.01 is larger than any amount accepted here (1 000 000 000)"),
            ("0.5", "JPY", "0.5 has more decimals than JPY allows"),
        ];
        for (text, currency, message) in cases {
            let currency = currency.parse().unwrap();
            assert_eq!(Money::parse(text, currency).unwrap_err().to_string(), message);
        }
        assert!("ZZZ".parse::<Currency>().is_err());
    }

    #[test]
    fn json_is_a_string_and_refuses_a_number() {
        let money: Money = serde_json::from_str(r#"{"amount":"12.9","currency":"EUR"}"#).unwrap();
        assert_eq!(serde_json::to_string(&money).unwrap(), r#"{"amount":"12.90","currency":"EUR"}"#);
        assert!(serde_json::from_str::<Money>(r#"{"amount":12.9,"currency":"EUR"}"#).is_err());
    }

    proptest! {
        #[test]
        fn cents_survive_the_way_through_json(cents in any::<i32>()) {
            let money = Money::eur_cents(cents);
            let back: Money = serde_json::from_str(&serde_json::to_string(&money).unwrap()).unwrap();
            prop_assert_eq!(back.cents(), Some(i64::from(cents)));
        }

        #[test]
        fn adding_and_taking_away_is_nothing(a in -1_000_000..1_000_000_i32, b in -1_000_000..1_000_000_i32) {
            let (a, b) = (Money::eur_cents(a), Money::eur_cents(b));
            prop_assert_eq!(a.plus(&b).unwrap().minus(&b).unwrap(), a);
        }
    }
}
