//! What became of the last action with the same digest: a retry is labelled, never a new question.

use crate::{ActionId, Status};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How an earlier action of the same effect ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Earlier {
    /// Which.
    pub id: ActionId,
    /// The how-manieth attempt at this effect it was, from 1.
    pub attempt: u32,
    /// How it ended.
    pub status: Status,
    /// Why, where that is known: the reason of who refused it, or what failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Who refused it, where a person did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// When it ended.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
