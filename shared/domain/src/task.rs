//! Work for one agent, and the messages that wake functions.

use crate::{ActionId, AgentName, JourneyId, Status, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

/// Where a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskStatus {
    /// Waits for its agent.
    Ready,
    /// Set aside while its agent is stopped.
    Held,
    /// Done; the report says with what result.
    Done,
    /// Given up; the error says why.
    Failed,
}

impl TaskStatus {
    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "READY",
            Self::Held => "HELD",
            Self::Done => "DONE",
            Self::Failed => "FAILED",
        }
    }
}

/// One piece of work for one agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its id; the same work has the same id, so asking twice is asking once.
    pub id: TaskId,
    /// Whose work it is.
    pub agent: AgentName,
    /// What kind of work, in the agent's own words.
    pub kind: String,
    /// The work itself, in the shape that the agent's input type gives.
    pub input: Value,
    /// Who is told when it is done.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply_to: Option<AgentName>,
    /// The journey it is part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub journey: Option<JourneyId>,
    /// Where it is.
    pub status: TaskStatus,
    /// What came of it, in the shape that the agent's report type gives.
    #[serde(skip_serializing_if = "Value::is_null", default)]
    pub report: Value,
    /// Why it failed or is held.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// Who asked: a person's account or a function.
    pub by: String,
    /// When it was asked.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

/// A message on a function's queue.
///
/// It says only what happened; whoever receives it reads the present state from the table, so that a
/// late, doubled or reordered message does no harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wake", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Wake {
    /// A task waits for this agent.
    Task {
        /// Which.
        task: TaskId,
    },
    /// A schedule is due.
    Schedule {
        /// Its name in the catalogue.
        schedule: String,
        /// When it was due.
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
        /// What it carries.
        #[serde(default)]
        input: Value,
    },
    /// A task that this agent gave out is done or failed.
    Reported {
        /// Which.
        task: TaskId,
    },
    /// A proposal waits in the gate's inbox.
    Proposed {
        /// Which.
        action: ActionId,
    },
    /// An action waits for this function: a review, or an execution.
    Action {
        /// Which.
        action: ActionId,
        /// Its state when the message was made.
        status: Status,
    },
    /// An outside system said something.
    News {
        /// The sender's id of the delivery.
        news: String,
    },
    /// A journey ended without what it set out for.
    Stopped {
        /// Which.
        journey: JourneyId,
    },
}
