//! Permission to execute, and what came of it.

use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Permission to execute one action once, bound to exactly what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Digest of action, premises and policy revision.
    pub bound: Digest,
    /// Who gave it: `policy`, `ceo`, or the people who agreed.
    pub by: Vec<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// How often an executor has claimed it; each attempt follows a `find` that saw nothing.
    pub attempt: u32,
    /// Until when the present claim holds.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub claimed_until: Option<OffsetDateTime>,
    /// Until when it is left for later, because its outside system is left alone.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub not_before: Option<OffsetDateTime>,
}

/// Evidence of what happened outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The remote system's own id of what was made or changed; always present when executed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote_id: Option<String>,
    /// Where a person can see it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link: Option<String>,
    /// What the remote said, or why nothing was sent.
    pub detail: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
