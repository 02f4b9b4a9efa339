//! Reading and writing attributes.

use crate::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// One row as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// A text attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A key of the table.
pub(crate) fn key(pk: &str, sk: &str) -> Item {
    HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

/// A text attribute that must be there.
pub(crate) fn get_text<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    let value = item.get(name).and_then(|value| value.as_s().ok());
    value.map(String::as_str).ok_or_else(|| corrupt(item, &format!("attribute `{name}` is missing or no text")))
}

/// A whole number that must be there.
pub(crate) fn get_number(item: &Item, name: &str) -> Result<u64, StoreError> {
    let value = item.get(name).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
    value.ok_or_else(|| corrupt(item, &format!("attribute `{name}` is missing or no whole number")))
}

/// A row that cannot be understood.
pub(crate) fn corrupt(item: &Item, why: &str) -> StoreError {
    let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).map_or("?", String::as_str);
    StoreError::Corrupt { key: format!("{} {}", part("pk"), part("sk")), why: why.to_owned() }
}
