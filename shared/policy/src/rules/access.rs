//! Who may do what through the API (`access.rego`, `rights.rego`).

use crate::Finding;
use domain::Role;
use serde::{Deserialize, Serialize};

/// Somebody asks to do something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What, such as `approvals.decide`; all verbs are in `rights.rego`.
    pub verb: String,
    /// Who.
    pub caller: Caller,
    /// The cluster acted on, for verbs that act on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The request to be decided, for `approvals.decide`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Account of the person.
    pub account: String,
    /// Roles of the person, delegated ones included.
    pub roles: Vec<Role>,
    /// A machine's token.
    pub machine: bool,
}

/// A request that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Action type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Roles that may decide, as fixed when it opened.
    pub roles: Vec<Role>,
    /// Accounts that wrote or changed it.
    pub authors: Vec<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Whether it is allowed.
    pub allowed: bool,
    /// The role in which it is done, where it is allowed.
    pub role: Option<Role>,
    /// Why not; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
