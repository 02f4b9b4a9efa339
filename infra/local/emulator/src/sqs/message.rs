//! A received message, as the API and as Lambda show it.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde_json::{Map, Value, json};

use super::digest;
use super::receipt::Receipt;
use super::send::sequence_number;
use crate::env::Names;

/// The columns that [`Received::read`] expects.
pub(super) const COLUMNS: &str = "m.seq, m.queue, m.id, m.body, m.attributes, m.trace, m.group_id, m.dedup_id, \
     m.source_arn, m.sent_ms, m.first_ms, m.receives, m.tries";

/// A message that was received and is now hidden from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Received {
    pub(crate) id: String,
    pub(crate) receipt: String,
    pub(super) seq: i64,
    pub(super) receives: i64,
    pub(super) tries: i64,
    pub(super) first_ms: Option<i64>,
    queue: i64,
    body: String,
    attributes: Map<String, Value>,
    trace: Map<String, Value>,
    group_id: Option<String>,
    dedup_id: Option<String>,
    source_arn: Option<String>,
    sent_ms: i64,
}

impl Received {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let map = |column: usize| -> rusqlite::Result<Map<String, Value>> {
            let text: Option<String> = row.get(column)?;
            Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
        };
        Ok(Self {
            seq: row.get(0)?,
            queue: row.get(1)?,
            id: row.get(2)?,
            body: row.get(3)?,
            attributes: map(4)?,
            trace: map(5)?,
            group_id: row.get(6)?,
            dedup_id: row.get(7)?,
            source_arn: row.get(8)?,
            sent_ms: row.get(9)?,
            first_ms: row.get(10)?,
            receives: row.get(11)?,
            tries: row.get(12)?,
            receipt: String::new(),
        })
    }

    /// Counts this receive.
    pub(super) fn taken(mut self, now_ms: i64) -> Self {
        self.receives = self.receives.saturating_add(1);
        self.first_ms = self.first_ms.or(Some(now_ms));
        self.receipt = Receipt { queue: self.queue, seq: self.seq, receives: self.receives }.encode();
        self
    }

    /// The `Message` of a `ReceiveMessage` answer with the attributes that were asked for.
    pub(super) fn render(&self, system: &[String], attributes: &[String]) -> Value {
        let mut answer = json!({
            "MessageId": self.id,
            "ReceiptHandle": self.receipt,
            "Body": self.body,
            "MD5OfBody": digest::of_body(&self.body),
        });
        let mut shown = self.system_attributes(None);
        shown.retain(|name, _| system.iter().any(|wanted| wanted == "All" || wanted == name));
        let mut chosen = self.attributes.clone();
        chosen.retain(|name, _| attributes.iter().any(|wanted| selects(wanted, name)));
        if let Some(fields) = answer.as_object_mut() {
            if !shown.is_empty() {
                fields.insert("Attributes".to_owned(), json!(shown));
            }
            if let Some(md5) = digest::of_attributes(&chosen) {
                fields.insert("MD5OfMessageAttributes".to_owned(), json!(md5));
                fields.insert("MessageAttributes".to_owned(), Value::Object(chosen));
            }
        }
        answer
    }

    /// The record of the event that Lambda delivers.
    pub(crate) fn lambda_record(&self, names: &Names, queue: &str) -> Value {
        let attributes: Map<String, Value> =
            self.attributes.iter().map(|(name, attribute)| (name.clone(), lambda_attribute(attribute))).collect();
        let mut record = json!({
            "messageId": self.id,
            "receiptHandle": self.receipt,
            "body": self.body,
            "attributes": self.system_attributes(Some(&names.account)),
            "messageAttributes": attributes,
            "md5OfBody": digest::of_body(&self.body),
            "eventSource": "aws:sqs",
            "eventSourceARN": names.queue_arn(queue),
            "awsRegion": names.region,
        });
        if let (Some(md5), Some(fields)) = (digest::of_attributes(&self.attributes), record.as_object_mut()) {
            fields.insert("md5OfMessageAttributes".to_owned(), json!(md5));
        }
        record
    }

    fn system_attributes(&self, sender: Option<&str>) -> BTreeMap<&'static str, String> {
        let trace = self.trace.get("AWSTraceHeader").and_then(|t| t.get("StringValue"));
        let fifo = self.dedup_id.is_some();
        let table = [
            ("SenderId", Some(sender.unwrap_or("000000000000").to_owned())),
            ("SentTimestamp", Some(self.sent_ms.to_string())),
            ("ApproximateReceiveCount", Some(self.receives.to_string())),
            ("ApproximateFirstReceiveTimestamp", self.first_ms.map(|ms| ms.to_string())),
            ("AWSTraceHeader", trace.and_then(Value::as_str).map(str::to_owned)),
            ("DeadLetterQueueSourceArn", self.source_arn.clone()),
            ("MessageGroupId", self.group_id.clone()),
            ("MessageDeduplicationId", self.dedup_id.clone()),
            ("SequenceNumber", fifo.then(|| sequence_number(self.seq))),
        ];
        table.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// `All` and `.*` select every attribute, `prefix.*` those that begin so.
fn selects(wanted: &str, name: &str) -> bool {
    match wanted.strip_suffix(".*") {
        Some(prefix) => name.starts_with(prefix),
        None => wanted == "All" || wanted == name,
    }
}

fn lambda_attribute(attribute: &Value) -> Value {
    let field = |name: &str| attribute.get(name).cloned().unwrap_or(Value::Null);
    let mut value = json!({
        "dataType": field("DataType"),
        "stringListValues": [],
        "binaryListValues": [],
    });
    if let Some(fields) = value.as_object_mut() {
        for (ours, theirs) in [("StringValue", "stringValue"), ("BinaryValue", "binaryValue")] {
            if let Some(content) = attribute.get(ours) {
                fields.insert(theirs.to_owned(), content.clone());
            }
        }
    }
    value
}
