//! What a person sees of one request.

use super::{priority::Priority, similar::SimilarView};
use crate::{problem::Problem, view::action::ActionDetail};
use domain::Record;
use policy::Policy;
use serde::Serialize;
use utoipa::ToSchema;

/// A request with everything that a person needs to decide it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApprovalDetail {
    #[serde(flatten)]
    action: ActionDetail,
    /// How soon it wants a person.
    priority: Priority,
    /// Whether policy has changed since it judged this.
    policy_changed: bool,
    /// What you can do about it.
    you: You,
    /// What became of the last ones of its kind.
    similar: Vec<SimilarView>,
}

/// What the person who asks can do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct You {
    /// Whether you may decide it, as far as your role goes.
    may_decide: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

impl ApprovalDetail {
    /// The request in `record`, whose action is told in `action`. `refused` is why the person may not decide.
    pub(super) fn new(
        action: ActionDetail,
        (record, policy): (&Record, Option<&Policy>),
        priority: Priority,
        refused: Option<Problem>,
        similar: Vec<SimilarView>,
    ) -> Self {
        let revision = policy.map(Policy::revision);
        Self {
            action,
            priority,
            policy_changed: revision != Some(record.decision.revision.as_str()),
            you: You { may_decide: refused.is_none(), because: refused.map(|problem| problem.detail().to_owned()) },
            similar,
        }
    }
}
