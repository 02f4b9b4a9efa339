//! Taking the record along.

use super::lines::{Days, piece};
use crate::{
    auth::{About, Caller, Verb},
    extract::Params,
    problem::Problem,
};
use axum::response::Response;

/// Hands out the records and seals of some days, so that they can be checked with nothing else at hand.
///
/// Each line is a JSON object with its `kind`: `header`, `record`, `seal` or `end`. All pieces behind one another, as
/// their `Link` headers lead from one to the next, are one export.
#[utoipa::path(get, path = "/audit/export", operation_id = "exportAudit", tag = "Audit",
    params(Days),
    responses((status = 200, description = "A piece of the export: JSON lines.", body = String, content_type = "application/jsonl",
        headers(("Link" = String, description = "Where the next piece is; absent behind the last.")))))]
pub(super) async fn export(caller: Caller, Params(days): Params<Days>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ExportAudit, About::Nothing)?;
    let range = days.range(permit.now())?;
    let found = permit.store().export_piece(range, days.cursor.as_deref(), permit.now()).await?;
    Ok(piece("/audit/export", range, found))
}
