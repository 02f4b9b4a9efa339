//! The policy in force.

use super::in_force;
use crate::{
    auth::{About, Caller, Verb},
    problem::Problem,
};
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use policy::{File, Threshold};
use serde::Serialize;
use utoipa::ToSchema;

/// The policy in force.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Policy)]
struct PolicyView {
    /// The revision that decides: a hash over the files.
    revision: String,
    /// What is wrong with the files now, where an edit of them is being ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    /// Every number that finance can change, in the order of the file.
    thresholds: Vec<ThresholdView>,
    /// The files that the revision was made from.
    sources: Vec<FileView>,
}

/// One number of `thresholds.rego`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Threshold)]
struct ThresholdView {
    /// Its path.
    #[schema(example = "expense_pay.low_up_to_cents")]
    path: String,
    /// The number.
    value: i64,
    /// What it counts: `cents`, `percent`, `hours` …; absent where its name does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "cents")]
    unit: Option<String>,
    /// The line on which it stands.
    line: u32,
    /// The heading that it stands under.
    #[schema(example = "Finance")]
    group: String,
    /// What is said of it and of those beside it.
    meaning: String,
    /// What is said of it alone; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Whether the number itself is still inside; absent where its name does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "the number and less")]
    edge: Option<String>,
}

/// One policy file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyFile)]
struct FileView {
    /// Its path in the policy folder.
    #[schema(example = "royal/thresholds.rego")]
    name: String,
    /// Its text.
    text: String,
}

/// Shows the policy in force: its revision, every number with its meaning, and all its files.
#[utoipa::path(get, path = "/policies", operation_id = "showPolicy", tag = "Policies",
    responses((status = 200, description = "The policy; its revision is the `ETag`.", body = PolicyView)))]
pub(super) async fn show(caller: Caller) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadPolicy, About::Nothing)?;
    let policy = in_force(&permit)?;
    let view = PolicyView {
        revision: policy.revision().to_owned(),
        problem: permit.policy_problem(),
        thresholds: policy.table_of_thresholds().into_iter().map(ThresholdView::from).collect(),
        sources: policy.draft().files().into_iter().map(FileView::from).collect(),
    };
    let tag = HeaderValue::from_str(&format!("\"{}\"", policy.revision()));
    let mut response = Json(view).into_response();
    response.headers_mut().extend(tag.ok().map(|tag| (header::ETAG, tag)));
    Ok(response)
}

impl From<Threshold> for ThresholdView {
    fn from(threshold: Threshold) -> Self {
        let Threshold { path, value, unit, line, group, meaning, note, edge } = threshold;
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Self { path, value, unit: said(unit), line, group, meaning, note: said(note), edge: said(edge) }
    }
}

impl From<File> for FileView {
    fn from(File { name, text }: File) -> Self {
        Self { name, text }
    }
}
