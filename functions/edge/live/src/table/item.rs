//! Attributes of rows.

use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::{BTreeSet, HashMap};
use time::OffsetDateTime;

/// A row.
pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(super) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// An instant in whole seconds, as time to live has it.
pub(super) fn instant(at: OffsetDateTime) -> AttributeValue {
    number(at.unix_timestamp())
}

/// Texts without an order; at least one.
pub(super) fn texts<'a>(values: impl IntoIterator<Item = &'a str>) -> AttributeValue {
    AttributeValue::Ss(values.into_iter().map(str::to_owned).collect())
}

/// A key.
pub(super) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

pub(super) fn get_text<'a>(row: &'a Item, name: &str) -> Option<&'a str> {
    row.get(name)?.as_s().ok().map(String::as_str)
}

pub(super) fn get_number<T: std::str::FromStr>(row: &Item, name: &str) -> Option<T> {
    row.get(name)?.as_n().ok()?.parse().ok()
}

pub(super) fn get_instant(row: &Item, name: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(get_number(row, name)?).ok()
}

/// A set of texts; empty where there is none.
pub(super) fn get_texts(row: &Item, name: &str) -> BTreeSet<String> {
    let values = row.get(name).and_then(|value| value.as_ss().ok());
    values.into_iter().flatten().cloned().collect()
}
