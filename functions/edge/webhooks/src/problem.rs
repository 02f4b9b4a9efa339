//! What went wrong, as RFC 9457 problem details.

use serde_json::{Value, json};

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The body or a header cannot be read.
    Syntax,
    /// It is not signed, or not by who it says.
    Signature,
    /// It is signed, and by another shop.
    Forbidden,
    /// Nothing is here.
    NotFound,
    /// Only POST is taken.
    Method,
    /// The body is too large.
    TooLarge,
    /// The body is not JSON.
    MediaType,
    /// A setting is missing.
    NotConfigured,
    /// Something we need does not answer.
    Unavailable,
    /// A fault of ours.
    Internal,
}

impl Kind {
    const fn told(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Syntax => (400, "syntax", "It cannot be read"),
            Self::Signature => (401, "signature", "The signature is missing or wrong"),
            Self::Forbidden => (403, "forbidden", "You may not do this"),
            Self::NotFound => (404, "not-found", "There is no such thing"),
            Self::Method => (405, "method", "This method is not allowed here"),
            Self::TooLarge => (413, "too-large", "The body is too large"),
            Self::MediaType => (415, "media-type", "The body is not JSON"),
            Self::NotConfigured => (503, "not-configured", "A setting is missing"),
            Self::Unavailable => (503, "unavailable", "Something we need does not answer"),
            Self::Internal => (500, "internal", "Something is broken on our side"),
        }
    }
}

/// A refused or failed message.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    detail: String,
    cause: Option<String>,
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), cause: None }
    }

    /// The same with what only the log is told.
    pub(crate) fn caused_by(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// What the log is told.
    pub(crate) fn cause(&self) -> &str {
        self.cause.as_deref().unwrap_or(&self.detail)
    }

    /// Whether the same message may succeed later.
    pub(crate) const fn is_passing(&self) -> bool {
        matches!(self.kind, Kind::Unavailable | Kind::NotConfigured)
    }

    /// The response, told once in the log.
    pub(crate) fn answer(self, path: &str) -> Value {
        let (status, slug, title) = self.kind.told();
        if status < 500 {
            tracing::warn!(http.status = status, reason = self.cause(), "a message was refused");
        } else {
            tracing::error!(http.status = status, reason = self.cause(), "a message could not be taken");
        }
        let body = json!({
            "type": format!("/docs#problem-{slug}"), "title": title, "status": status, "detail": self.detail,
            "instance": path,
        });
        let mut headers = json!({ "content-type": "application/problem+json" });
        let more = match self.kind {
            Kind::Method => Some(("allow", "POST")),
            kind if kind.told().0 == 503 => Some(("retry-after", "2")),
            _ => None,
        };
        if let (Some((name, value)), Some(headers)) = (more, headers.as_object_mut()) {
            headers.insert(name.to_owned(), json!(value));
        }
        json!({ "statusCode": status, "headers": headers, "body": body.to_string(), "isBase64Encoded": false })
    }
}
