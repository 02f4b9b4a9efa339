//! What a changed request would be, before anything is written.

use super::{changed::changed, patch::patched, preview_view::PreviewView};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, Id, Language},
    problem::{Kind, Problem},
    routes::approvals::{
        about::{about, asked, nothing_lent},
        decide::{Saw, in_time, told},
    },
    view::spoken,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{ActionId, Digest};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What might be another about a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(in crate::routes::approvals) struct Changes {
    /// `digest` of the request as you saw it. What has changed since is refused.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Digest,
    /// The fields of `payload` that might be another, as a JSON merge patch (RFC 7396). The type stays.
    #[schema(schema_with = crate::extract::schema::changes)]
    changes: Map<String, Value>,
}

/// Shows what policy would say of a changed request: tier, reasons, who would have to agree, and the room in every
/// budget. Nothing is written.
#[utoipa::path(post, path = "/approvals/{id}/modify/preview", operation_id = "previewModify", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id.")),
    request_body = Changes,
    responses((status = 200, description = "What it would be.", body = PreviewView),
        (status = 409, description = "It was decided, it expired, or it is not what you saw.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(in crate::routes::approvals) async fn preview(
    caller: Caller,
    Id(id): Id<ActionId>,
    Language(lang): Language,
    Body(body): Body<Changes>,
) -> Result<Response, Problem> {
    let reader = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let row = asked(&reader, id).await?;
    let permit = reader.also(Verb::Modify, about(&reader, &row.value, &nothing_lent(&reader)).await?)?;
    let saw = Saw { digest: body.digest, version: None };
    if let Err(late) = in_time(&row, &saw, permit.now()) {
        return Err(told(&permit, &row, (&saw, late), lang).await);
    }
    let record = row.value;
    let new = changed(&permit, &record, patched(&record.proposal.action, body.changes)?)?;
    let policy = permit.policy();
    let policy = policy.ok_or_else(|| Problem::new(Kind::Unavailable, "there is no policy in force to ask"))?;
    let weighed = judge::weigh_instead(permit.store(), &policy, (&new, &record), permit.now()).await?;
    let view = PreviewView::new((&new, &record), &weighed, permit.now(), lang);
    Ok(spoken(Json(view).into_response(), lang))
}
