//! Numbers: plain decimals only, as anything else has two readings.

use super::Value;
use crate::{limits, problem::Fault};
use rust_decimal::{Decimal, prelude::ToPrimitive};

const PLAIN: &str = "write a plain number such as `12.50`";
const WHOLE: &str = "write a whole number such as `12`";
const NO_COMMA: &str = "write a point before decimals and nothing between thousands, such as `1000.00`";

impl Value<'_> {
    /// A decimal that is not negative.
    pub(crate) fn decimal(self) -> Result<Option<Decimal>, Fault> {
        self.not_negative(PLAIN)
    }

    fn not_negative(self, form: &str) -> Result<Option<Decimal>, Fault> {
        let Some(number) = self.signed(form)? else { return Ok(None) };
        if number.is_sign_negative() && !number.is_zero() {
            return Err(self.wrong("is negative", "write zero or more, or leave it empty"));
        }
        Ok(Some(number.abs()))
    }

    /// A decimal of either sign; `form` is the fix when it is none.
    fn signed(self, form: &str) -> Result<Option<Decimal>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        self.check_plain(text, form)?;
        let too_long = || self.wrong("has too many digits", "write at most 28 digits");
        Decimal::from_str_exact(text).map(Some).map_err(|_| too_long())
    }

    /// Refuses what is no plain decimal, naming what is wrong with it.
    fn check_plain(self, text: &str, form: &str) -> Result<(), Fault> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if all_digits(whole) && all_digits(fraction) && !fraction.is_empty() && !digits.starts_with('.') {
            return Ok(());
        }
        if text.contains(',') {
            return Err(self.wrong("has a comma, which can mean thousands or decimals", NO_COMMA));
        }
        let exponent = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.contains(['e', 'E']);
        Err(if exponent { self.wrong("is in scientific notation", form) } else { self.wrong("is not a number", form) })
    }

    /// Refuses `1.000`: one, or a thousand in a country that groups with points.
    pub(super) fn check_grouping(self) -> Result<(), Fault> {
        let Some((whole, fraction)) = self.given().and_then(|text| text.split_once('.')) else { return Ok(()) };
        let grouped = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        let reason = "can mean thousands or three decimals";
        if grouped { Err(self.wrong(reason, NO_COMMA)) } else { Ok(()) }
    }

    /// A count: whole, not negative, below [`limits::COUNT`]; `12.0` counts as 12.
    pub(crate) fn count(self) -> Result<Option<u64>, Fault> {
        let Some(number) = self.not_negative(WHOLE)? else { return Ok(None) };
        self.whole(number).map(Some)
    }

    /// Units in stock of a shop that keeps selling below zero: fewer than none is none.
    pub(crate) fn oversold_count(self) -> Result<Option<u64>, Fault> {
        let Some(number) = self.signed(WHOLE)? else { return Ok(None) };
        self.whole(number.max(Decimal::ZERO)).map(Some)
    }

    fn whole(self, number: Decimal) -> Result<u64, Fault> {
        self.check_grouping()?;
        if !number.is_integer() {
            return Err(self.wrong("is not a whole number", WHOLE));
        }
        let fits = number.to_u64().filter(|count| *count <= limits::COUNT);
        fits.ok_or_else(|| self.wrong("is too large", format!("write at most {}", limits::COUNT)))
    }

    /// A count of days.
    pub(crate) fn days(self) -> Result<Option<u32>, Fault> {
        let Some(days) = self.count()? else { return Ok(None) };
        let fits = u32::try_from(days).ok().filter(|days| *days <= 3_650);
        fits.map(Some).ok_or_else(|| self.wrong("is too many days", "write at most 3650"))
    }

    /// A decimal from 0 to `largest`.
    pub(crate) fn up_to(self, largest: u32) -> Result<Option<Decimal>, Fault> {
        let Some(number) = self.decimal()? else { return Ok(None) };
        if number <= Decimal::from(largest) {
            return Ok(Some(number));
        }
        Err(self.wrong(&format!("is above {largest}"), format!("write a number from 0 to {largest}")))
    }

    /// A percentage from 0 to 100, with or without its sign.
    pub(crate) fn percent(self) -> Result<Option<Decimal>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        Value::new(self.field, text.strip_suffix('%').unwrap_or(text)).up_to(100)
    }

    /// A weight in grams; zero is what shops write where nobody weighed, and is missing.
    pub(crate) fn grams(self) -> Result<Option<Decimal>, Fault> {
        Ok(self.decimal()?.filter(|grams| !grams.is_zero()))
    }

    /// A weight with its unit, such as `1.5 kg`, in grams; zero is missing.
    pub(crate) fn weight(self) -> Result<Option<Decimal>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(split).unwrap_or((text, ""));
        let Some(grams) = grams_per(unit.trim()) else {
            return Err(self.wrong("has no known unit", "write the weight such as `1.5 kg`, `300 g`, `2 lb` or `8 oz`"));
        };
        let Some(number) = Value::new(self.field, number).grams()? else { return Ok(None) };
        let weight = number.checked_mul(grams).map(|weight| weight.normalize());
        weight.map(Some).ok_or_else(|| self.wrong("is too large", "write a weight below a thousand tons"))
    }
}

/// Grams in one unit of weight (pound and ounce as defined in 1959).
fn grams_per(unit: &str) -> Option<Decimal> {
    match unit.to_ascii_lowercase().as_str() {
        "g" => Some(Decimal::ONE),
        "kg" => Some(Decimal::ONE_THOUSAND),
        "lb" | "lbs" => Some(Decimal::new(45_359_237, 5)),
        "oz" => Some(Decimal::new(28_349_523_125, 9)),
        _ => None,
    }
}
