//! All budgets as they stand, and the pages of them.

use super::{
    reserved::Reserved,
    view::{BudgetView, MostView},
};
use crate::{
    auth::Permit,
    extract::{Wanted, schema},
    problem::{Kind, Problem},
};
use judge::ledger::{Limited, Limits, STORE};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{
    budget::{Budget, Window},
    page::Cut,
    seen,
};
use time::OffsetDateTime;

/// What the CEO function granted by itself, and the policy table that limits it.
const MANDATE: &str = "mandate:ceo";
const MANDATE_TABLE: &str = "ceo_action";
/// The name under which people propose.
const PEOPLE: [&str; 2] = ["cluster:api", "agent:api"];

/// Everything that the page is made from.
pub(super) struct Books {
    limited: Option<Limited>,
    mandate: Limits,
    /// Budgets that the catalogue or policy names, in the order in which they are listed.
    named: Vec<Budget>,
    reserved: Option<Reserved>,
    now: OffsetDateTime,
}

impl Books {
    /// Reads them.
    pub(super) async fn open(permit: &Permit) -> Result<Self, Problem> {
        let policy = permit.policy();
        let limited = policy.as_ref().and_then(|policy| Limited::of(policy));
        let names = names(permit, limited.as_ref());
        let rows = names.iter().fold(seen::Wanted::default(), |rows, name| rows.budget(name));
        let seen = permit.store().see(rows).await?;
        let named = names.iter().map(|name| seen.budget(name)).collect::<Result<_, _>>()?;
        let mandate = policy.and_then(|policy| mandate(&policy)).unwrap_or_default();
        Ok(Self { limited, mandate, named, reserved: Reserved::read(permit).await?, now: permit.now() })
    }

    /// The budgets of one page, and where the next one starts: a name, or a place among the campaigns.
    pub(super) async fn page(
        &self,
        permit: &Permit,
        kind: Option<&str>,
        wanted: &Wanted,
    ) -> Result<(Vec<Budget>, Option<String>), Problem> {
        let fits = |budget: &&Budget| kind.is_none_or(|kind| kind == of_kind(budget.name())) && self.speaks(budget);
        let named: Vec<&Budget> = self.named.iter().filter(fits).collect();
        let (shown, cursor) = match Place::of(wanted.cursor.as_deref(), &named)? {
            Place::Campaigns(cursor) => (Vec::new(), cursor),
            Place::Named(from) => {
                let rest = named.get(from..).unwrap_or_default();
                let shown: Vec<Budget> = rest.iter().take(wanted.limit).map(|budget| (*budget).clone()).collect();
                if shown.len() < rest.len() {
                    let next = shown.last().map(|last| format!("n.{}", last.name()));
                    return Ok((shown, next));
                }
                (shown, None)
            }
        };
        if kind.is_some_and(|kind| kind != "campaign") {
            return Ok((shown, None));
        }
        self.campaigns(permit, shown, (cursor, wanted.limit)).await
    }

    /// The same page with campaigns that only the ledger knows, as far as there is room.
    async fn campaigns(
        &self,
        permit: &Permit,
        mut shown: Vec<Budget>,
        (cursor, limit): (Option<String>, usize),
    ) -> Result<(Vec<Budget>, Option<String>), Problem> {
        if shown.len() >= limit {
            return Ok((shown, Some("c.".to_owned())));
        }
        let cut = Cut { cursor, ..Cut::latest(limit - shown.len()) };
        let page = permit.store().campaigns(&cut).await?;
        let listed = |budget: &Budget| self.named.iter().any(|named| named.name() == budget.name());
        shown.extend(page.items.into_iter().filter(|budget| !listed(budget)));
        Ok((shown, page.next.map(|next| format!("c.{next}"))))
    }

    fn limits(&self, name: &str) -> Limits {
        let of_policy = || self.limited.as_ref().map(|limited| limited.limits(name)).unwrap_or_default();
        if name == MANDATE { self.mandate } else { of_policy() }
    }

    /// Whether there is anything to say of it.
    fn speaks(&self, budget: &Budget) -> bool {
        self.limits(budget.name()).windows().next().is_some() || budget.used(Window::Week, self.now) != 0
    }

    /// What is shown of a budget.
    pub(super) fn view(&self, budget: &Budget) -> BudgetView {
        let name = budget.name();
        let view = BudgetView::new((name, of_kind(name)), self.most(name));
        let reserved = |window| self.reserved.as_ref().map(|reserved| reserved.cents(name, window, self.now));
        view.with_windows(budget, self.limits(name), reserved, self.now)
    }

    /// Who used most of it today: a cluster of the store, an agent of a cluster.
    fn most(&self, name: &str) -> Option<MostView> {
        let part = |budget: &&Budget| match name.split_once(':') {
            None => of_kind(budget.name()) == "cluster",
            Some(("cluster", cluster)) => is_of(budget.name(), cluster),
            Some(_) => false,
        };
        let used = |budget: &Budget| budget.used(Window::Day, self.now);
        let first = self.named.iter().filter(part).max_by_key(|budget| used(budget))?;
        (used(first) > 0).then(|| MostView::new(first.name(), used(first)))
    }
}

/// Where a page starts.
enum Place {
    Named(usize),
    Campaigns(Option<String>),
}

impl Place {
    fn of(cursor: Option<&str>, named: &[&Budget]) -> Result<Self, Problem> {
        let Some(cursor) = cursor else { return Ok(Self::Named(0)) };
        let after = |last: &str| named.iter().position(|budget| budget.name() == last);
        match cursor.split_once('.') {
            Some(("n", last)) if after(last).is_some() => Ok(Self::Named(after(last).unwrap_or_default() + 1)),
            Some(("c", rest)) => Ok(Self::Campaigns(Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
            _ => {
                let (what, fix) = ("it was not handed out by this list", "leave it out to start again");
                Err(Problem::field(Kind::NotFound, "cursor", what, fix))
            }
        }
    }
}

/// Store, clusters, agents, campaigns that policy names: all budgets that are known without the ledger.
fn names(permit: &Permit, limited: Option<&Limited>) -> Vec<String> {
    let mut names: BTreeSet<String> = limited.map(Limited::names).unwrap_or_default().into_iter().collect();
    for member in permit.roster().members() {
        names.insert(format!("cluster:{}", member.name.cluster()));
        names.insert(format!("agent:{}", member.name));
    }
    names.extend([STORE, MANDATE].map(str::to_owned).into_iter().chain(PEOPLE.map(str::to_owned)));
    let mut names: Vec<String> = names.into_iter().collect();
    let rank = |name: &String| schema::BUDGET_KINDS.iter().position(|kind| *kind == of_kind(name));
    names.sort_by_key(rank);
    names
}

/// `store`, `cluster`, `agent`, `campaign` or `mandate`.
fn of_kind(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

fn is_of(name: &str, cluster: &str) -> bool {
    let agent = name.strip_prefix("agent:");
    agent.is_some_and(|agent| agent.split(['-', '/']).next() == Some(cluster))
}

/// The part of the CEO function's mandate that is a limit.
#[derive(Deserialize)]
struct Mandate {
    day_up_to_cents: i64,
}

fn mandate(policy: &policy::Policy) -> Option<Limits> {
    let table: Mandate = policy.thresholds(MANDATE_TABLE).ok()?;
    Some(Limits { day_cents: Some(table.day_up_to_cents), ..Limits::default() })
}
