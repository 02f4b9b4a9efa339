//! A person's part: roles, the request that waits, and votes.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;

/// What a person may see and decide. Rego maps roles to rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Owns the store.
    Owner,
    /// Money.
    Finance,
    /// Products, stock and orders.
    Operations,
    /// Campaigns and content.
    Marketing,
    /// Customers.
    Support,
    /// Reads everything, decides nothing.
    Auditor,
    /// A machine: proposes, reads, withdraws; never decides.
    Agent,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] =
        [Self::Owner, Self::Finance, Self::Operations, Self::Marketing, Self::Support, Self::Auditor, Self::Agent];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Finance => "finance",
            Self::Operations => "operations",
            Self::Marketing => "marketing",
            Self::Support => "support",
            Self::Auditor => "auditor",
            Self::Agent => "agent",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or_else(|| format!("`{name}` is no role: {}", known()))
    }
}

/// A request that waits for people. What it asks is fixed when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// Distinct people who must agree.
    pub quorum: u32,
    /// When it opened.
    #[serde(with = "time::serde::rfc3339")]
    pub opened: OffsetDateTime,
    /// When it expires.
    #[serde(with = "time::serde::rfc3339")]
    pub deadline: OffsetDateTime,
    /// Who agreed or refused, in order.
    pub votes: Vec<Vote>,
}

impl Approval {
    /// Whether as many distinct people agreed as were asked for.
    #[must_use]
    pub fn agreed(&self) -> bool {
        let people: std::collections::BTreeSet<_> =
            self.votes.iter().filter(|vote| vote.agrees).map(|vote| &vote.person).collect();
        u32::try_from(people.len()).is_ok_and(|count| count >= self.quorum)
    }
}

/// One person's word on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vote {
    /// Account of the person.
    pub person: String,
    /// Role in which the person voted.
    pub role: Role,
    /// Yes or no.
    pub agrees: bool,
    /// Why; required for a no.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
