//! What people said about a request, and to whom they handed it.

use domain::life::{Comment, Delegated};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What a person said about a request. It decides nothing: show it as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Comment)]
pub(crate) struct CommentView {
    /// Account of the person.
    account: String,
    /// What was said.
    text: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// That somebody was asked to decide in another person's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Delegated)]
pub(crate) struct DelegatedView {
    /// Account of the person who is stood in for.
    from: String,
    /// Account of who stands in.
    to: String,
    /// Until when.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Why.
    reason: String,
    /// When it was said.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl From<&Comment> for CommentView {
    fn from(comment: &Comment) -> Self {
        let Comment { account, text, at } = comment.clone();
        Self { account, text, at }
    }
}

impl From<&Delegated> for DelegatedView {
    fn from(delegated: &Delegated) -> Self {
        let Delegated { from, to, until, reason, at } = delegated.clone();
        Self { from, to, until, reason, at }
    }
}
