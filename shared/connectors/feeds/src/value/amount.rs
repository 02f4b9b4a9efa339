//! Amounts of money: `29.99 EUR`, or a bare number where the feed's currency is known.

use super::Value;
use crate::problem::Fault;
use domain::{Currency, Money};

impl<'a> Value<'a> {
    /// An amount that is not negative; `feed` is the currency of a number without a code.
    pub(crate) fn money(self, feed: Option<Currency>) -> Result<Option<Money>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        let (number, currency) = self.split_currency(text, feed)?;
        let number = Value::new(self.field, number);
        if currency.decimals() != 3 {
            number.check_grouping()?;
        }
        let Some(amount) = number.decimal()? else { return Ok(None) };
        let refused = |error: domain::money::MoneyError| Fault::of(self.field, error.to_string(), "correct the amount");
        Money::new(amount, currency).map(Some).map_err(refused)
    }

    /// A currency code.
    pub(crate) fn currency(self) -> Result<Option<Currency>, Fault> {
        let Some(code) = self.given() else { return Ok(None) };
        let parsed = code.to_ascii_uppercase().parse();
        parsed.map(Some).map_err(|_| self.wrong("is no ISO 4217 currency code", "write it such as `EUR`"))
    }

    fn split_currency(self, text: &'a str, feed: Option<Currency>) -> Result<(&'a str, Currency), Fault> {
        if let Some((number, code)) = text.split_once(char::is_whitespace) {
            let parsed = code.trim().to_ascii_uppercase().parse();
            let fix = "write the amount such as `29.99 EUR`";
            return parsed
                .map(|currency| (number, currency))
                .map_err(|_| self.wrong("has no known currency code", fix));
        }
        let fix = "write the currency behind it, such as `29.99 EUR`, or name the feed's currency in the options";
        feed.map(|currency| (text, currency)).ok_or_else(|| self.wrong("has no currency", fix))
    }
}
