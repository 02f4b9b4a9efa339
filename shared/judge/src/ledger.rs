//! Every budget that an action's amount counts against.
//!
//! Limits are policy (`thresholds.rego`, tables `budgets`, `budget_agents`, `budget_campaigns`); what is used is
//! the ledger's. A budget without a limit is still kept: the sum of similar actions is one of these.

use domain::{Proposal, Record};
use policy::{Policy, SplitBy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{
    StoreError,
    budget::{Budget, Window},
    seen::{Seen, Wanted},
};
use time::OffsetDateTime;

/// The budget of the whole store.
pub const STORE: &str = "store";
/// What holds for an agent or a campaign that its table does not name.
const DEFAULT: &str = "default";

/// Limits of one budget, in whole cents; a window without one is not limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Most in the last 60 minutes.
    pub hour_cents: Option<i64>,
    /// Most in the last 24 hours.
    pub day_cents: Option<i64>,
    /// Most in the last 7 days.
    pub week_cents: Option<i64>,
}

impl Limits {
    /// The limits that there are, by window.
    pub fn windows(self) -> impl Iterator<Item = (Window, i64)> {
        let all = [(Window::Hour, self.hour_cents), (Window::Day, self.day_cents), (Window::Week, self.week_cents)];
        all.into_iter().filter_map(|(window, limit)| limit.map(|limit| (window, limit)))
    }
}

/// The limits of every budget, as one policy revision has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limited {
    clusters: BTreeMap<String, Limits>,
    agents: BTreeMap<String, Limits>,
    campaigns: BTreeMap<String, Limits>,
}

impl Limited {
    /// The limits of `policy`; nothing where it does not say them all.
    #[must_use]
    pub fn of(policy: &Policy) -> Option<Self> {
        let table = |name: &str| policy.thresholds(name).ok();
        Some(Self {
            clusters: table("budgets")?,
            agents: table("budget_agents")?,
            campaigns: table("budget_campaigns")?,
        })
    }

    /// The limits of the budget `name`: `store`, `cluster:…`, `agent:…` or `campaign:…`.
    #[must_use]
    pub fn limits(&self, name: &str) -> Limits {
        let own = |table: &BTreeMap<String, Limits>, key: &str| table.get(key).copied();
        let found = match name.split_once(':') {
            None => own(&self.clusters, name),
            Some(("cluster", cluster)) => own(&self.clusters, cluster),
            Some(("agent", agent)) => own(&self.agents, agent)
                .or_else(|| own(&self.agents, agent.split('/').next().unwrap_or(agent)))
                .or_else(|| own(&self.agents, DEFAULT)),
            Some(("campaign", campaign)) => own(&self.campaigns, campaign).or_else(|| own(&self.campaigns, DEFAULT)),
            Some(_) => None,
        };
        found.unwrap_or_default()
    }

    /// Names of the budgets that policy names itself.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let clusters =
            self.clusters.keys().map(|key| if key == STORE { key.clone() } else { format!("cluster:{key}") });
        let named = |kind: &'static str, table: &BTreeMap<String, Limits>| {
            table.keys().filter(|key| *key != DEFAULT).map(move |key| format!("{kind}:{key}")).collect::<Vec<_>>()
        };
        clusters.chain(named("agent", &self.agents)).chain(named("campaign", &self.campaigns)).collect()
    }
}

/// The budgets of one proposal, as they stood when it was judged.
#[derive(Debug, Clone)]
pub struct Ledger {
    budgets: Vec<(Budget, Limits)>,
    limits_known: bool,
    similar: Vec<Budget>,
    cents: i64,
}

/// Names of the budgets that one proposal counts in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    budgets: Vec<String>,
    similar: Vec<String>,
    cents: i64,
}

impl Names {
    /// None for an action that moves no money, and for one that undoes another: that one's money comes back.
    pub(crate) fn of(policy: &Policy, proposal: &Proposal) -> Self {
        let cents = proposal.action.amount().and_then(|money| money.cents()).unwrap_or_default();
        if cents <= 0 || proposal.undoes.is_some() {
            return Self::default();
        }
        Self { budgets: budgets(proposal), similar: similar(policy, proposal), cents }
    }

    /// Adds the rows to be read.
    pub(crate) fn wanted(&self, rows: Wanted) -> Wanted {
        self.budgets.iter().chain(&self.similar).fold(rows, |rows, name| rows.budget(name))
    }
}

impl Ledger {
    /// The budgets as they were `seen`; what `held` has reserved in them does not count against itself.
    pub(crate) fn read(
        (policy, names): (&Policy, &Names),
        seen: &Seen,
        held: Option<&Record>,
        now: OffsetDateTime,
    ) -> Result<Self, StoreError> {
        let limits = Limited::of(policy);
        let known = limits.is_some() || names.cents == 0;
        let limits = limits.unwrap_or_default();
        let cents = |record: &Record| record.proposal.action.amount().and_then(|money| money.cents());
        let own_cents = held.and_then(cents).unwrap_or_default();
        let read = |name: &String| {
            let budget = seen.budget(name)?;
            let own = held.filter(|record| record.reserved.contains(name));
            let since = own.map(|record| record.reserved_at.unwrap_or(record.decision.at));
            Ok::<_, StoreError>(match since {
                Some(since) => budget.without(own_cents, since, now),
                None => budget,
            })
        };
        let budgets = names.budgets.iter().map(|name| Ok((read(name)?, limits.limits(name))));
        Ok(Self {
            budgets: budgets.collect::<Result<_, StoreError>>()?,
            limits_known: known,
            similar: names.similar.iter().map(read).collect::<Result<_, _>>()?,
            cents: names.cents,
        })
    }

    /// Names of the budgets that the amount would overflow; nothing at all where the limits are not known,
    /// and policy then asks a person.
    #[must_use]
    pub fn overflow(&self, now: OffsetDateTime) -> Option<Vec<String>> {
        let over = |(budget, limits): &&(Budget, Limits)| {
            limits.windows().any(|(window, most)| budget.used(window, now).saturating_add(self.cents) > most)
        };
        let names = self.budgets.iter().filter(over).map(|(budget, _)| budget.name().to_owned()).collect();
        self.limits_known.then_some(names)
    }

    /// Cents of similar actions in the last 24 hours: the largest of the sums that policy asks for.
    #[must_use]
    pub fn similar(&self, now: OffsetDateTime) -> i64 {
        self.similar.iter().map(|budget| budget.used(Window::Day, now)).max().unwrap_or_default()
    }

    /// The budgets that have limits, with these.
    #[must_use]
    pub fn budgets(&self) -> &[(Budget, Limits)] {
        &self.budgets
    }

    /// Names of all budgets in which the amount is to be reserved.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.all().map(|budget| budget.name().to_owned()).collect()
    }

    /// All budgets with the amount reserved.
    #[must_use]
    pub fn reserved(&self, now: OffsetDateTime) -> Vec<Budget> {
        self.all().map(|budget| budget.clone().with(self.cents, now)).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Budget> {
        self.budgets.iter().map(|(budget, _)| budget).chain(&self.similar)
    }
}

/// Store, cluster, agent, and the campaign that the action is about, if it is about one.
fn budgets(proposal: &Proposal) -> Vec<String> {
    let agent = &proposal.agent;
    let target = proposal.action.target();
    let own = [STORE.to_owned(), format!("cluster:{}", agent.cluster()), format!("agent:{agent}")];
    own.into_iter().chain(target.starts_with("campaign:").then_some(target)).collect()
}

/// The ledgers in which actions are summed that could be parts of one: of one type, and, as policy says for the type,
/// about one target, by one agent, of one cluster, or all.
fn similar(policy: &Policy, proposal: &Proposal) -> Vec<String> {
    let kind = proposal.action.kind();
    let name = |by: SplitBy| match by {
        SplitBy::Target => format!("similar:{kind}:{}", proposal.action.target()),
        SplitBy::Agent => format!("similar:{kind}:agent:{}", proposal.agent),
        SplitBy::Cluster => format!("similar:{kind}:cluster:{}", proposal.agent.cluster()),
        SplitBy::Store => format!("similar:{kind}:store"),
    };
    policy.split_by(kind).into_iter().map(name).collect()
}
