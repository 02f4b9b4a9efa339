//! A person, as the token says.

use domain::{Digest, Role};
use policy::rules::access::Caller;
use std::{collections::BTreeSet, fmt};
use time::OffsetDateTime;

/// Somebody whose token was verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The account: what the record names.
    pub account: String,
    /// The natural person behind it, where the token names one (claim `person`).
    pub person: Option<String>,
    /// What they are called, where the token says; nothing is decided by it.
    pub name: Option<String>,
    /// What the person may be.
    pub roles: BTreeSet<Role>,
    /// When the token ends.
    pub until: OffsetDateTime,
}

impl Person {
    /// Whether it is a machine's account: one with the role `agent`, whatever else it carries.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        self.roles.contains(&Role::Agent)
    }

    /// What the rules are told.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller {
            account: self.account.clone(),
            human: self.person.clone(),
            roles: self.roles.iter().copied().collect(),
            machine: self.is_machine(),
        }
    }

    /// What the log calls the person: enough to tell two apart, nothing to know them by.
    #[must_use]
    pub fn mark(&self) -> String {
        Digest::of_bytes(self.account.as_bytes()).short().to_owned()
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("account", &"[redacted]").field("roles", &self.roles).finish()
    }
}
