//! What the table's stream says, as the relay reads it.

use crate::keys;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use time::OffsetDateTime;

/// One committed change of one row.
#[derive(Debug, Clone)]
pub struct Change {
    /// First part of the partition key, such as `ACTION`.
    pub kind: String,
    /// Second part of the partition key.
    pub id: String,
    /// Sort key.
    pub sk: String,
    /// Status before, if the row was there.
    pub old_status: Option<String>,
    /// Status now, if the row is there and has one.
    pub new_status: Option<String>,
    /// Version now, if the row has one.
    pub seq: Option<u64>,
    /// Whether the row is new.
    pub inserted: bool,
    /// The record's number in the stream: later changes of one row have greater ones. Empty where there is none.
    pub number: String,
    /// When it was committed, to the second; absent where the record does not say.
    pub at: Option<OffsetDateTime>,
    body: Option<String>,
    old: Value,
    new: Value,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "eventName")]
    name: String,
    dynamodb: Images,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Images {
    keys: Value,
    #[serde(default)]
    new_image: Value,
    #[serde(default)]
    old_image: Value,
    #[serde(default)]
    sequence_number: String,
    #[serde(default, rename = "ApproximateCreationDateTime")]
    created: Option<f64>,
}

impl Change {
    /// Reads one record of a Lambda stream event.
    ///
    /// # Errors
    /// When it is no stream record of our table.
    pub fn read(record: &Value) -> Result<Self, serde_json::Error> {
        let Record { name, dynamodb: images } = Record::deserialize(record)?;
        let pk = text(&images.keys, "pk").unwrap_or_default();
        let (kind, id) = pk.split_once('#').unwrap_or((&pk, ""));
        Ok(Self {
            kind: kind.to_owned(),
            id: id.to_owned(),
            sk: text(&images.keys, "sk").unwrap_or_default(),
            old_status: text(&images.old_image, "status"),
            new_status: text(&images.new_image, "status"),
            seq: images.new_image.pointer("/seq/N").and_then(Value::as_str).and_then(|n| n.parse().ok()),
            inserted: name == "INSERT",
            number: images.sequence_number,
            at: images.created.and_then(instant),
            body: text(&images.new_image, "body"),
            old: images.old_image,
            new: images.new_image,
        })
    }

    /// Whether this is a thing's state, and not an audit row.
    #[must_use]
    pub fn is_state(&self) -> bool {
        self.sk == keys::STATE
    }

    /// Whether the row is still there.
    #[must_use]
    pub const fn is_present(&self) -> bool {
        self.body.is_some()
    }

    /// A text attribute of the row, before and now.
    #[must_use]
    pub fn attribute(&self, name: &str) -> (Option<String>, Option<String>) {
        (text(&self.old, name), text(&self.new, name))
    }

    /// The row's content before; absent where the row was not there.
    ///
    /// # Errors
    /// When it held something else.
    pub fn old_body<T: DeserializeOwned>(&self) -> Result<Option<T>, serde_json::Error> {
        text(&self.old, "body").map(|body| serde_json::from_str(&body)).transpose()
    }

    /// The row's content now.
    ///
    /// # Errors
    /// When the row is gone or holds something else.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.body.as_deref().unwrap_or_default())
    }
}

#[allow(clippy::cast_possible_truncation, reason = "whole seconds are wanted")]
fn instant(seconds: f64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds as i64).ok()
}

fn text(image: &Value, name: &str) -> Option<String> {
    image.get(name)?.get("S")?.as_str().map(str::to_owned)
}
