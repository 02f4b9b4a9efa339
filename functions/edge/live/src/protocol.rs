//! What people say, and how they are answered. Every message is one JSON object.
//!
//! | said | answered |
//! |---|---|
//! | `{"subscribe":["approval:required"]}` | `{"subscribed":[…],"after":"<id>"}`: all topics wanted now, and the place that is gone on from |
//! | `{"subscribe":[…],"after":"<id>"}`, once per connection | the same, then everything after that event, in order; or `{"gap":true}` first, where that is no longer kept |
//! | `{"unsubscribe":[…]}` | `{"subscribed":[…],"after":"<id>"}` |
//! | `{"ping":1}` | `{"pong":1}` |
//! | anything else | `{"error":{"field":…,"reason":…,"fix":…}}` |
//!
//! An event is `{"id":"…","topic":"…","at":"…","data":{…}}`. Ids grow, as text too. Should a sender die half way,
//! an event can come again: whoever leaves out ids that are not greater than the last one has each once.

use crate::event::{Event, Place};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use time::format_description::well_known::Rfc3339;

/// The most topics in one message.
const MOST_TOPICS: usize = 64;
/// The longest text that a ping carries back, in bytes.
const LONGEST_PING: usize = 256;

/// Something that a person says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    /// Tell me of these; everything after this place, if one is named.
    Subscribe { topics: BTreeSet<String>, after: Option<Place> },
    /// Tell me of these no more.
    Unsubscribe { topics: BTreeSet<String> },
    /// Are you there?
    Ping(Value),
}

/// What is wrong with what was said: where, why, and what to say instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) field: String,
    pub(crate) reason: String,
    pub(crate) fix: String,
}

/// What was wrong with `field`.
pub(crate) fn wrong(field: impl Into<String>, reason: impl Into<String>, fix: impl Into<String>) -> Wrong {
    Wrong { field: field.into(), reason: reason.into(), fix: fix.into() }
}

const SHAPE: &str = r#"send {"subscribe":["approval:required"]}, {"unsubscribe":["approval:required"]} or {"ping":1}"#;

impl Said {
    /// Reads a message.
    ///
    /// # Errors
    /// With the first thing that is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, Wrong> {
        let message = serde_json::from_str(text);
        let mut message: Map<String, Value> =
            message.map_err(|error| wrong("message", format!("it is no JSON object: {error}"), SHAPE))?;
        let after = message.remove("after");
        let mut members = message.into_iter();
        let (Some((verb, value)), None) = (members.next(), members.next()) else {
            return Err(wrong("message", "it does not say one thing", SHAPE));
        };
        match verb.as_str() {
            "subscribe" => Ok(Self::Subscribe { topics: topics(&verb, value)?, after: place(after)? }),
            _ if after.is_some() => Err(wrong("after", "it goes with `subscribe` only", "leave it out")),
            "unsubscribe" => Ok(Self::Unsubscribe { topics: topics(&verb, value)? }),
            "ping" if value.to_string().len() <= LONGEST_PING => Ok(Self::Ping(value)),
            "ping" => Err(wrong("ping", "it is too long", format!("send at most {LONGEST_PING} bytes"))),
            other => Err(wrong(short(other), "it is nothing that can be said here", SHAPE)),
        }
    }
}

fn topics(verb: &str, value: Value) -> Result<BTreeSet<String>, Wrong> {
    let fix = r#"send a list of topics, such as ["approval:required"]"#;
    let Value::Array(items) = value else {
        return Err(wrong(verb, "it is no list", fix));
    };
    if items.is_empty() || items.len() > MOST_TOPICS {
        return Err(wrong(verb, format!("it is empty or has more than {MOST_TOPICS} items"), fix));
    }
    let text = |(n, item)| match item {
        Value::String(topic) => Ok(topic),
        _ => Err(wrong(format!("{verb}[{n}]"), "it is no text", fix)),
    };
    items.into_iter().enumerate().map(text).collect()
}

fn place(after: Option<Value>) -> Result<Option<Place>, Wrong> {
    let id = match after {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(id)) => id.parse().ok(),
        Some(_) => None,
    };
    id.map(Some)
        .ok_or_else(|| wrong("after", "it is no event id", "send the `id` of the last event, as it was received"))
}

/// Text from outside, cut to what is needed to recognise it.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// An event, as people receive it.
pub(crate) fn told(place: Place, event: &Event) -> Value {
    let at = event.at.format(&Rfc3339).unwrap_or_default();
    json!({ "id": place.to_string(), "topic": event.topic, "at": at, "data": event.data })
}

/// The topics that somebody is told of from now on, and the place that is gone on from.
pub(crate) fn subscribed(topics: &BTreeSet<String>, after: Place) -> Value {
    json!({ "subscribed": topics, "after": after.to_string() })
}

/// Events after the wanted one are no longer kept.
pub(crate) fn gap() -> Value {
    json!({ "gap": true })
}

/// What was wrong.
pub(crate) fn error(Wrong { field, reason, fix }: &Wrong) -> Value {
    json!({ "error": { "field": field, "reason": reason, "fix": fix } })
}
