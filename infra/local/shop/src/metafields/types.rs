//! Metafield types: their names and what their values must look like.

use crate::scalars;
use rust_decimal::Decimal;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Type names of the live API, list types aside.
const BASE: [&str; 55] = [
    "antenna_gain",
    "area",
    "article_reference",
    "battery_charge_capacity",
    "battery_energy_capacity",
    "boolean",
    "capacitance",
    "collection_reference",
    "color",
    "company_reference",
    "concentration",
    "customer_reference",
    "data_storage_capacity",
    "data_transfer_rate",
    "date",
    "date_time",
    "dimension",
    "disclosure_reference",
    "display_density",
    "distance",
    "duration",
    "electric_current",
    "electrical_resistance",
    "energy",
    "file_reference",
    "frequency",
    "id",
    "illuminance",
    "inductance",
    "json",
    "jurisdiction",
    "language",
    "link",
    "luminous_flux",
    "mass_flow_rate",
    "metaobject_reference",
    "mixed_reference",
    "money",
    "multi_line_text_field",
    "number_decimal",
    "number_integer",
    "order_reference",
    "page_reference",
    "power",
    "pressure",
    "product_reference",
    "product_taxonomy_value_reference",
    "rating",
    "resolution",
    "rich_text_field",
    "rotational_speed",
    "single_line_text_field",
    "sound_level",
    "speed",
    "url",
];
const MEASURES: [&str; 7] =
    ["temperature", "thermal_power", "variant_reference", "voltage", "volume", "volumetric_flow_rate", "weight"];
const NEVER_LISTED: [&str; 8] =
    ["boolean", "id", "json", "language", "money", "multi_line_text_field", "order_reference", "rich_text_field"];

/// Whether the live API knows a type name.
pub(super) fn is_known(kind: &str) -> bool {
    let base = |name: &str| BASE.contains(&name) || MEASURES.contains(&name);
    match kind.strip_prefix("list.") {
        Some("order_reference") => true,
        Some(item) => base(item) && !NEVER_LISTED.contains(&item),
        None => base(kind),
    }
}

/// Whether values of a type may be declared unique.
pub(crate) fn may_be_unique(kind: &str) -> bool {
    matches!(kind, "id" | "single_line_text_field" | "number_integer" | "url")
}

/// What is wrong with a value of a type, in the API's words. Types that the sandbox does not look
/// into are checked for being present only.
pub(super) fn problem(kind: &str, value: &str) -> Option<&'static str> {
    if value.trim().is_empty() {
        return Some("Value can't be blank.");
    }
    if kind.starts_with("list.") {
        let list = serde_json::from_str::<Vec<Value>>(value);
        return list.is_err().then_some("Value is invalid JSON: expected a list.");
    }
    let (fine, message) = match kind {
        "single_line_text_field" | "id" => (!value.contains(['\n', '\r']), "Value must be a single line text string."),
        "number_integer" => (value.parse::<i64>().is_ok(), "Value must be an integer."),
        "number_decimal" => (value.parse::<Decimal>().is_ok(), "Value must be a decimal."),
        "boolean" => (matches!(value, "true" | "false"), "Value must be true or false."),
        "json" | "rich_text_field" | "money" | "rating" | "link" => {
            (serde_json::from_str::<Value>(value).is_ok(), "Value is invalid JSON.")
        }
        "url" => (
            scalars::is_web_url(value),
            "Value must be one of the following URL schemes: http, https, mailto, sms, tel.",
        ),
        "date" => (scalars::problem("Date", &value.into()).is_none(), "Value must be in YYYY-MM-DD format."),
        "date_time" => {
            (is_instant(value), "Value must be in “YYYY-MM-DDTHH:MM:SS” format. For example: 2022-06-01T15:30:00")
        }
        _ => (true, ""),
    };
    (!fine).then_some(message)
}

fn is_instant(value: &str) -> bool {
    OffsetDateTime::parse(value, &Rfc3339).is_ok() || OffsetDateTime::parse(&format!("{value}Z"), &Rfc3339).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_those_of_the_live_api() {
        for known in ["id", "list.url", "weight", "list.order_reference"] {
            assert!(is_known(known), "{known}");
        }
        for unknown in ["string", "list.boolean", "list.id", ""] {
            assert!(!is_known(unknown), "{unknown}");
        }
    }

    #[test]
    fn values_must_fit_their_type() {
        let cases = [
            ("id", "a-1", "a\nb"),
            ("number_integer", "5", "5.5"),
            ("boolean", "true", "yes"),
            ("url", "https://example.com", "ftp://example.com"),
            ("date_time", "2026-06-01T15:30:00", "2026-06-01"),
            ("json", "{}", "{"),
            ("list.single_line_text_field", "[\"a\"]", "a"),
        ];
        for (kind, good, bad) in cases {
            assert_eq!(problem(kind, good), None, "{kind}");
            assert!(problem(kind, bad).is_some(), "{kind}");
        }
    }
}
