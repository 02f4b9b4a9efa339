//! What the index says of a request.

use domain::Tier;
use store::lines::Line;

/// A request as the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gist {
    pub(super) id: String,
    /// When the clock has something to do about it next, as text that sorts as time does.
    pub(super) due: String,
    /// Its deadline, in the same way.
    pub(super) deadline: String,
    /// When it was proposed, in the same way.
    pub(super) created: String,
    /// The number of cents that it is about, whatever the currency; 0 where it is about none.
    pub(super) cents: i64,
    pub(super) tier: String,
    pub(super) kind: String,
    pub(super) agent: String,
}

impl Gist {
    /// What `line` says; nothing where it says something else.
    pub(super) fn read(line: Line) -> Option<Self> {
        let [deadline, created, cents, tier, kind, agent] = <[String; 6]>::try_from(line.words).ok()?;
        let cents = cents.parse().ok()?;
        Some(Self { id: line.id, due: line.at, deadline, created, cents, tier, kind, agent })
    }

    /// The agent without the specialist.
    pub(super) fn function(&self) -> &str {
        self.agent.split('/').next().unwrap_or_default()
    }

    /// The agent's cluster.
    pub(super) fn cluster(&self) -> &str {
        self.agent.split(['-', '/']).next().unwrap_or_default()
    }

    pub(super) fn has_tier(&self, tier: Tier) -> bool {
        self.tier == tier.to_string()
    }
}
