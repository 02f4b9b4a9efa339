//! The answer of a call that failed, in the shape each AWS protocol gives it.

use std::borrow::Cow;

use rusqlite::ErrorCode;
use serde_json::{Value, json};

/// A failed call: status, AWS error code and message.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
    /// SQS names its errors twice; the older name travels in a header.
    pub(crate) query_code: Option<&'static str>,
    /// Members of the body beside code and message.
    pub(crate) extra: Option<Value>,
}

impl ApiError {
    /// An error with a status of its own.
    pub(crate) fn new(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), query_code: None, extra: None }
    }

    /// The caller's mistake, status 400.
    pub(crate) fn bad(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(400, code, message)
    }

    /// A request that breaks a documented constraint.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::bad("ValidationException", message)
    }

    /// The stack's own failure, status 500: worth a retry.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "InternalFailure", message)
    }

    /// An operation that this stack does not have.
    pub(crate) fn unknown(operation: &str) -> Self {
        let message = format!("operation `{operation}` is not emulated by the local stack");
        Self::bad("UnknownOperationException", message)
    }

    /// The JSON body. `Message` is what most services write, `message` what some read.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "__type": self.code, "message": self.message, "Message": self.message,
        });
        if let (Some(Value::Object(extra)), Some(body)) = (&self.extra, body.as_object_mut()) {
            body.extend(extra.clone());
        }
        body
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the local store failed");
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                Self::internal("the disk with the local stack's data folder is full: free some space")
            }
            _ => Self::internal(format!("the local store failed: {error}")),
        }
    }
}

/// Reads a request body; a wrong or missing member is named.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(body: Value) -> Result<T, ApiError> {
    serde_json::from_value(body).map_err(|e| ApiError::bad("SerializationException", e.to_string()))
}

/// Reads JSON that this stack wrote into its own store.
pub(crate) fn stored<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|e| ApiError::internal(format!("the local store holds unreadable data: {e}")))
}
