//! The way back from an executed action.

use crate::Action;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// The inverse of an action, worked out and judged before the action is executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    /// What restores the state before.
    pub action: Box<Action>,
    /// For how long after the execution, in minutes.
    pub minutes: u32,
    /// Until when, once it was executed.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub until: Option<OffsetDateTime>,
}

/// Why an action cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotUndoable {
    /// Nothing was executed, so there is nothing to undo.
    #[error("it was not executed")]
    NotExecuted,
    /// No action restores the state before.
    #[error("nothing restores the state before it")]
    NoInverse,
    /// Its window has closed.
    #[error("the time in which it could be undone is over")]
    TooLate,
}

impl Undo {
    /// The same, with its window opened by an execution at `at`.
    #[must_use]
    pub fn opened(self, at: OffsetDateTime) -> Self {
        Self { until: at.checked_add(Duration::minutes(i64::from(self.minutes))), ..self }
    }
}
