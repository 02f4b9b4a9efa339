//! Who is told of what, as it happens (`live.rego`).

use super::access::Caller;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Somebody who is connected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Who.
    pub caller: Caller,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// All topics there are, such as `approval:required`.
    pub known: BTreeSet<String>,
    /// Those that this caller may be told of.
    pub heard: BTreeSet<String>,
}
