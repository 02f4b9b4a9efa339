//! Addresses with something behind the question mark.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// `url` with these names and values.
pub(super) fn with<'a>(url: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = pairs.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    format!("{url}?{}", pairs.collect::<Vec<_>>().join("&"))
}
