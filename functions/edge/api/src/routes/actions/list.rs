//! Actions, by status.

use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted, schema},
    problem::Problem,
    view::{Order, Page, action::ActionView, spoken, walk},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{Record, Status};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which actions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only actions with this status, such as `EXECUTED`.
    #[param(schema_with = schema::action_status, required = false)]
    status: Option<Status>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists actions: one status after the other, each latest first.
#[utoipa::path(get, path = "/actions", operation_id = "listActions", tag = "Actions",
    params(Filter), responses((status = 200, description = "A page of actions.", body = Page<ActionView>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadActions, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let statuses = filter.status.map_or(Status::ALL.to_vec(), |status| vec![status]);
    let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
    let page = walk::<Record>(permit.store(), &names, (&wanted, Order::Latest), |_| true).await?;
    let page = page.map(|row| ActionView::new(&row.value, lang));
    Ok(spoken(Json(page).into_response(), lang))
}
