//! One request, with everything that a person needs to decide it.

use super::{
    about::{about, lent},
    detail::ApprovalDetail,
    priority, similar,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Id, Language},
    problem::Problem,
    routes::actions,
    view::{spoken, versioned},
};
use axum::response::Response;
use domain::{ActionId, Record};

/// Shows a request: what exactly will happen, why it needs a person, what it rests on, what would undo
/// it, who has said what, and, apart from all that, the agent's own words.
#[utoipa::path(get, path = "/approvals/{id}", operation_id = "showApproval", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id.")),
    responses((status = 200, description = "The request.", body = ApprovalDetail,
        headers(("ETag" = String, description = "Its version, for `If-Match`.")))))]
pub(super) async fn show(caller: Caller, Id(id): Id<ActionId>, Language(lang): Language) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let missing = || Problem::not_found("request", &id.to_string());
    let found = permit.store().history::<Record>(&id.to_string()).await?;
    let (row, chain) = found.ok_or_else(missing)?;
    let approval = row.value.approval.as_ref().ok_or_else(missing)?;
    let about = about(&permit, &row.value, &lent(&permit).await?).await?;
    let you = (permit.would(Verb::Approve, &about), permit.would(Verb::Modify, &about));
    let (policy, now) = (permit.policy(), permit.now());
    let last_call = priority::last_call(policy.as_deref());
    let detail = ApprovalDetail::new(
        actions::detail(&permit, &row, &chain, lang).await?,
        (&row.value, policy.as_deref()),
        priority::Priority::of(&row.value, approval, last_call, now),
        you,
        similar::to(&permit, &row.value, lang).await?,
    );
    Ok(spoken(versioned(detail, row.seq), lang))
}
