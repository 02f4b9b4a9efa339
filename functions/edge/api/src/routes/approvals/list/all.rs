//! The list.

use super::{filter::Filter, find};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted},
    problem::Problem,
    routes::approvals::{card::ApprovalCard, priority::last_call},
    view::spoken,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Part of the requests that wait.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::routes::approvals) struct Requests {
    /// The requests. A page can be short, or empty, and still have a next one.
    items: Vec<ApprovalCard>,
    /// `cursor` of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whether more wait than were looked at: then narrow the list, or decide those that are due first.
    cut: bool,
}

/// Lists the requests that wait for people, what is due first unless another order is asked for.
#[utoipa::path(get, path = "/approvals", operation_id = "listApprovals", tag = "Approvals",
    params(Filter), responses((status = 200, description = "A page of requests.", body = Requests)))]
pub(in crate::routes::approvals) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor.clone())?;
    let found = find::page(&permit, &filter, &wanted, lang).await?;
    let times = (last_call(permit.policy().as_deref()), permit.now());
    let cards = found.rows.iter().filter_map(|row| {
        let approval = row.value.approval.as_ref()?;
        Some(ApprovalCard::new((&row.value, approval), times, lang))
    });
    let page = Requests { items: cards.collect(), next: found.next, cut: found.cut };
    Ok(spoken(Json(page).into_response(), lang))
}
