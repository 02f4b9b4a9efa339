//! What follows from an action's type alone (`approvals.rego`): who approves it, and how long it can be undone.

use domain::Role;
use serde::{Deserialize, Serialize};

/// Which action type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The action.
    pub action: Kind,
}

/// An action's type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Wire name, such as `refund.issue`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Who has to agree, where a person decides.
    pub consent: Consent,
    /// Minutes in which an executed action can be undone; 0 where it cannot.
    pub undo_minutes: u32,
}

/// Who has to agree, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// Distinct people who must agree.
    pub quorum: u32,
    /// Hours until it expires.
    pub hours: u32,
    /// Roles asked as time runs out, in order.
    pub escalation: Vec<Role>,
    /// Hours before the end at which they are asked.
    pub escalate_before_hours: u32,
}
