//! The sums that callers check a message by, and that queues recognise repetitions by.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Of the body, in hexadecimal.
pub(super) fn of_body(body: &str) -> String {
    format!("{:x}", md5::compute(body))
}

/// The SHA-256 of the body, which a FIFO queue can take as the deduplication id.
pub(super) fn of_content(body: &str) -> String {
    format!("{:x}", Sha256::digest(body))
}

/// Of the message attributes, if there are any. As documented in the SQS developer guide,
/// "Calculating the MD5 message digest for message attributes": sorted by name; name, data type
/// and value each after their length in four bytes, a byte for the kind of value before it.
pub(super) fn of_attributes(attributes: &Map<String, Value>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut sorted: Vec<(&String, &Value)> = attributes.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());
    let mut buffer = Vec::new();
    for (name, attribute) in sorted {
        let text = |field: &str| attribute.get(field).and_then(Value::as_str);
        append(&mut buffer, name.as_bytes());
        append(&mut buffer, text("DataType").unwrap_or_default().as_bytes());
        if let Some(value) = text("StringValue") {
            buffer.push(1);
            append(&mut buffer, value.as_bytes());
        } else if let Some(value) = text("BinaryValue") {
            buffer.push(2);
            append(&mut buffer, &STANDARD.decode(value).unwrap_or_default());
        }
    }
    Some(format!("{:x}", md5::compute(buffer)))
}

fn append(buffer: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    buffer.extend(length.to_be_bytes());
    buffer.extend(bytes);
}
