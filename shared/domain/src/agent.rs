//! Who proposes.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A name that is not an agent's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an agent name: lower-case words joined by `-`, with an optional `/specialist`, at most 80 characters"
)]
pub struct NotAnAgent(String);

/// The name of an agent, such as `product-scout`, or of one of its specialists, `product-scout/eu-home`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgentName(String);

impl AgentName {
    /// The function that plays it: the name without the specialist.
    #[must_use]
    pub fn function(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// Its cluster: the first word of the name, such as `product`.
    #[must_use]
    pub fn cluster(&self) -> &str {
        self.0.split(['-', '/']).next().unwrap_or_default()
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AgentName {
    type Err = NotAnAgent;

    fn from_str(name: &str) -> Result<Self, NotAnAgent> {
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let fits = name.len() <= 80 && name.split('/').count() <= 2 && name.split(['-', '/']).all(word);
        if fits { Ok(Self(name.to_owned())) } else { Err(NotAnAgent(name.chars().take(80).collect())) }
    }
}

impl TryFrom<String> for AgentName {
    type Error = NotAnAgent;

    fn try_from(name: String) -> Result<Self, NotAnAgent> {
        name.parse()
    }
}

impl From<AgentName> for String {
    fn from(name: AgentName) -> Self {
        name.0
    }
}

impl fmt::Display for AgentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
