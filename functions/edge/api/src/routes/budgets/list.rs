//! All budgets, in pages: the store, its clusters, its agents, then the campaigns that there are.

use super::{
    reserved::Reserved,
    view::{BudgetView, MostView},
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Params, Wanted, schema},
    problem::{Kind, Problem},
    view::Page,
};
use axum::Json;
use judge::ledger::{Limited, Limits, STORE};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{
    budget::{Budget, Window},
    page::Cut,
    seen,
};
use time::OffsetDateTime;
use utoipa::IntoParams;

/// What the CEO function granted by itself, and the policy table that limits it.
const MANDATE: &str = "mandate:ceo";
const MANDATE_TABLE: &str = "ceo_action";
/// The name under which people propose.
const PEOPLE: [&str; 2] = ["cluster:api", "agent:api"];

/// Which budgets.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only budgets of this kind.
    #[param(schema_with = schema::budget_kind, required = false)]
    kind: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists the budgets that have a limit or were used: limit, use and room of the last hour, day and week.
#[utoipa::path(get, path = "/budgets", operation_id = "listBudgets", tag = "Budgets",
    params(Filter), responses((status = 200, description = "A page of budgets.", body = Page<BudgetView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<BudgetView>>, Problem> {
    let permit = caller.may(Verb::ReadBudgets, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let kind = filter.kind.map(|kind| known(&kind)).transpose()?;
    let books = Books::open(&permit).await?;
    let (shown, next) = books.page(&permit, kind, &wanted).await?;
    let items = shown.iter().map(|budget| books.view(budget)).collect();
    Ok(Json(Page { items, next }))
}

fn known(kind: &str) -> Result<&'static str, Problem> {
    let found = schema::BUDGET_KINDS.into_iter().find(|known| *known == kind);
    found.ok_or_else(|| {
        let known = schema::BUDGET_KINDS.join(", ");
        Problem::field(Kind::Query, "kind", format!("`{kind}` is no kind of budget"), format!("send one of {known}"))
    })
}

/// Everything that the page is made from.
struct Books {
    limited: Option<Limited>,
    mandate: Limits,
    /// Budgets that the catalogue or policy names, in the order in which they are listed.
    named: Vec<Budget>,
    reserved: Option<Reserved>,
    now: OffsetDateTime,
}

impl Books {
    async fn open(permit: &Permit) -> Result<Self, Problem> {
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
    async fn page(
        &self,
        permit: &Permit,
        kind: Option<&str>,
        wanted: &Wanted,
    ) -> Result<(Vec<Budget>, Option<String>), Problem> {
        let fits = |budget: &&Budget| kind.is_none_or(|kind| kind == of_kind(budget.name())) && self.speaks(budget);
        let named: Vec<&Budget> = self.named.iter().filter(fits).collect();
        let place = Place::of(wanted.cursor.as_deref(), &named)?;
        let mut shown: Vec<Budget> = match place {
            Place::Named(from) => named.iter().skip(from).take(wanted.limit).map(|b| (*b).clone()).collect(),
            Place::Campaigns(_) => Vec::new(),
        };
        if let Place::Named(from) = place
            && from + shown.len() < named.len()
        {
            return Ok((shown.clone(), shown.last().map(|last| format!("n.{}", last.name()))));
        }
        if kind.is_some_and(|kind| kind != "campaign") {
            return Ok((shown, None));
        }
        if shown.len() >= wanted.limit {
            return Ok((shown, Some("c.".to_owned())));
        }
        let cursor = match place {
            Place::Campaigns(cursor) => cursor,
            Place::Named(_) => None,
        };
        let cut = Cut { cursor, ..Cut::latest(wanted.limit - shown.len()) };
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

    fn view(&self, budget: &Budget) -> BudgetView {
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
                Err(Problem::field(Kind::Query, "cursor", what, fix))
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
