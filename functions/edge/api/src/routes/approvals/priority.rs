//! How soon a request wants a person.

use domain::{Approval, Record, action::Reversibility};
use policy::Policy;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;

/// How soon a request wants a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Priority {
    /// It can wait until its deadline comes near.
    Medium,
    /// Nothing makes it good afterwards, or several people are needed.
    High,
    /// So little time is left that policy would ask others too.
    Critical,
}

#[derive(Deserialize)]
struct Times {
    escalate_before_hours: i64,
}

/// The time before a deadline at which policy asks others; none if policy does not say.
pub(super) fn last_call(policy: Option<&Policy>) -> Option<Duration> {
    let times: Times = policy?.thresholds("approval").ok()?;
    Some(Duration::hours(times.escalate_before_hours))
}

impl Priority {
    /// The priority of the request in `record`.
    pub(super) fn of(record: &Record, approval: &Approval, last_call: Option<Duration>, now: OffsetDateTime) -> Self {
        if last_call.is_some_and(|before| approval.deadline - now <= before) {
            return Self::Critical;
        }
        let action = &record.proposal.action;
        let for_good = action.reversibility() == Reversibility::Irreversible;
        if for_good || approval.quorum > 1 { Self::High } else { Self::Medium }
    }
}
