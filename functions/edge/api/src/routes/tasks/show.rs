//! One task.

use super::view::{TaskDetail, TaskView};
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::Problem,
    view::{HistoryView, versioned},
};
use axum::response::Response;
use domain::{TaskId, task::Task};

/// Shows a task with its result and everything that happened to it.
#[utoipa::path(get, path = "/orchestrator/tasks/{id}", operation_id = "showTask", tag = "Tasks",
    params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, description = "The task.", body = TaskDetail)))]
pub(super) async fn show(caller: Caller, Id(id): Id<TaskId>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadTasks, About::Nothing)?;
    let id = id.to_string();
    let found = permit.store().history::<Task>(&id).await?;
    let (row, chain) = found.ok_or_else(|| Problem::not_found("task", &id))?;
    let detail = TaskDetail {
        task: TaskView::from(&row.value),
        history: HistoryView::of(&row, &chain),
        reply_to: row.value.reply_to.as_ref().map(ToString::to_string),
        input: row.value.input,
        report: row.value.report,
    };
    Ok(versioned(detail, row.seq))
}
