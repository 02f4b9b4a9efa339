//! Figures as people of either language write them.

use domain::text::{Lang, is_hidden};
use serde::Deserialize;
use serde_json::Value;

/// The currency of `thresholds.rego`.
pub(super) const EURO: &str = "EUR";

/// Longer texts are cut in a sentence.
const LONGEST: usize = 200;

/// What a code's figures count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    /// Hundredths of a currency's unit.
    Cents,
    /// Hundredths of a whole.
    Percent,
    /// Things.
    Count,
    /// The name of a fact.
    Fact,
    /// A word or code.
    #[default]
    Text,
}

/// How figures are written.
pub(super) struct Style {
    pub(super) lang: Option<Lang>,
    pub(super) line: &'static str,
    pub(super) unknown: &'static str,
    thousands: &'static str,
    decimal: &'static str,
}

/// For machines.
pub(super) const PLAIN: Style = Style { lang: None, line: "", unknown: "", thousands: "", decimal: "." };

/// English.
pub(super) const ENGLISH: Style =
    Style { lang: Some(Lang::En), line: "line", unknown: "unknown", thousands: ",", decimal: "." };

/// Dutch.
pub(super) const DUTCH: Style =
    Style { lang: Some(Lang::Nl), line: "regel", unknown: "onbekend", thousands: ".", decimal: "," };

/// A value of a rule in words.
pub(super) fn show(value: &Value, unit: Unit, currency: &str, style: &Style) -> String {
    match (value.as_i64(), unit) {
        (Some(cents), Unit::Cents) => money(cents, currency, style),
        (Some(number), Unit::Percent) => format!("{} %", whole(number, style)),
        (Some(number), _) => whole(number, style),
        (None, Unit::Fact) => fact(value.as_str().unwrap_or_default(), style),
        (None, _) => plain(&value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

fn fact(path: &str, style: &Style) -> String {
    style.lang.and_then(|lang| super::words::fact(path, lang)).unwrap_or_else(|| plain(path))
}

fn money(cents: i64, currency: &str, style: &Style) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (units, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let units = grouped(&units.to_string(), style.thousands);
    format!("{sign}{currency} {units}{}{rest:02}", style.decimal)
}

fn whole(number: i64, style: &Style) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string(), style.thousands))
}

fn grouped(digits: &str, mark: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

/// Text that may come from outside, as harmless as a word.
fn plain(text: &str) -> String {
    let shown = |c: &char| !is_hidden(*c);
    text.chars().filter(shown).take(LONGEST).collect()
}
