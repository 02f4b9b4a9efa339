//! The stop switch.

use crate::{Action, AgentName};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};
use time::OffsetDateTime;

/// What a stop covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// Everything.
    All,
    /// Everything that moves money.
    Spend,
    /// A cluster.
    Cluster(String),
    /// An agent, or one specialist.
    Agent(AgentName),
    /// An action type.
    Action(String),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Spend => f.write_str("spend"),
            Self::Cluster(name) => write!(f, "cluster:{name}"),
            Self::Agent(name) => write!(f, "agent:{name}"),
            Self::Action(kind) => write!(f, "action:{kind}"),
        }
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "all" => Ok(Self::All),
            None if text == "spend" => Ok(Self::Spend),
            Some(("cluster", name)) if !name.is_empty() => Ok(Self::Cluster(name.to_owned())),
            Some(("agent", name)) => name.parse().map(Self::Agent).map_err(|e: crate::agent::NotAnAgent| e.to_string()),
            Some(("action", kind)) if Action::KINDS.contains(&kind) => Ok(Self::Action(kind.to_owned())),
            _ => Err(format!("`{text}` is no scope: use all, spend, cluster:<name>, agent:<name> or action:<type>")),
        }
    }
}

impl TryFrom<String> for Scope {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// Who stopped something, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// Account of the person, or name of the function.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// All stops that are on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Control {
    /// By scope.
    pub stops: BTreeMap<Scope, Stop>,
}

impl Control {
    /// The stop that covers an action of this agent, if any is on. The ways out of a stop, and of a bad policy, are
    /// never stopped.
    #[must_use]
    pub fn stops_action(&self, agent: &AgentName, action: &Action) -> Option<(&Scope, &Stop)> {
        if matches!(action, Action::ControlResume(_) | Action::PolicyPublish(_)) {
            return None;
        }
        self.stops.iter().find(|(scope, _)| match scope {
            Scope::Spend => action.amount().is_some_and(|money| !money.amount().is_zero()),
            Scope::Action(kind) => kind == action.kind(),
            other => Self::covers(other, agent),
        })
    }

    /// The stop that keeps this agent from running, if any is on.
    #[must_use]
    pub fn stops_agent(&self, agent: &AgentName) -> Option<(&Scope, &Stop)> {
        self.stops.iter().find(|(scope, _)| Self::covers(scope, agent))
    }

    fn covers(scope: &Scope, agent: &AgentName) -> bool {
        match scope {
            Scope::All => true,
            Scope::Cluster(name) => name == agent.cluster(),
            Scope::Agent(name) => name == agent || name.as_str() == agent.function(),
            Scope::Spend | Scope::Action(_) => false,
        }
    }
}
