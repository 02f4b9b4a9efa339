//! A person, as the token says.

use domain::{Digest, Role};
use std::{collections::BTreeSet, fmt};

/// Somebody whose token was verified.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The account: what the record names.
    pub(crate) account: String,
    /// What the person may be.
    pub(crate) roles: BTreeSet<Role>,
}

impl Person {
    /// Whether it is a machine's account: one with the role `agent`, whatever else it carries.
    pub(crate) fn is_machine(&self) -> bool {
        self.roles.contains(&Role::Agent)
    }

    /// What the log calls the person: enough to tell two apart, nothing to know them by.
    pub(crate) fn mark(&self) -> String {
        Digest::of_bytes(self.account.as_bytes()).short().to_owned()
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("account", &"[redacted]").field("roles", &self.roles).finish()
    }
}
