//! A queue's settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::errors;
use crate::http::ApiError;

/// The largest message, attributes included: 1 MiB, also the largest batch.
pub(super) const MAX_MESSAGE: i64 = 1_048_576;

/// Name, least, most and default of the numeric attributes.
const NUMBERS: &[(&str, i64, i64, i64)] = &[
    ("DelaySeconds", 0, 900, 0),
    ("KmsDataKeyReusePeriodSeconds", 60, 86_400, 300),
    ("MaximumMessageSize", 1024, MAX_MESSAGE, MAX_MESSAGE),
    ("MessageRetentionPeriod", 60, 1_209_600, 345_600),
    ("ReceiveMessageWaitTimeSeconds", 0, 20, 0),
    ("VisibilityTimeout", 0, 43_200, 30),
];

const FLAGS: &[&str] = &["ContentBasedDeduplication", "FifoQueue", "SqsManagedSseEnabled"];
const DOCUMENTS: &[&str] = &["Policy", "RedriveAllowPolicy", "RedrivePolicy"];
const CHOICES: &[(&str, &[&str])] =
    &[("DeduplicationScope", &["messageGroup", "queue"]), ("FifoThroughputLimit", &["perMessageGroupId", "perQueue"])];

/// The attributes that were set; the others have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Attributes(BTreeMap<String, String>);

/// After how many receives messages move, and where to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Redrive {
    pub(super) target_arn: String,
    pub(super) max_receives: i64,
}

impl Attributes {
    /// Sets attributes; an empty document removes it, as `RedrivePolicy: ""` does on AWS.
    pub(super) fn set(&mut self, values: BTreeMap<String, String>) -> Result<(), ApiError> {
        for (name, value) in values {
            if value.is_empty() && (DOCUMENTS.contains(&name.as_str()) || name == "KmsMasterKeyId") {
                self.0.remove(&name);
                continue;
            }
            check(&name, &value)?;
            self.0.insert(name, value);
        }
        Ok(())
    }

    /// The value of a numeric attribute, its default if it was not set.
    pub(super) fn number(&self, name: &str) -> i64 {
        let default = NUMBERS.iter().find(|row| row.0 == name).map_or(0, |row| row.3);
        let set = self.0.get(name).and_then(|value| value.parse().ok());
        set.unwrap_or(default)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value == "true")
    }

    pub(super) fn is_fifo(&self) -> bool {
        self.flag("FifoQueue")
    }

    /// Whether message ids are compared within their group only.
    pub(super) fn dedups_by_group(&self) -> bool {
        self.0.get("DeduplicationScope").is_some_and(|scope| scope == "messageGroup")
    }

    pub(super) fn redrive(&self) -> Option<Redrive> {
        self.0.get("RedrivePolicy").and_then(|policy| redrive(policy))
    }

    /// The first attribute of `wanted` that differs from ours.
    pub(super) fn difference<'a>(&self, wanted: &'a Self) -> Option<&'a str> {
        let differs = |name: &&String| self.shown(name) != wanted.shown(name);
        wanted.0.keys().find(differs).map(String::as_str)
    }

    /// Every attribute with its value, defaults included.
    pub(super) fn all(&self) -> BTreeMap<String, String> {
        let hidden = |name: &str| name.starts_with("Kms");
        let mut all: BTreeMap<String, String> =
            NUMBERS.iter().filter(|row| !hidden(row.0)).map(|row| (row.0.to_owned(), row.3.to_string())).collect();
        all.extend(self.0.clone());
        all
    }

    fn shown(&self, name: &str) -> Option<String> {
        let set = self.0.get(name).cloned();
        set.or_else(|| NUMBERS.iter().find(|row| row.0 == name).map(|row| row.3.to_string()))
    }
}

fn check(name: &str, value: &str) -> Result<(), ApiError> {
    let wrong = || errors::bad_attribute(name, value);
    let valid = if let Some((_, least, most, _)) = NUMBERS.iter().find(|row| row.0 == name) {
        value.parse::<i64>().is_ok_and(|n| (*least..=*most).contains(&n))
    } else if FLAGS.contains(&name) {
        value == "true" || value == "false"
    } else if let Some((_, choices)) = CHOICES.iter().find(|row| row.0 == name) {
        choices.contains(&value)
    } else if name == "RedrivePolicy" {
        redrive(value).is_some_and(|policy| (1..=1000).contains(&policy.max_receives))
    } else if DOCUMENTS.contains(&name) {
        serde_json::from_str::<Value>(value).is_ok()
    } else if name == "KmsMasterKeyId" {
        true
    } else {
        return Err(errors::unknown_attribute(name));
    };
    valid.then_some(()).ok_or_else(wrong)
}

/// Reads a redrive policy; the count may be a number or a string of one.
fn redrive(text: &str) -> Option<Redrive> {
    let policy: Value = serde_json::from_str(text).ok()?;
    let count = policy.get("maxReceiveCount")?;
    let as_text = || count.as_str()?.parse().ok();
    Some(Redrive {
        target_arn: policy.get("deadLetterTargetArn")?.as_str()?.to_owned(),
        max_receives: count.as_i64().or_else(as_text)?,
    })
}
