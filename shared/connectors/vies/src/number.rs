//! A VAT number as VIES writes it.

use std::{fmt, str::FromStr};

/// A VAT number: the country as VIES names it, and the rest.
#[derive(Clone, PartialEq, Eq)]
pub struct VatNumber {
    country: String,
    digits: String,
}

/// A text that is no VAT number of the Union.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no VAT number: two letters of a country of the Union, then 2 to 12 letters and digits")]
pub struct NotANumber;

/// Countries by the letters that VAT numbers begin with: Greece is `EL` there, Northern Ireland `XI`.
const COUNTRIES: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

impl VatNumber {
    /// The country, as VIES names it.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The country's ISO 3166 code.
    #[must_use]
    pub fn iso(&self) -> &str {
        match self.country.as_str() {
            "EL" => "GR",
            "XI" => "GB",
            other => other,
        }
    }

    /// What follows the country.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

impl FromStr for VatNumber {
    type Err = NotANumber;

    /// People write spaces, points and dashes, and `GR` for Greece.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '_')).collect();
        let plain = plain.to_ascii_uppercase();
        let (country, digits) = plain.split_at_checked(2).ok_or(NotANumber)?;
        let country = if country == "GR" { "EL" } else { country };
        let fits =
            (2..=12).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_alphanumeric() || "+*".contains(c));
        if !COUNTRIES.contains(&country) || !fits {
            return Err(NotANumber);
        }
        Ok(Self { country: country.to_owned(), digits: digits.to_owned() })
    }
}

impl fmt::Debug for VatNumber {
    /// A one-person business is a person: the number stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VatNumber({}…)", self.country)
    }
}
