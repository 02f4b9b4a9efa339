//! Tasks, by status.

use super::view::TaskView;
use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted, schema},
    problem::Problem,
    view::{Order, Page, walk},
};
use axum::Json;
use domain::task::{Task, TaskStatus};
use serde::Deserialize;
use utoipa::IntoParams;

const ALL: [TaskStatus; 4] = [TaskStatus::Ready, TaskStatus::Held, TaskStatus::Failed, TaskStatus::Done];

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only tasks with this status: `READY`, `HELD`, `DONE` or `FAILED`.
    #[param(schema_with = schema::task_status, required = false)]
    status: Option<TaskStatus>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists tasks: waiting, held, failed and done ones, each latest first.
#[utoipa::path(get, path = "/orchestrator/tasks", operation_id = "listTasks", tag = "Tasks",
    params(Filter), responses((status = 200, description = "A page of tasks.", body = Page<TaskView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<TaskView>>, Problem> {
    let permit = caller.may(Verb::ReadTasks, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let statuses = filter.status.map_or(ALL.to_vec(), |status| vec![status]);
    let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
    let page = walk::<Task>(permit.store(), &names, (&wanted, Order::Latest), |_| true).await?;
    Ok(Json(page.map(|row| TaskView::from(&row.value))))
}
