use super::Value;
use domain::Currency;
use rust_decimal::Decimal;

fn value(text: &str) -> Value<'_> {
    Value::new("field", text)
}

#[test]
fn a_placeholder_is_missing_and_not_wrong() {
    for text in ["", "  ", "N/A", "n/a", "null", "-", "—", "Unknown", "TBD", "#N/A"] {
        assert_eq!(value(text).decimal(), Ok(None), "{text}");
        assert_eq!(value(text).money(None), Ok(None), "{text}");
        assert_eq!(value(text).name(10), Ok(None), "{text}");
    }
}

#[test]
fn a_number_with_two_readings_is_refused_with_the_fix() {
    let cases = [
        ("1.000,00", "has a comma, which can mean thousands or decimals"),
        ("1,000", "has a comma, which can mean thousands or decimals"),
        ("1.000", "can mean thousands or three decimals"),
        ("12.500", "can mean thousands or three decimals"),
        ("1e999", "is in scientific notation"),
        ("-4.10", "is negative"),
        ("NaN", "is not a number"),
        ("inf", "is not a number"),
        ("twelve", "is not a number"),
        ("€12", "is not a number"),
        ("1_000", "is not a number"),
        (".5", "is not a number"),
        ("5.", "is not a number"),
        ("0x10", "is not a number"),
        ("123456789012345678901234567890", "has too many digits"),
    ];
    for (text, reason) in cases {
        let fault = value(text).money(Some(Currency::EUR)).unwrap_err();
        assert_eq!(fault.reason, format!("`{text}` {reason}"));
        assert_eq!(fault.field.as_deref(), Some("field"));
        assert!(!fault.fix.is_empty());
    }
}

#[test]
fn an_amount_carries_its_currency_or_takes_the_feeds() {
    let cases = [
        ("29.99 EUR", None, "EUR 29.99"),
        ("29.99 usd", Some(Currency::EUR), "USD 29.99"),
        ("29.9", Some(Currency::EUR), "EUR 29.90"),
        ("0", Some(Currency::EUR), "EUR 0.00"),
        ("1500 JPY", None, "JPY 1500"),
        ("1.250 KWD", None, "KWD 1.250"),
    ];
    for (text, feed, shown) in cases {
        assert_eq!(value(text).money(feed).unwrap().unwrap().to_string(), shown);
    }
}

#[test]
fn an_amount_without_a_known_currency_is_refused() {
    let cases = [
        ("29.99", "`29.99` has no currency"),
        ("29.99 XYZ", "`29.99 XYZ` has no known currency code"),
        ("29.99 euros", "`29.99 euros` has no known currency code"),
        ("29.999 EUR", "`29.999` can mean thousands or three decimals"),
        ("29.9999 EUR", "29.9999 has more decimals than EUR allows"),
        ("9999999999 EUR", "9999999999 is larger than any amount accepted here (1 000 000 000)"),
    ];
    for (text, reason) in cases {
        assert_eq!(value(text).money(None).unwrap_err().reason, reason);
    }
}

#[test]
fn a_count_is_whole_and_bounded() {
    assert_eq!(value("12").count(), Ok(Some(12)));
    assert_eq!(value("12.0").count(), Ok(Some(12)));
    assert_eq!(value("-0").count(), Ok(Some(0)));
    for (text, reason) in [
        ("12.5", "is not a whole number"),
        ("-1", "is negative"),
        ("1.000", "can mean thousands or three decimals"),
        ("99999999999", "is too large"),
    ] {
        assert_eq!(value(text).count().unwrap_err().reason, format!("`{text}` {reason}"));
    }
}

#[test]
fn stock_below_zero_is_none_where_a_shop_oversells() {
    assert_eq!(value("-3").oversold_count(), Ok(Some(0)));
    assert!(value("-3.5x").oversold_count().is_err());
}

#[test]
fn weights_come_in_grams_and_zero_is_not_a_weight() {
    let cases = [("1.5 kg", "1500"), ("300g", "300"), ("2 lb", "907.18474"), ("8 OZ", "226.796185")];
    for (text, grams) in cases {
        assert_eq!(value(text).weight(), Ok(Some(grams.parse::<Decimal>().unwrap())), "{text}");
    }
    assert_eq!(value("0 kg").weight(), Ok(None));
    assert_eq!(value("0").grams(), Ok(None));
    assert!(value("5").weight().unwrap_err().reason.contains("no known unit"));
    assert!(value("5 stone").weight().is_err());
}

#[test]
fn dates_may_be_days_months_and_moments() {
    for (text, day) in [
        ("2026-11-15", "2026-11-15"),
        ("2026-11", "2026-11-01"),
        ("2026-11-15T13", "2026-11-15"),
        ("2026-11-15 13:00", "2026-11-15"),
    ] {
        assert_eq!(value(text).date().unwrap().unwrap().to_string(), day);
    }
    for text in ["15/11/2026", "2026-13-01", "2026-11-15x", "Week", "2026-02-30"] {
        assert!(value(text).date().is_err(), "{text}");
    }
}

#[test]
fn an_address_is_http_and_whole() {
    assert!(value("https://images.example.com/a.jpg").address().unwrap().is_some());
    for text in
        ["//cdn.example.com/a.jpg", "ftp://example.com/a", "javascript:alert(1)", "a.jpg", "data:image/png;base64,AA"]
    {
        assert!(value(text).address().unwrap_err().reason.ends_with("is not a web address"), "{text}");
    }
}

#[test]
fn text_is_bounded_and_free_of_control_characters() {
    let long = "x".repeat(1_000_000);
    let fault = value(&long).name(255).unwrap_err();
    assert!(fault.reason.len() < 120, "{}", fault.reason);
    assert!(fault.reason.ends_with("is too long: 1000000 characters"));
    assert_eq!(fault.fix, "shorten it to 255 characters");
    assert!(value("a\u{0}b").prose(255).is_err());
    assert_eq!(value("a\nb").prose(255), Ok(Some("a\nb".into())));
    assert_eq!(value("None").prose(255), Ok(Some("None".into())));
}

#[test]
fn percent_takes_its_sign_and_ends_at_a_hundred() {
    assert_eq!(value("98.5%").percent(), Ok(Some(Decimal::new(985, 1))));
    assert!(value("100.1").percent().is_err());
    assert!(value("%").percent().is_ok_and(|none| none.is_none()));
}

#[test]
fn parts_are_trimmed_and_each_once() {
    assert_eq!(value(" a, b ,,a").parts(10), Ok(vec!["a".into(), "b".into()]));
}
