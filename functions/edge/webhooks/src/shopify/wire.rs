//! Values as the shop writes them, read from their very digits: an id may be beyond what a float can count, and an
//! amount may come as a number.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::value::RawValue;

/// An id: a number, its digits as text, or a global id that ends in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id(pub(super) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get().trim_matches('"');
        let last = text.rsplit('/').next().unwrap_or_default();
        let digits = last.split('?').next().unwrap_or_default();
        if !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(digits.to_owned()));
        }
        Err(D::Error::custom("an id has digits only"))
    }
}

/// An amount without its currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount(pub(super) Decimal);

/// A number that went through a float on its way (the event bus writes bodies anew) is exact up to so many digits.
const EXACT: usize = 15;

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let said = raw.get();
        let text = said.trim_matches('"');
        let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        if said.len() == text.len() && digits > EXACT {
            return Err(D::Error::custom("an amount has more digits than a number can carry"));
        }
        Decimal::from_str_exact(text).map(Self).map_err(|_| D::Error::custom("an amount is a decimal number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_beyond_two_to_the_53_keeps_every_digit() {
        for text in ["820982911946154508", "\"820982911946154508\"", "\"gid://shopify/Order/820982911946154508\""] {
            assert_eq!(serde_json::from_str::<Id>(text).unwrap().0, "820982911946154508");
        }
        for bad in ["1.5", "-1", "null", "\"\"", "\"abc\"", "{}", "8e17"] {
            assert!(serde_json::from_str::<Id>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_amount_is_exact_as_text_and_as_a_number() {
        for (text, amount) in [("\"89.99\"", "89.99"), ("89.99", "89.99"), ("0.0", "0.0"), ("-3", "-3"), ("0.1", "0.1")]
        {
            assert_eq!(serde_json::from_str::<Amount>(text).unwrap().0, amount.parse().unwrap());
        }
        for bad in ["\"\"", "\"1,50\"", "null", "[1]", "1234567890123456.78"] {
            assert!(serde_json::from_str::<Amount>(bad).is_err(), "{bad}");
        }
    }
}
