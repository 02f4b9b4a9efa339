//! The kept table of VAT rates, with its history. Where it is from stands in it.

use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use time::OffsetDateTime;

const KEPT: &str = include_str!("../data/rates.json");

/// Standard rates of the Union by country and time.
#[derive(Debug, Clone, Deserialize)]
pub struct Rates {
    /// Where the table is from.
    pub source: String,
    #[serde(with = "time::serde::rfc3339")]
    from: OffsetDateTime,
    rates: BTreeMap<String, Vec<Rate>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Rate {
    rate: Decimal,
    /// Until when, that moment excluded; absent for the one in force.
    #[serde(default, with = "time::serde::rfc3339::option")]
    until: Option<OffsetDateTime>,
}

impl Rates {
    /// The table of this function.
    ///
    /// # Errors
    /// When it is not what it should be.
    pub fn kept() -> Result<Self, serde_json::Error> {
        serde_json::from_str(KEPT)
    }

    /// Whether the country is in the Union.
    #[must_use]
    pub fn knows(&self, country: &str) -> bool {
        self.rates.contains_key(country)
    }

    /// The standard rate of a country at a moment, in percent; nothing where the table does not say.
    #[must_use]
    pub fn at(&self, country: &str, at: OffsetDateTime) -> Option<Decimal> {
        let rows = self.rates.get(country).filter(|_| at >= self.from)?;
        let holds = rows.iter().filter(|row| row.until.is_none_or(|until| at < until));
        holds.min_by_key(|row| row.until.unwrap_or_else(far)).map(|row| row.rate)
    }

    /// The countries of the Union.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        self.rates.keys().map(String::as_str)
    }
}

/// Later than any end of a rate.
fn far() -> OffsetDateTime {
    time::Date::MAX.midnight().assume_utc()
}
