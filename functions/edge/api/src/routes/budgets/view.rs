//! What is shown of a budget.

use crate::view::MoneyView;
use judge::ledger::Limits;
use serde::Serialize;
use store::budget::{Budget, Window};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A budget: what may be committed in it without a person, and what is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Budget)]
pub(super) struct BudgetView {
    /// Its name.
    #[schema(example = "cluster:marketing")]
    name: String,
    /// `store`, `mandate` (what the CEO function grants by itself), `cluster`, `agent` or `campaign`.
    #[schema(example = "cluster")]
    kind: String,
    /// The last hour, day and week.
    windows: Vec<WindowView>,
    /// Who used most of it in the last day; absent where nobody did, and of agents and campaigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<MostView>,
}

/// A budget in the time up to now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BudgetWindow)]
struct WindowView {
    /// `hour`, `day` or `week`: the last 60 minutes, 24 hours, 7 days.
    #[schema(example = "day")]
    window: &'static str,
    /// What was spent or held back in it.
    used: MoneyView,
    /// What of that is held back for actions that were not executed yet; absent where they are too many to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    reserved: Option<MoneyView>,
    /// The most; absent where policy sets no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<MoneyView>,
    /// Room below the limit; what goes beyond it waits for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<MoneyView>,
}

/// Whoever used most of a budget.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BudgetShare)]
pub(super) struct MostView {
    /// Name of its own budget.
    #[schema(example = "agent:marketing-campaigns")]
    name: String,
    /// What it used in the last day.
    used: MoneyView,
}

impl MostView {
    pub(super) fn new(name: &str, cents: i64) -> Self {
        Self { name: name.to_owned(), used: MoneyView::euro_cents(cents) }
    }
}

impl BudgetView {
    pub(super) fn new((name, kind): (&str, &str), most: Option<MostView>) -> Self {
        Self { name: name.to_owned(), kind: kind.to_owned(), windows: Vec::new(), most }
    }

    /// The same with its windows, as they are at `now`.
    pub(super) fn with_windows(
        self,
        budget: &Budget,
        limits: Limits,
        reserved: impl Fn(Window) -> Option<i64>,
        now: OffsetDateTime,
    ) -> Self {
        let window = |(window, name): (Window, &'static str)| {
            let used = budget.used(window, now);
            let limit = limits.windows().find(|(limited, _)| *limited == window).map(|(_, cents)| cents);
            WindowView {
                window: name,
                used: MoneyView::euro_cents(used),
                reserved: reserved(window).map(|cents| MoneyView::euro_cents(cents.min(used))),
                limit: limit.map(MoneyView::euro_cents),
                left: limit.map(|limit| MoneyView::euro_cents(limit.saturating_sub(used).max(0))),
            }
        };
        let all = [(Window::Hour, "hour"), (Window::Day, "day"), (Window::Week, "week")];
        Self { windows: all.into_iter().map(window).collect(), ..self }
    }
}
