//! Permission to execute, and what came of it.

use domain::{Grant, Outcome};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// Permission to execute once.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Grant)]
pub(super) struct GrantView {
    /// Who gave it: `policy`, `ceo`, or the people who agreed.
    by: Vec<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// How often an executor has claimed it.
    attempt: u32,
    /// Digest of action, premises and policy revision that it is bound to.
    bound: String,
}

/// Evidence of what happened outside.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Outcome)]
pub(super) struct OutcomeView {
    /// The remote system's own id; always there when executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_id: Option<String>,
    /// Where a person can see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// What the remote said, or why nothing was sent.
    detail: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl From<&Grant> for GrantView {
    fn from(grant: &Grant) -> Self {
        Self { by: grant.by.clone(), at: grant.at, attempt: grant.attempt, bound: grant.bound.to_string() }
    }
}

impl From<&Outcome> for OutcomeView {
    fn from(outcome: &Outcome) -> Self {
        let Outcome { remote_id, link, detail, at } = outcome.clone();
        Self { remote_id, link, detail, at }
    }
}
