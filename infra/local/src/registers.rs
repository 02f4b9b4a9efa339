//! The register of VAT numbers of the sandbox, and the business that it belongs to: one in the Netherlands.

use axum::Router;
use offices::Offices;
use std::collections::BTreeMap;

/// What the functions of finance need, where nobody set it otherwise. The warehouse stays off: it has no credential.
pub(crate) fn settings(vars: &mut BTreeMap<String, String>, shop: &str) {
    let settings = [
        ("ROYAL_SEAT", "NL".to_owned()),
        ("ROYAL_VAT_NUMBER", "NL123456789B01".to_owned()),
        ("ROYAL_VIES_URL", format!("{shop}/vies")),
    ];
    for (name, value) in settings {
        vars.entry(name.to_owned()).or_insert(value);
    }
}

/// The register that answers.
pub(crate) fn router() -> Router {
    Offices::default().router()
}
