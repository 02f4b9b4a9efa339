//! What went wrong, as RFC 9457 problem details.

mod kind;
mod wire;

pub(crate) use kind::Kind;
pub(crate) use wire::{FieldView, ProblemView};

use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use store::{AdvanceError, CommitError, StoreError};

/// A refused or failed request. [`crate::layers`] writes it into the response, with the path it is about.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    detail: String,
    fields: Vec<FieldView>,
    more: Map<String, Value>,
    cause: Option<String>,
    after: Option<u64>,
}

impl Problem {
    /// A problem of this kind, told in one sentence.
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), fields: Vec::new(), more: Map::new(), cause: None, after: None }
    }

    /// One field of the request that is wrong: where, why, and what to do.
    pub(crate) fn field(kind: Kind, field: &str, reason: impl Into<String>, fix: impl Into<String>) -> Self {
        let (reason, fix) = (reason.into(), fix.into());
        let detail = match field {
            "" => reason.clone(),
            field => format!("`{field}`: {reason}"),
        };
        let field = FieldView { field: field.to_owned(), reason, fix };
        Self { fields: vec![field], ..Self::new(kind, detail) }
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        let id: String = id.chars().take(80).collect();
        Self::new(Kind::NotFound, format!("there is no {what} `{id}`"))
    }

    /// The same with one more member.
    pub(crate) fn with<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.more.insert(name.to_owned(), value);
        self
    }

    /// The same with what only the log is told.
    pub(crate) fn caused_by(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The same, to be tried again after so many seconds.
    pub(crate) const fn after(mut self, seconds: u64) -> Self {
        self.after = Some(seconds);
        self
    }

    /// Seconds after which to try again, where it is worth it.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        const SOON: u64 = 2;
        self.after.or_else(|| matches!(self.kind, Kind::Unavailable | Kind::TooMany).then_some(SOON))
    }

    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    pub(crate) fn cause(&self) -> &str {
        self.cause.as_deref().unwrap_or(&self.detail)
    }

    fn unavailable(cause: impl ToString) -> Self {
        Self::new(Kind::Unavailable, "the table did not answer: try again in a moment").caused_by(cause)
    }

    fn internal(cause: impl ToString) -> Self {
        Self::new(Kind::Internal, "this is a fault of ours, and it has been logged").caused_by(cause)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Retry(_) => Self::unavailable(error),
            StoreError::Corrupt { .. } => Self::internal(error),
            StoreError::Cursor(_) => Self::field(
                Kind::NotFound,
                "cursor",
                "it was not handed out by this list",
                "leave it out to start again",
            ),
        }
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict(_) | CommitError::Retry(_) => Self::unavailable(error),
            CommitError::Invalid(_) => Self::internal(error),
        }
    }
}

impl From<AdvanceError> for Problem {
    fn from(error: AdvanceError) -> Self {
        match error {
            AdvanceError::Store(error) => error.into(),
            AdvanceError::Commit(error) => error.into(),
        }
    }
}

impl From<judge::Unweighed> for Problem {
    fn from(error: judge::Unweighed) -> Self {
        match error {
            judge::Unweighed::Store(error) => error.into(),
            judge::Unweighed::NotCanonical(error) => Self::internal(error),
        }
    }
}

impl From<domain::life::NoSuchStep> for Problem {
    fn from(error: domain::life::NoSuchStep) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
