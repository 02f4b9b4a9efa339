//! An answer, read whole.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Response, StatusCode},
};
use serde_json::Value;

/// Status, headers and body.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 22).await.unwrap();
        Self { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The JSON of an answer that must have this status.
    pub(crate) fn with(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// The kind of problem that it must be, and the problem.
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.with(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["type"], format!("/docs#problem-{kind}"), "{problem}");
        assert_eq!(problem["status"], status);
        assert!(problem["instance"].as_str().is_some_and(|path| path.starts_with('/')), "{problem}");
        problem
    }

    /// The problem of a query of which this part is wrong: a cursor that was never handed out leads nowhere.
    pub(crate) fn wrong_query(&self, field: &str) -> Value {
        let (status, kind) = if field == "cursor" { (404, "not-found") } else { (400, "query") };
        let problem = self.problem(status, kind);
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        problem
    }

    /// The JSON with digests, which change with every edit of a policy, made equal.
    pub(crate) fn steady(&self) -> Value {
        steady(self.json())
    }
}

fn steady(value: Value) -> Value {
    match value {
        Value::String(text) if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) => "[digest]".into(),
        Value::Array(items) => items.into_iter().map(steady).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, steady(value))).collect(),
        other => other,
    }
}
