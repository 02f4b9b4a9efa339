//! What can go wrong, named for what the caller does about it.

use aws_sdk_dynamodb::{error::SdkError, operation::transact_write_items::TransactWriteItemsError};
use domain::digest::NotCanonical;
use std::collections::BTreeSet;

/// What the table says of a part whose condition does not hold.
const CONDITION: &str = "ConditionalCheckFailed";

/// A read or a single write that failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The table did not answer, or asked to slow down: try again later.
    #[error("the table did not answer: {0}")]
    Retry(String),
    /// A row is there but cannot be understood.
    #[error("row `{key}` cannot be read: {why}")]
    Corrupt {
        /// Partition and sort key.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// The caller gave a cursor that this list never handed out.
    #[error("cursor `{0}` was not handed out by this list: start again without one")]
    Cursor(String),
}

/// A transaction that was not committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else changed one of the rows first: read again and decide again.
    #[error("`{0}` changed in the meantime")]
    Conflict(String),
    /// The table did not answer, or asked to slow down. The transaction may have been committed: read
    /// again before anything else.
    #[error("the table did not answer: {0}")]
    Retry(String),
    /// The transaction can never be committed as it is.
    #[error("the transaction cannot be written: {0}")]
    Invalid(String),
}

impl From<NotCanonical> for CommitError {
    fn from(error: NotCanonical) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl From<serde_json::Error> for CommitError {
    fn from(error: serde_json::Error) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// The message of an SDK error with all its causes.
pub(crate) fn told<E: std::error::Error + 'static, R: std::fmt::Debug + 'static>(error: &SdkError<E, R>) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(500).collect()
}

/// The places of the parts whose condition does not hold, where that is all that was wrong with a transaction.
pub(crate) fn refused<R>(error: &SdkError<TransactWriteItemsError, R>) -> BTreeSet<usize> {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error.as_service_error() else {
        return BTreeSet::new();
    };
    let codes = || canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None"));
    if codes().any(|code| !matches!(code, "None" | CONDITION)) {
        return BTreeSet::new();
    }
    codes().enumerate().filter(|(_, code)| *code == CONDITION).map(|(at, _)| at).collect()
}

/// Sorts a failed transaction: which condition failed (by the label of its item), or whether to retry.
pub(crate) fn commit_error<R: std::fmt::Debug + 'static>(
    error: &SdkError<TransactWriteItemsError, R>,
    labels: &[String],
) -> CommitError {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error.as_service_error() else {
        let invalid = error.as_service_error().and_then(|e| e.meta().code()) == Some("ValidationException");
        let text = told(error);
        return if invalid { CommitError::Invalid(text) } else { CommitError::Retry(text) };
    };
    let reasons = canceled.cancellation_reasons();
    let coded = |wanted: &str| reasons.iter().position(|reason| reason.code() == Some(wanted));
    let lost = coded(CONDITION).or_else(|| coded("TransactionConflict"));
    if let Some(label) = lost.and_then(|at| labels.get(at)) {
        return CommitError::Conflict(label.clone());
    }
    if let Some(at) = coded("ValidationError").or_else(|| coded("ItemCollectionSizeLimitExceeded")) {
        let message = reasons.get(at).and_then(|r| r.message()).unwrap_or("validation");
        return CommitError::Invalid(format!("{}: {message}", labels.get(at).map_or("?", String::as_str)));
    }
    CommitError::Retry(told(error))
}
