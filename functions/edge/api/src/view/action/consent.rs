//! What people are asked, and what they said.

use domain::{Approval, Vote};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The request to people: fixed when it opened, but for the votes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Approval)]
pub(crate) struct ApprovalView {
    /// Roles that may decide.
    pub(crate) roles: Vec<&'static str>,
    /// Distinct people who must agree.
    pub(crate) quorum: u32,
    /// Voices in favour so far: distinct people, and who stands in for somebody speaks with that person's voice.
    pub(crate) agreed: usize,
    /// Roles that are asked as well once the deadline is near.
    pub(crate) escalation: Vec<&'static str>,
    /// When they are; absent where nobody else is to be asked, or once they were.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub(crate) escalates_at: Option<OffsetDateTime>,
    /// When they were.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub(crate) escalated_at: Option<OffsetDateTime>,
    /// When it opened.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) opened_at: OffsetDateTime,
    /// When it expires; nothing is executed then.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) deadline: OffsetDateTime,
    /// What people said, in order.
    pub(crate) votes: Vec<VoteView>,
}

/// One person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Vote)]
pub(crate) struct VoteView {
    /// Account of the person.
    person: String,
    /// For whom the person stands in, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf: Option<String>,
    /// The role in which the person spoke.
    role: &'static str,
    /// Yes or no.
    agrees: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl From<&Approval> for ApprovalView {
    fn from(approval: &Approval) -> Self {
        Self {
            roles: approval.roles.iter().map(|role| role.name()).collect(),
            quorum: approval.quorum,
            agreed: approval.voices(),
            escalation: approval.escalation.iter().map(|role| role.name()).collect(),
            escalates_at: approval.escalates,
            escalated_at: approval.escalated,
            opened_at: approval.opened,
            deadline: approval.deadline,
            votes: approval.votes.iter().map(VoteView::from).collect(),
        }
    }
}

impl From<&Vote> for VoteView {
    fn from(vote: &Vote) -> Self {
        Self {
            person: vote.person.clone(),
            on_behalf: vote.on_behalf.clone(),
            role: vote.role.name(),
            agrees: vote.agrees,
            reason: vote.reason.clone(),
            at: vote.at,
        }
    }
}
