//! The custom scalars of the schema, which GraphQL itself does not check.

use crate::gid;
use axum::http::Uri;
use rust_decimal::Decimal;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What is wrong with `value` as the scalar `name`, in the API's words; `None` when it is fine.
///
/// Stricter than the live API in one point: amounts must be strings, so that no client gets used
/// to sending floats.
pub(crate) fn problem(name: &str, value: &Value) -> Option<String> {
    match (name, value) {
        ("JSON", _) => None,
        ("Int", v) => reject(!is_int(v), v, name),
        ("Float", v) => reject(!v.is_number(), v, name),
        ("Boolean", v) => reject(!v.is_boolean(), v, name),
        ("ID", Value::Number(n)) => Some(format!("Invalid global id '{n}'")),
        (_, Value::String(text)) => text_problem(name, text),
        (_, v) => reject(true, v, name),
    }
}

fn is_int(value: &Value) -> bool {
    value.as_i64().is_some_and(|n| i32::try_from(n).is_ok())
}

fn reject(wrong: bool, value: &Value, name: &str) -> Option<String> {
    wrong.then(|| format!("Could not coerce value {value} to {name}"))
}

fn text_problem(name: &str, text: &str) -> Option<String> {
    match name {
        "ID" => (!gid::is_gid(text)).then(|| format!("Invalid global id '{text}'")),
        "Decimal" | "Money" => (!is_decimal(text)).then(|| format!("invalid {} '{text}'", name.to_lowercase())),
        "DateTime" => invalid(OffsetDateTime::parse(text, &Rfc3339).is_err(), name, text),
        "Date" => invalid(!is_date(text), name, text),
        "URL" => url_problem(text),
        "UnsignedInt64" => text.parse::<u64>().is_err().then(|| format!("UnsignedInt64 invalid value '{text}'")),
        "BigInt" => invalid(text.parse::<i128>().is_err(), name, text),
        "Color" => invalid(!is_color(text), name, text),
        "ARN" => (!text.starts_with("arn:")).then(|| format!("Invalid ARN '{text}'")),
        _ => None,
    }
}

fn invalid(wrong: bool, name: &str, text: &str) -> Option<String> {
    wrong.then(|| format!("invalid {name} '{text}'"))
}

fn is_decimal(text: &str) -> bool {
    text.parse::<Decimal>().is_ok() && text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c))
}

fn is_date(text: &str) -> bool {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    time::Date::parse(text, &form).is_ok()
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()))
}

fn url_problem(text: &str) -> Option<String> {
    let part = match text.split_once(':') {
        None => "scheme",
        Some(_) if !is_web_url(text) => "host",
        Some(_) => return None,
    };
    Some(format!("Invalid url '{text}', missing {part}"))
}

/// Whether the text is an absolute http(s) URL with a host.
pub(crate) fn is_web_url(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_scalar_accepts_its_form_and_refuses_another() {
        let cases = [
            ("Money", json!("12.50"), json!(12.5)),
            ("Money", json!("-1"), json!("1e3")),
            ("Decimal", json!("0.1"), json!("abc")),
            ("DateTime", json!("2026-07-01T10:00:00Z"), json!("yesterday")),
            ("URL", json!("https://example.com/a.png"), json!("javascript:alert(1)")),
            ("ID", json!("gid://shopify/Product/1"), json!("1")),
            ("Int", json!(5), json!(5_000_000_000_i64)),
            ("String", json!("x"), json!(1)),
            ("UnsignedInt64", json!("7"), json!("-7")),
        ];
        for (name, good, bad) in cases {
            assert_eq!(problem(name, &good), None, "{name}");
            assert!(problem(name, &bad).is_some(), "{name}");
        }
    }
}
