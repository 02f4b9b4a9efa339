//! What the function is told, in API Gateway's words.

use axum::http::HeaderMap;
use domain::Digest;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

/// A connection, as its events name it.
#[derive(Debug, Clone)]
pub(super) struct Connection {
    /// Its id; no other connection has it, of this process or another.
    pub(super) id: String,
    /// When it was opened.
    pub(super) since: OffsetDateTime,
}

impl Connection {
    pub(super) fn new(number: u64, now: OffsetDateTime) -> Self {
        let unique = format!("{}-{}-{number}", std::process::id(), now.unix_timestamp_nanos());
        // With the sign at the end that the real ones have, which has to be escaped in an address.
        Self { id: format!("{}=", Digest::of_bytes(unique.as_bytes()).short()), since: now }
    }

    pub(super) fn connect(&self, headers: &HeaderMap) -> Value {
        let mut event = self.event("$connect", "CONNECT");
        let (mut last, mut all) = (Map::new(), Map::new());
        for (name, value) in headers {
            let (name, value) = (name.as_str().to_owned(), json!(String::from_utf8_lossy(value.as_bytes())));
            if let Value::Array(values) = all.entry(name.clone()).or_insert_with(|| json!([])) {
                values.push(value.clone());
            }
            last.insert(name, value);
        }
        set(&mut event, [("headers", last.into()), ("multiValueHeaders", all.into())]);
        event
    }

    pub(super) fn message(&self, text: &str) -> Value {
        let mut event = self.event("$default", "MESSAGE");
        set(&mut event, [("body", json!(text))]);
        event
    }

    pub(super) fn disconnect(&self, code: u16, reason: &str) -> Value {
        let mut event = self.event("$disconnect", "DISCONNECT");
        if let Some(context) = event.get_mut("requestContext") {
            set(context, [("disconnectStatusCode", json!(code)), ("disconnectReason", json!(reason))]);
        }
        event
    }

    fn event(&self, route: &str, kind: &str) -> Value {
        let millis = i64::try_from(self.since.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
        json!({
            "requestContext": {
                "routeKey": route, "eventType": kind, "messageDirection": "IN", "stage": "live", "apiId": "local",
                "connectionId": self.id, "connectedAt": millis, "requestTimeEpoch": millis,
                "requestId": self.id, "extendedRequestId": self.id, "messageId": null,
                "domainName": "localhost", "identity": { "sourceIp": "127.0.0.1" },
            },
            "isBase64Encoded": false,
        })
    }
}

fn set<const N: usize>(event: &mut Value, members: [(&str, Value); N]) {
    if let Some(object) = event.as_object_mut() {
        object.extend(members.map(|(name, value)| (name.to_owned(), value)));
    }
}
