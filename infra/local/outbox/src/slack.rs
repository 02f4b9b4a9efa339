//! Slack: incoming webhooks, with the limits that the reference of Block Kit gives.

use serde_json::Value;

/// The most blocks of a message, and the longest of its texts.
const BLOCKS: usize = 50;
const TEXT: usize = 40_000;
const HEADER: usize = 150;
const OBJECT: usize = 3000;
const ELEMENTS: usize = 10;

/// What Slack would answer, with HTTP 400, instead of `ok`.
pub(crate) fn problem(body: &Value) -> Option<&'static str> {
    let Some(message) = body.as_object() else { return Some("invalid_payload") };
    let text = message.get("text");
    if text.is_some_and(|text| !text.is_string()) {
        return Some("invalid_payload");
    }
    let said = text.and_then(Value::as_str).unwrap_or_default();
    if said.chars().count() > TEXT {
        return Some("msg_too_long");
    }
    match message.get("blocks") {
        None if said.is_empty() => Some("no_text"),
        None => None,
        Some(Value::Array(blocks)) if blocks.len() <= BLOCKS && blocks.iter().all(is_block) => None,
        Some(_) => Some("invalid_blocks"),
    }
}

fn is_block(block: &Value) -> bool {
    let text = block.get("text");
    match block.get("type").and_then(Value::as_str) {
        Some("header") => text.is_some_and(|text| is_text(text, &["plain_text"], HEADER)),
        Some("section") => text.is_some_and(|text| is_text(text, &["plain_text", "mrkdwn"], OBJECT)),
        Some("context") => block.get("elements").and_then(Value::as_array).is_some_and(|elements| {
            (1..=ELEMENTS).contains(&elements.len())
                && elements.iter().all(|one| is_text(one, &["plain_text", "mrkdwn"], OBJECT))
        }),
        Some("divider") => true,
        _ => false,
    }
}

/// Whether this is a text object of one of these types, neither empty nor too long, with no field that its type
/// does not have.
fn is_text(object: &Value, types: &[&str], most: usize) -> bool {
    let Some(fields) = object.as_object() else { return false };
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    let own = if kind == "mrkdwn" { "verbatim" } else { "emoji" };
    let long = object.get("text").and_then(Value::as_str).map_or(0, |text| text.chars().count());
    types.contains(&kind)
        && (1..=most).contains(&long)
        && fields.keys().all(|name| ["type", "text", own].contains(&name.as_str()))
}
