//! Why a supplier did not do what was asked, named for what the caller does about it.

use std::time::Duration;

/// Why a supplier did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no credential, or nobody to send it to: nothing was sent.
    #[error("{0}: nothing was sent")]
    NoCredential(String),
    /// The supplier has too little of it, or does not sell it any more: another one may.
    #[error("`{sku}` is out of stock at {supplier}")]
    OutOfStock {
        /// Who was asked.
        supplier: &'static str,
        /// Of what.
        sku: String,
    },
    /// The supplier says no: nothing was applied, and the same again never helps.
    #[error("{supplier} refuses `{operation}`: {why}")]
    Refused {
        /// Who was asked.
        supplier: &'static str,
        /// For what.
        operation: &'static str,
        /// What it says.
        why: String,
    },
    /// Nothing was applied, and nothing will be until a person looks at the credential or the account.
    #[error("{supplier} does not let us in: {why}")]
    Denied {
        /// Who was asked.
        supplier: &'static str,
        /// What it says.
        why: String,
    },
    /// Nothing was applied; the same request passes after the wait.
    #[error("{supplier} asks for patience with `{operation}`: {} s", .after.as_secs())]
    Busy {
        /// Who was asked.
        supplier: &'static str,
        /// For what.
        operation: &'static str,
        /// How long to wait.
        after: Duration,
    },
    /// Not sent, or certainly not applied: safe to send again.
    #[error("{supplier} cannot be reached for `{operation}`: {why}")]
    Unavailable {
        /// Who was asked.
        supplier: &'static str,
        /// For what.
        operation: &'static str,
        /// What happened.
        why: String,
    },
    /// Sent, and nobody knows whether it was applied: ask by the order number before anything else.
    #[error("it is not known whether {supplier} applied `{operation}`: {why}")]
    Unknown {
        /// Who was asked.
        supplier: &'static str,
        /// For what.
        operation: &'static str,
        /// What happened.
        why: String,
    },
}
