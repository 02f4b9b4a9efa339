//! Text and number forms that the API and the pages share.

use rust_decimal::{Decimal, RoundingStrategy};
use time::OffsetDateTime;
use time::macros::format_description;

/// An instant as the API writes it: UTC, whole seconds.
pub(crate) fn stamp(at: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    at.to_offset(time::UtcOffset::UTC).format(&form).unwrap_or_default()
}

/// `Money`: two decimals, as variant prices are answered.
pub(crate) fn money(amount: Decimal) -> String {
    format!("{:.2}", cents(amount))
}

/// Rounds an amount to cents the way the store does.
pub(crate) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// `Decimal` in a `MoneyV2`: no trailing zeros but at least one decimal (`10.0`).
pub(crate) fn decimal(amount: Decimal) -> String {
    let plain = amount.normalize();
    match plain.scale() {
        0 => format!("{plain}.0"),
        _ => plain.to_string(),
    }
}

/// The text of an HTML fragment: tags dropped, entities decoded, white space collapsed.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    let decoded = html_escape::decode_html_entities(&text);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_and_a_broken_tag_hides_the_rest() {
        assert_eq!(plain("<p>Soft &amp; <b>warm</b></p>"), "Soft & warm");
        assert_eq!(plain("ok <script src=x"), "ok");
        assert_eq!(plain("a > b"), "a > b");
    }

    #[test]
    fn amounts_are_written_as_the_api_writes_them() {
        let amount = |s: &str| s.parse::<Decimal>().unwrap();
        assert_eq!(money(amount("12.345")), "12.35");
        assert_eq!(money(amount("7")), "7.00");
        assert_eq!(decimal(amount("10.00")), "10.0");
        assert_eq!(decimal(amount("3.50")), "3.5");
    }
}
