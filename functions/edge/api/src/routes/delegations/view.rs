//! What is shown of delegations.

use domain::delegation::Delegation;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// One person's word that another may decide in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Delegation)]
pub(super) struct DelegationView {
    /// Account of the person who is stood in for.
    from: String,
    /// Account of who stands in.
    to: String,
    /// The roles in which the delegate decides.
    roles: Vec<&'static str>,
    /// The one request that it is about; absent where it is about all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    /// From when it holds.
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    /// Until when it holds.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Why.
    reason: String,
}

impl DelegationView {
    pub(super) fn new(to: &str, delegation: &Delegation) -> Self {
        Self {
            from: delegation.from.clone(),
            to: to.to_owned(),
            roles: delegation.roles.iter().map(|role| role.name()).collect(),
            request: delegation.request.map(|id| id.to_string()),
            since: delegation.since,
            until: delegation.until,
            reason: delegation.reason.clone(),
        }
    }
}
