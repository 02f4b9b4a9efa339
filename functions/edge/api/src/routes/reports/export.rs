//! How the export of the books goes.

use crate::{
    auth::{About, Caller, Verb},
    problem::Problem,
};
use axum::Json;
use serde::Serialize;
use std::collections::BTreeMap;
use store::exported::Going;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What the export is called in the table.
const BOOKS: &str = "books";

/// How far the books were exported.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BooksExport)]
pub(super) struct ExportView {
    /// `on`, `off` or `failing`.
    #[schema(value_type = String, example = "on")]
    state: Going,
    /// Why it is not on, such as the setting that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// Entries that the warehouse took so far.
    exported: usize,
    /// Entries that it refused, by key, with its reason: the first hundred.
    refused: BTreeMap<String, String>,
    /// When it last changed; absent where nothing was ever to be exported.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    at: Option<OffsetDateTime>,
}

/// Shows how far the books were exported to the warehouse, what it refused, and what is missing where the export is off.
#[utoipa::path(get, path = "/reports/export", operation_id = "showExport", tag = "Reports",
    responses((status = 200, description = "How the export goes.", body = ExportView)))]
pub(super) async fn export(caller: Caller) -> Result<Json<ExportView>, Problem> {
    let permit = caller.may(Verb::ReadReports, About::Nothing)?;
    let mark = permit.store().exported(BOOKS).await?;
    let value = mark.value;
    Ok(Json(ExportView {
        state: value.going,
        why: value.why,
        exported: value.sent,
        refused: value.refused,
        at: mark.at,
    }))
}
