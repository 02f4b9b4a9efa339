//! Why a call did not do what was asked, named for what the caller does about it.

use std::{fmt, time::Duration};

/// One thing that the shop says is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the input, outermost first; empty where the shop names no field.
    pub field: Vec<String>,
    /// The shop's code, where it gives one.
    pub code: Option<String>,
    /// What the shop says.
    pub message: String,
}

impl Problem {
    /// A problem that was found before anything was sent.
    pub(crate) fn ours(code: &str, field: &[&str], message: impl Into<String>) -> Self {
        Self {
            field: field.iter().map(|&part| part.to_owned()).collect(),
            code: Some(code.to_owned()),
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "`{}`: ", self.field.join("."))?;
        }
        f.write_str(&self.message)?;
        match &self.code {
            Some(code) => write!(f, " ({code})"),
            None => Ok(()),
        }
    }
}

/// Why a call did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The shop, or a check before sending, said no: nothing was applied, and sending the same
    /// again never helps.
    #[error("the shop rejects `{operation}`: {}", sentence(.problems))]
    Rejected {
        /// Name of the operation.
        operation: &'static str,
        /// At least one.
        problems: Vec<Problem>,
    },
    /// Nothing was applied; the same request passes after the wait.
    #[error("the shop's rate limit leaves no room for `{operation}`: try again in {} ms", .after.as_millis())]
    Throttled {
        /// Name of the operation.
        operation: &'static str,
        /// How long to wait.
        after: Duration,
    },
    /// Nothing was applied, and nothing will be until a person looks at the credential, its scopes
    /// or the shop's standing.
    #[error("the shop does not let us in: {reason}")]
    Denied {
        /// What it says.
        reason: String,
    },
    /// Not sent, or certainly not applied: safe to send again.
    #[error("the shop cannot be reached for `{operation}`: {reason}")]
    Unavailable {
        /// Name of the operation.
        operation: &'static str,
        /// What happened.
        reason: String,
    },
    /// Not sent: the work was called off before this request.
    #[error("`{operation}` was not sent: {reason}")]
    CalledOff {
        /// Name of the operation.
        operation: &'static str,
        /// By whom, and why.
        reason: String,
    },
    /// Sent, and nobody knows whether it was applied: ask the shop before anything else.
    #[error("it is not known whether `{operation}` was applied: {reason}")]
    Unknown {
        /// Name of the operation.
        operation: &'static str,
        /// What happened.
        reason: String,
    },
}

impl Error {
    /// A refusal that was found before anything was sent.
    pub(crate) fn refused(operation: &'static str, problem: Problem) -> Self {
        Self::Rejected { operation, problems: vec![problem] }
    }

    /// Whether the shop gave this code for any field.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        match self {
            Self::Rejected { problems, .. } => problems.iter().any(|problem| problem.code.as_deref() == Some(code)),
            _ => false,
        }
    }
}

fn sentence(problems: &[Problem]) -> String {
    let all: Vec<_> = problems.iter().map(Problem::to_string).collect();
    all.join("; ")
}
