//! The JSON of a problem.

use super::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Problem details (RFC 9457), `application/problem+json`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemView {
    /// Which kind of problem: a part of the documentation page.
    #[serde(rename = "type")]
    #[schema(example = "/docs#problem-field")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// The path that was asked for.
    instance: String,
    /// Fields of the request that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldView>,
    /// More, where the kind has more to say.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    more: Map<String, Value>,
}

/// One field of a request that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProblemField)]
pub(crate) struct FieldView {
    /// Its path in the body, or the name of the parameter or header; empty where it is the whole body.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) reason: String,
    /// What to do about it.
    pub(crate) fix: String,
}

impl ProblemView {
    /// The JSON of `problem`, met at `path`.
    pub(crate) fn new(problem: Problem, path: &str) -> Self {
        Self {
            kind: problem.kind.uri(),
            title: problem.kind.title(),
            status: problem.kind.status().as_u16(),
            detail: problem.detail,
            instance: path.to_owned(),
            errors: problem.fields,
            more: problem.more,
        }
    }
}
