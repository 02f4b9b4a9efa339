//! Similar requests as one: what one agent asks again and again, for the same reasons.

use super::{
    filter::Filter,
    find::{Sieve, gists},
    groups_view::{GroupView, Groups},
    order::sorted,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted},
    problem::Problem,
    view::spoken,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::Record;
use std::collections::BTreeMap;
use store::StoreError;

/// The most requests that are read.
const MOST: usize = 500;

/// Shows requests of the same type, by the same agent, for the same reasons, as one: how many, what sum, and each of
/// them with its digest, for `POST approvals/bulk`. What stands alone is no group.
#[utoipa::path(get, path = "/approvals/groups", operation_id = "listApprovalGroups", tag = "Approvals",
    params(Filter), responses((status = 200, description = "The groups, the largest first.", body = Groups)))]
pub(in crate::routes::approvals) async fn groups(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor.clone())?;
    // Groups come on one page, so no cursor was ever handed out.
    wanted.cursor.map_or(Ok(()), |cursor| Err(StoreError::Cursor(cursor)))?;
    let (found, more) = gists(&permit, &filter).await?;
    let cut = more || found.len() > MOST;
    let ids: Vec<String> = sorted(found.into_iter(), filter.sort).into_iter().take(MOST).map(|(_, g)| g.id).collect();
    let rows = Sieve::new(&permit, &filter, lang).await?.read(&ids).await?;
    let mut alike: BTreeMap<(String, String, Vec<String>), Vec<&Record>> = BTreeMap::new();
    for row in &rows {
        alike.entry(likeness(&row.value)).or_default().push(&row.value);
    }
    let several = alike.values().filter(|records| records.len() > 1);
    let mut groups: Vec<GroupView> = several.filter_map(|records| GroupView::of(records, lang)).collect();
    groups.sort_by_key(GroupView::rank);
    let cut = cut || groups.len() > wanted.limit;
    groups.truncate(wanted.limit);
    Ok(spoken(Json(Groups { groups, cut }).into_response(), lang))
}

/// What similar requests have in common.
fn likeness(record: &Record) -> (String, String, Vec<String>) {
    let mut codes: Vec<String> = record.decision.reasons.iter().map(|reason| reason.code.clone()).collect();
    codes.sort();
    codes.dedup();
    (record.proposal.action.kind().to_owned(), record.proposal.agent.to_string(), codes)
}
