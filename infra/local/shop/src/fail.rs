//! Errors of one field, as they appear in `errors[]` beside a null.

use crate::inputs::at;
use apollo_compiler::resolvers::FieldError;
use serde_json::{Value, json};

/// A field that cannot be answered: its message and `extensions.code`.
#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Fail {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The sandbox has no honest answer for `what`.
    pub(crate) fn not_simulated(what: &str) -> Self {
        Self::new("NOT_SIMULATED", format!("sandbox: {what} is not simulated"))
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new("BAD_REQUEST", message)
    }

    /// The engine's errors carry a message only, so the code travels inside it as JSON.
    pub(crate) fn into_field_error(self) -> FieldError {
        let message = json!({ "message": self.message, "code": self.code }).to_string();
        FieldError { message }
    }

    /// Rebuilds the error that the engine reports from the message it was given.
    pub(crate) fn restore(error: &mut Value) {
        let Some(text) = error.get("message").and_then(Value::as_str) else {
            return;
        };
        let carried = text.strip_prefix("resolver error: ").unwrap_or(text);
        let inner = serde_json::from_str::<Value>(carried)
            .unwrap_or_else(|_| json!({ "message": text, "code": "INTERNAL_SERVER_ERROR" }));
        if let Some(fields) = error.as_object_mut() {
            fields.insert("message".into(), at(&inner, "message").clone());
            fields.insert("extensions".into(), json!({ "code": at(&inner, "code") }));
        }
    }
}

impl From<rusqlite::Error> for Fail {
    fn from(error: rusqlite::Error) -> Self {
        Self::new("INTERNAL_SERVER_ERROR", format!("sandbox state: {error}"))
    }
}

impl From<serde_json::Error> for Fail {
    fn from(error: serde_json::Error) -> Self {
        Self::new("INTERNAL_SERVER_ERROR", format!("sandbox state: {error}"))
    }
}
