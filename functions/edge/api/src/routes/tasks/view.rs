//! What is shown of a task.

use crate::view::HistoryView;
use domain::task::Task;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A task in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Task)]
pub(super) struct TaskView {
    /// Its id.
    pub(super) id: String,
    /// Whose work it is.
    #[schema(example = "product-scout")]
    agent: String,
    /// What kind of work.
    #[schema(example = "scan")]
    kind: String,
    /// `READY`, `HELD`, `DONE` or `FAILED`.
    status: &'static str,
    /// Who asked: a person's account or a function.
    by: String,
    /// Why it failed or is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The journey it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    journey: Option<String>,
    /// When it was asked.
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    updated: OffsetDateTime,
}

/// A task with its work, its result and its record.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskDetail {
    #[serde(flatten)]
    pub(super) task: TaskView,
    /// The work itself, in the shape that the agent takes.
    pub(super) input: Value,
    /// What came of it, in the shape that the agent gives; null until it is done.
    pub(super) report: Value,
    /// Who is told when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_to: Option<String>,
    /// Everything that happened to it.
    pub(super) history: HistoryView,
}

impl From<&Task> for TaskView {
    fn from(task: &Task) -> Self {
        Self {
            id: task.id.to_string(),
            agent: task.agent.to_string(),
            kind: task.kind.clone(),
            status: task.status.name(),
            by: task.by.clone(),
            error: task.error.clone(),
            journey: task.journey.map(|id| id.to_string()),
            created: task.created,
            updated: task.updated,
        }
    }
}
