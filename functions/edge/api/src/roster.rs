//! Who can be given work.

use domain::AgentName;

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
