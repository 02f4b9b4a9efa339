//! Who can be given work.

use domain::{Action, AgentName, control::Scope};
use std::collections::BTreeSet;

/// One agent, or one specialist of an agent, as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: AgentName,
    /// What it does, in one line.
    pub about: String,
}

/// All agents that can be given work, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster(Vec<Member>);

impl Roster {
    /// A roster of these agents: name, and what it does. What is no agent's name is left out, and logged.
    #[must_use]
    pub fn new(agents: impl IntoIterator<Item = (String, String)>) -> Self {
        let named = |(name, about): (String, String)| match name.parse::<AgentName>() {
            Ok(name) => Some(Member { name, about }),
            Err(error) => {
                tracing::error!(%error, "an agent is left out");
                None
            }
        };
        let mut members: Vec<Member> = agents.into_iter().filter_map(named).collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members.dedup_by(|a, b| a.name == b.name);
        Self(members)
    }

    /// All members, by name.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.0
    }

    /// The member of this name.
    #[must_use]
    pub fn find(&self, name: &AgentName) -> Option<&Member> {
        self.0.iter().find(|member| member.name == *name)
    }

    /// Whether a stop of this scope would stop anything here.
    pub(crate) fn covers(&self, scope: &Scope) -> bool {
        self.0.iter().any(|member| match scope {
            Scope::Cluster(name) => name == member.name.cluster(),
            Scope::Agent(name) => *name == member.name || name.as_str() == member.name.function(),
            Scope::All | Scope::Spend | Scope::Action(_) => true,
        })
    }

    /// All scopes that can be stopped here.
    pub(crate) fn scopes(&self) -> Vec<String> {
        let of_member =
            |member: &Member| [Scope::Cluster(member.name.cluster().to_owned()), Scope::Agent(member.name.clone())];
        let own: BTreeSet<Scope> = self.0.iter().flat_map(of_member).collect();
        let kinds = Action::KINDS.iter().map(|kind| Scope::Action((*kind).to_owned()));
        [Scope::All, Scope::Spend].into_iter().chain(own).chain(kinds).map(|scope| scope.to_string()).collect()
    }

    /// The names, for a message; the first twenty of a long roster.
    pub(crate) fn names(&self) -> String {
        const SHOWN: usize = 20;
        let shown = self.0.iter().take(SHOWN).map(|member| member.name.as_str());
        let names = shown.collect::<Vec<_>>().join(", ");
        match self.0.len().saturating_sub(SHOWN) {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}
