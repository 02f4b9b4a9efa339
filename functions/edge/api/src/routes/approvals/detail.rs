//! What a person sees of one request.

use super::{priority::Priority, similar::SimilarView};
use crate::{auth::Granted, problem::Problem, view::action::ActionDetail};
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
    /// Whether you may decide it.
    may_decide: bool,
    /// The role in which you would.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    /// For whom you would stand in, where the role is lent.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf: Option<String>,
    /// Whether you may change what it asks for.
    may_modify: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

impl ApprovalDetail {
    /// The request in `record`, whose action is told in `action`.
    pub(super) fn new(
        action: ActionDetail,
        (record, policy): (&Record, Option<&Policy>),
        priority: Priority,
        (decide, modify): (Result<Granted, Problem>, Result<Granted, Problem>),
        similar: Vec<SimilarView>,
    ) -> Self {
        let revision = policy.map(Policy::revision);
        Self {
            action,
            priority,
            policy_changed: revision != Some(record.decision.revision.as_str()),
            you: You::new(decide, modify),
            similar,
        }
    }
}

impl You {
    fn new(decide: Result<Granted, Problem>, modify: Result<Granted, Problem>) -> Self {
        let may_modify = modify.is_ok();
        match decide {
            Ok(Granted { role, on_behalf, .. }) => {
                Self { may_decide: true, role: Some(role.name()), on_behalf, may_modify, because: None }
            }
            Err(why) => {
                let because = Some(why.detail().to_owned());
                Self { may_decide: false, role: None, on_behalf: None, may_modify, because }
            }
        }
    }
}
