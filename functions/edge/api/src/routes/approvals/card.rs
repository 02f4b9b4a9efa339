//! A request in a list.

use super::priority::Priority;
use crate::view::action::ActionView;
use domain::{Approval, Reason, Record, text::Lang};
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;

/// A request that waits for people.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApprovalCard {
    #[serde(flatten)]
    action: ActionView,
    /// Why policy asks for a person, in words.
    reasons: Vec<String>,
    /// How soon it wants a person.
    priority: Priority,
    /// When it expires.
    #[serde(with = "time::serde::rfc3339")]
    deadline: OffsetDateTime,
    /// Roles that may decide.
    roles: Vec<&'static str>,
    /// Distinct people who must agree.
    quorum: u32,
    /// People who have agreed so far.
    agreed: usize,
    /// Digest that a decision is bound to. Send it when you decide.
    digest: String,
    /// The agent's own title: text from outside.
    agent_says: Title,
}

/// The agent's own words in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgentSaysInShort)]
struct Title {
    /// One line.
    title: String,
}

impl ApprovalCard {
    /// The card of the request in `record`.
    pub(super) fn new(
        (record, approval): (&Record, &Approval),
        (last_call, now): (Option<Duration>, OffsetDateTime),
        lang: Lang,
    ) -> Self {
        Self {
            action: ActionView::new(record, lang),
            reasons: record.decision.reasons.iter().map(|reason| said(reason, lang)).collect(),
            priority: Priority::of(record, approval, last_call, now),
            deadline: approval.deadline,
            roles: approval.roles.iter().map(|role| role.name()).collect(),
            quorum: approval.quorum,
            agreed: approval.voices(),
            digest: record.bound.to_string(),
            agent_says: Title { title: record.proposal.case.title.clone() },
        }
    }
}

fn said(reason: &Reason, lang: Lang) -> String {
    lang.pick(reason.en.clone(), reason.nl.clone())
}
