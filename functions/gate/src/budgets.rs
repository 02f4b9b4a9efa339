//! Every budget that an action's amount counts against.
//!
//! Limits are policy (`thresholds.rego`, table `budgets`); what is used is the ledger's. A budget without
//! a limit is still kept: the sum of similar actions is one of these.

use domain::Proposal;
use policy::Policy;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{
    Store, StoreError,
    budget::{Budget, Window},
};
use time::OffsetDateTime;

/// The budget of the whole store.
pub(crate) const STORE: &str = "store";

/// Limits of one budget, in whole cents; a window without one is not limited.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Limits {
    hour_cents: Option<i64>,
    day_cents: Option<i64>,
    week_cents: Option<i64>,
}

impl Limits {
    fn windows(self) -> impl Iterator<Item = (Window, i64)> {
        let all = [(Window::Hour, self.hour_cents), (Window::Day, self.day_cents), (Window::Week, self.week_cents)];
        all.into_iter().filter_map(|(window, limit)| limit.map(|limit| (window, limit)))
    }
}

/// The budgets of one proposal, as they stood when it was judged.
pub(crate) struct Ledger {
    budgets: Vec<(Budget, Limits)>,
    limits_known: bool,
    similar: Option<Budget>,
    cents: i64,
}

impl Ledger {
    /// Reads the budgets that apply; none for an action that moves no money.
    pub(crate) async fn load(store: &Store, policy: &Policy, proposal: &Proposal) -> Result<Self, StoreError> {
        let cents = proposal.action.amount().and_then(|money| money.cents()).unwrap_or_default();
        if cents <= 0 {
            return Ok(Self { budgets: Vec::new(), limits_known: true, similar: None, cents: 0 });
        }
        let limits: Option<BTreeMap<String, Limits>> = policy.thresholds("budgets").ok();
        let mut budgets = Vec::new();
        for name in names(proposal) {
            let limits = limits.as_ref().map(|limits| limits_of(limits, &name)).unwrap_or_default();
            budgets.push((store.budget(&name).await?, limits));
        }
        let similar = format!("similar:{}:{}", proposal.action.kind(), proposal.action.target());
        Ok(Self { budgets, limits_known: limits.is_some(), similar: Some(store.budget(&similar).await?), cents })
    }

    /// Names of the budgets that the amount would overflow; nothing at all where the limits are not known,
    /// and policy then asks a person.
    pub(crate) fn overflow(&self, now: OffsetDateTime) -> Option<Vec<String>> {
        let over = |(budget, limits): &&(Budget, Limits)| {
            limits.windows().any(|(window, most)| budget.used(window, now).saturating_add(self.cents) > most)
        };
        let names = self.budgets.iter().filter(over).map(|(budget, _)| budget.name().to_owned()).collect();
        self.limits_known.then_some(names)
    }

    /// Cents of similar actions in the last 24 hours.
    pub(crate) fn similar(&self, now: OffsetDateTime) -> i64 {
        self.similar.as_ref().map_or(0, |budget| budget.used(Window::Day, now))
    }

    /// Names of all budgets in which the amount is to be reserved.
    pub(crate) fn names(&self) -> Vec<String> {
        self.all().map(|budget| budget.name().to_owned()).collect()
    }

    /// All budgets with the amount reserved.
    pub(crate) fn reserved(&self, now: OffsetDateTime) -> Vec<Budget> {
        self.all().map(|budget| budget.clone().with(self.cents, now)).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Budget> {
        self.budgets.iter().map(|(budget, _)| budget).chain(&self.similar)
    }
}

/// Store, cluster, agent, and the campaign that the action is about, if it is about one.
fn names(proposal: &Proposal) -> Vec<String> {
    let agent = &proposal.agent;
    let target = proposal.action.target();
    let own = [STORE.to_owned(), format!("cluster:{}", agent.cluster()), format!("agent:{agent}")];
    own.into_iter().chain(target.starts_with("campaign:").then_some(target)).collect()
}

/// Limits under the last part of the budget's name: `store`, a cluster, an agent, a campaign.
fn limits_of(limits: &BTreeMap<String, Limits>, name: &str) -> Limits {
    let last = name.rsplit(':').next().unwrap_or(name);
    limits.get(last).copied().unwrap_or_default()
}
