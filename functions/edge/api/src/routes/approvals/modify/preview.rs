//! What a changed request would be, before anything is written.

use super::{changed::changed, patch::patched, preview_view::PreviewView};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, Id, Language},
    problem::{Kind, Problem},
    routes::approvals::about::{about, asked, nothing_lent},
    view::spoken,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::ActionId;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What might be another about a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(in crate::routes::approvals) struct Changes {
    /// The fields of `payload` that might be another, as a JSON merge patch (RFC 7396). The type stays.
    changes: Map<String, Value>,
}

/// Shows what policy would say of a changed request: tier, reasons, who would have to agree, and the room in every
/// budget. Nothing is written.
#[utoipa::path(post, path = "/approvals/{id}/modify/preview", operation_id = "previewModify", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id.")),
    request_body = Changes,
    responses((status = 200, description = "What it would be.", body = PreviewView)))]
pub(in crate::routes::approvals) async fn preview(
    caller: Caller,
    Id(id): Id<ActionId>,
    Language(lang): Language,
    Body(body): Body<Changes>,
) -> Result<Response, Problem> {
    let reader = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let record = asked(&reader, id).await?.value;
    let permit = reader.also(Verb::Modify, about(&reader, &record, &nothing_lent(&reader)).await?)?;
    let new = changed(&permit, &record, patched(&record.proposal.action, body.changes)?)?;
    let policy = permit.policy();
    let policy = policy.ok_or_else(|| Problem::new(Kind::Unavailable, "there is no policy in force to ask"))?;
    let weighed = judge::weigh_instead(permit.store(), &policy, (&new, &record), permit.now()).await?;
    let view = PreviewView::new((&new, &record), &weighed, permit.now(), lang);
    Ok(spoken(Json(view).into_response(), lang))
}
