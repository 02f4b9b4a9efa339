//! What the table's stream says, as the relay reads it.

use crate::keys;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

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
    body: Option<String>,
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
            body: text(&images.new_image, "body"),
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

    /// The row's content now.
    ///
    /// # Errors
    /// When the row is gone or holds something else.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.body.as_deref().unwrap_or_default())
    }
}

fn text(image: &Value, name: &str) -> Option<String> {
    image.get(name)?.get("S")?.as_str().map(str::to_owned)
}
