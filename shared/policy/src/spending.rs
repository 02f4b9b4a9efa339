//! Tables that whoever keeps the ledger asks for: limits of budgets, and what is summed up.

use crate::Policy;
use serde::Deserialize;
use serde_json::Value;

/// Whose spending a budget bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purse<'a> {
    /// All of it.
    Store,
    /// That of a cluster, such as `product`.
    Cluster(&'a str),
    /// That of an agent, such as `product-inventory/eu-home`.
    Agent(&'a str),
    /// That on a campaign, by its key.
    Campaign(&'a str),
}

/// The most that may be committed without a person, in whole euro cents; a window that is absent has no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// In an hour.
    pub hour_cents: Option<i64>,
    /// In a day.
    pub day_cents: Option<i64>,
    /// In a week.
    pub week_cents: Option<i64>,
}

/// Among whose actions of one type the sum of 24 hours is taken that limits on an amount are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SplitBy {
    /// Those on the same target: many small bills of one payee.
    Target,
    /// Those of the same agent: many small bills of many payees.
    Agent,
    /// Those of the same cluster.
    Cluster,
    /// All of them.
    Store,
}

/// Where nothing else is said.
const DEFAULT: &str = "default";

impl Policy {
    /// The limits of one budget; nothing where the policy does not say, so that the ledger cannot be asked.
    ///
    /// A specialist has its function's limits where it has none of its own, and an agent or campaign without a line
    /// those of `default`. A cluster without a line has no limit of its own.
    #[must_use]
    pub fn limits(&self, purse: Purse<'_>) -> Option<Limits> {
        let (table, names) = match purse {
            Purse::Store => ("budgets", vec!["store"]),
            Purse::Cluster(cluster) => ("budgets", vec![cluster]),
            Purse::Agent(agent) => ("budget_agents", vec![agent, agent.split('/').next().unwrap_or_default(), DEFAULT]),
            Purse::Campaign(campaign) => ("budget_campaigns", vec![campaign, DEFAULT]),
        };
        let table: Value = self.thresholds(table).ok()?;
        let line = names.into_iter().find_map(|name| table.get(name));
        line.map_or(Some(Limits::default()), |line| Limits::deserialize(line).ok())
    }

    /// What the similar actions of an action type are summed under: the fact is the largest of these sums.
    #[must_use]
    pub fn split_by(&self, kind: &str) -> Vec<SplitBy> {
        let said = self.row(kind).and_then(|row| Vec::deserialize(row.get("split_by")?).ok());
        said.unwrap_or_else(|| vec![SplitBy::Target])
    }
}
