//! What happened, latest first.

use crate::{
    auth::{About, App, Caller, Verb},
    extract::{Params, Wanted},
    problem::{Kind, Problem},
    view::{LinkView, Page},
};
use axum::Json;
use serde::Deserialize;
use store::page::Cut;
use time::{Date, OffsetDateTime, format_description::FormatItem, macros::format_description};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

const DAY: &[FormatItem<'_>] = format_description!("[year]-[month]-[day]");

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which part of the record.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// The day in UTC, such as `2026-11-20`; today if not given.
    #[param(format = Date)]
    day: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists what happened on one day, latest first.
#[utoipa::path(get, path = "/activity", operation_id = "listActivity", tag = "Activity",
    params(Filter), responses((status = 200, description = "A page of audit records.", body = Page<LinkView>)))]
async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<LinkView>>, Problem> {
    let permit = caller.may(Verb::ReadActivity, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let day = filter.day.map_or(Ok(permit.now()), |day| parse(&day))?;
    let cut = Cut { cursor: wanted.cursor, ..Cut::latest(wanted.limit) };
    let page = permit.store().day(day, &cut).await?;
    Ok(Json(Page { items: page.items.iter().map(LinkView::from).collect(), next: page.next }))
}

fn parse(day: &str) -> Result<OffsetDateTime, Problem> {
    let date = Date::parse(day, DAY)
        .map_err(|_| Problem::field(Kind::Query, "day", "it is no day", "send a day such as `2026-11-20`"))?;
    Ok(date.midnight().assume_utc())
}
