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
    /// The request, for `approvals.decide`, `approvals.modify`, `approvals.delegate` (of one request) and
    /// `actions.withdraw`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// Who lent the caller roles, for now and for this request.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub delegations: Vec<Delegation>,
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Account of the person.
    pub account: String,
    /// The person behind it, where the token says (claim `person`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub human: Option<String>,
    /// The caller's own roles.
    pub roles: Vec<Role>,
    /// A machine's token.
    pub machine: bool,
}

/// Roles that somebody lends the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// The person who lends them.
    pub from_human: String,
    /// The roles, all of which that person has.
    pub roles: Vec<Role>,
}

/// A request that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Action type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Roles that may decide, as fixed when it opened.
    pub roles: Vec<Role>,
    /// The people who asked for it or changed it.
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
    /// The person behind the account: what votes, authors and delegations carry; see [`crate::Policy::human`].
    pub human: String,
    /// The person whose role it is, where somebody lent it.
    pub on_behalf: Option<String>,
    /// Why not; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
