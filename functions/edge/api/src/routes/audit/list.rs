//! The record of a day or of a thing.

use super::walk::{Only, day_of, of_day, subject_of};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted},
    problem::{Kind, Problem},
    view::{LinkView, Page},
};
use axum::Json;
use serde::Deserialize;
use store::page::Cut;
use utoipa::IntoParams;

/// Which part of the record.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// The day in UTC, such as `2026-11-20`; today if neither a day nor a subject is given.
    #[param(format = Date)]
    day: Option<String>,
    /// Everything about this thing instead, on any day: its kind and id, such as `ACTION#0199…` or `CONTROL#switch`.
    #[param(min_length = 1, max_length = 600)]
    subject: Option<String>,
    /// Only what this account or function did; of a day.
    actor: Option<String>,
    /// Only this, such as `approved`; of a day.
    what: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists the record of a day or of one thing, latest first.
#[utoipa::path(get, path = "/audit", operation_id = "listAudit", tag = "Audit",
    params(Filter), responses((status = 200, description = "A page of audit records.", body = Page<LinkView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<LinkView>>, Problem> {
    let permit = caller.may(Verb::ReadAudit, About::Nothing)?;
    let Filter { day, subject, actor, what, limit, cursor } = filter;
    let wanted = Wanted::new(limit, cursor)?;
    let page = match subject {
        Some(subject) => {
            alone([("day", day.is_some()), ("actor", actor.is_some()), ("what", what.is_some())])?;
            let cut = Cut { cursor: wanted.cursor, ..Cut::latest(wanted.limit) };
            permit.store().links(&subject_of(subject)?, &cut).await?
        }
        None => {
            let day = day_of("day", day.as_deref(), permit.now())?;
            of_day(permit.store(), day, &wanted, &Only { by: actor, what, kind: None }).await?
        }
    };
    Ok(Json(Page { items: page.items.iter().map(LinkView::from).collect(), next: page.next }))
}

/// A thing's own record is short: it is not filtered.
fn alone(others: [(&str, bool); 3]) -> Result<(), Problem> {
    match others.into_iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((name, _)) => {
            let told = "it goes with a day, and `subject` asks for the whole record of one thing";
            Err(Problem::field(Kind::Query, name, told, "leave one of the two out"))
        }
    }
}
