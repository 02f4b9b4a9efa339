//! Having an edit looked at.

use super::{
    edit::{CheckView, Edited, EditedFile},
    in_force,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, IdempotencyKey},
    problem::Problem,
};
use axum::Json;
use serde::Deserialize;
use utoipa::ToSchema;

/// An edit of the policy in force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct PolicyEdit {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
}

/// Looks at an edit: everything that is wrong with it, with its line and what to do, and which numbers it changes.
///
/// Nothing is changed by it.
#[utoipa::path(post, path = "/policies/check", operation_id = "checkPolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; a look changes nothing.")),
    request_body = PolicyEdit,
    responses((status = 200, description = "What was found.", body = CheckView)))]
pub(super) async fn check(
    caller: Caller,
    _: IdempotencyKey,
    Body(edit): Body<PolicyEdit>,
) -> Result<Json<CheckView>, Problem> {
    let permit = caller.may(Verb::CheckPolicy, About::Nothing)?;
    Ok(Json(Edited::of(&*in_force(&permit)?, &edit.files)?.check))
}
