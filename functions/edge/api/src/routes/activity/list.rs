//! What happened on one day.

use super::view::{ActivityView, around};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted},
    problem::Problem,
    routes::audit::{Only, day_of, of_day},
    view::{Page, spoken},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which part of the record.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// The day in UTC, such as `2026-11-20`; today if not given.
    #[param(format = Date)]
    day: Option<String>,
    /// Only about things of this kind, such as `action`, `task`, `journey`, `control` or `goal`.
    kind: Option<String>,
    /// Only what this account or function did.
    by: Option<String>,
    /// Only this, such as `approved`.
    what: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists what happened on one day, latest first. A filtered page can be short and still have a next one.
#[utoipa::path(get, path = "/activity", operation_id = "listActivity", tag = "Activity",
    params(Filter), responses((status = 200, description = "A page of audit records.", body = Page<ActivityView>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadActivity, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let day = day_of("day", filter.day.as_deref(), permit.now())?;
    let only = Only { by: filter.by, what: filter.what, kind: filter.kind };
    let page = of_day(permit.store(), day, &wanted, &only).await?;
    let around = around(&permit, &page.items, lang).await?;
    let items = page.items.iter().map(|link| ActivityView::new(link, &around)).collect();
    Ok(spoken(Json(Page { items, next: page.next }).into_response(), lang))
}
