//! HTTP as API Gateway hands it to a function.

use crate::problem::{Kind, Problem};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::news::Accepted;

/// The largest body that is read, in bytes: far above the largest order, below what a function can be handed.
const LARGEST: usize = 4 * 1024 * 1024;

/// Headers by their names in lower case.
pub(crate) type Headers = BTreeMap<String, String>;

/// One request, its body as the bytes that were sent.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

/// What is read of API Gateway's event, in the format of HTTP APIs (2.0).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(default)]
    raw_path: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    request_context: Around,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Deserialize)]
struct Around {
    http: Http,
}

#[derive(Deserialize)]
struct Http {
    method: String,
}

impl Request {
    /// Reads API Gateway's event.
    pub(crate) fn read(event: Value) -> Result<Self, Problem> {
        let unread = |error: serde_json::Error| {
            Problem::new(Kind::Syntax, "the request cannot be read").caused_by(error.to_string())
        };
        let event = Event::deserialize(event).map_err(unread)?;
        let text = event.body.unwrap_or_default();
        let body = if event.is_base64_encoded { decoded(&text)? } else { text.into_bytes() };
        if body.len() > LARGEST {
            return Err(Problem::new(Kind::TooLarge, format!("the body has more than {LARGEST} bytes")));
        }
        let headers = event.headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        Ok(Self { method: event.request_context.http.method, path: event.raw_path, headers, body })
    }

    /// Refuses what does not say that it is JSON.
    pub(crate) fn is_json(&self) -> Result<(), Problem> {
        let said = self.headers.get("content-type").map(String::as_str).unwrap_or_default();
        let kind = said.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/json") {
            return Ok(());
        }
        Err(Problem::new(Kind::MediaType, "`content-type`: send `application/json`"))
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Problem> {
    STANDARD.decode(text).map_err(|_| Problem::new(Kind::Syntax, "the body is not the Base64 that it says it is"))
}

/// The answer to a message that is in the table.
pub(crate) fn taken(kept: Accepted) -> Value {
    let kept = match kept {
        Accepted::New => "new",
        Accepted::Before => "before",
    };
    json!({
        "statusCode": 200,
        "headers": { "content-type": "application/json" },
        "body": json!({ "kept": kept }).to_string(),
        "isBase64Encoded": false,
    })
}
