//! What is shown of a change that nobody made yet.

use crate::view::{MoneyView, action::DecisionView};
use domain::{Proposal, Record, text::Lang};
use judge::{Weighed, ledger::Limits};
use serde::Serialize;
use serde_json::Value;
use store::budget::{Budget, Window};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What a changed request would be.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Preview)]
pub(in crate::routes::approvals) struct PreviewView {
    /// What exactly would happen.
    will_happen: String,
    /// The changed action.
    #[schema(value_type = Object)]
    payload: Value,
    /// The money that it would move or commit, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
    /// The tier of the request as it is.
    #[schema(example = "HIGH")]
    tier_now: String,
    /// What policy would say of the changed one.
    decision: DecisionView,
    /// Roles that could decide it, where people would have to.
    roles: Vec<&'static str>,
    /// Distinct people who would have to agree.
    quorum: u32,
    /// What is used of every budget that it would count in, without the request as it is.
    budgets: Vec<RoomView>,
    /// Why it would be set aside at once, where a stop covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    /// The action of the very same effect that is under way: the changed one would not be asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    under_way: Option<String>,
}

/// The room in one budget, over one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Room)]
struct RoomView {
    /// Which budget.
    #[schema(example = "cluster:marketing")]
    budget: String,
    /// `hour`, `day` or `week`.
    #[schema(value_type = String)]
    window: Window,
    /// The most in that window, in cents.
    limit_cents: i64,
    /// What is used of it, in cents.
    used_cents: i64,
    /// What would be left, in cents; less than nothing where it would overflow.
    left_cents: i64,
}

impl PreviewView {
    /// What `weighed` says of the proposal `new`, which would take the place of the one in `record`.
    pub(super) fn new((new, record): (&Proposal, &Record), weighed: &Weighed, now: OffsetDateTime, lang: Lang) -> Self {
        let cents = new.action.amount().and_then(|money| money.cents()).unwrap_or_default();
        let room = |(budget, limits): &(Budget, Limits)| rooms((budget, *limits), cents, now);
        Self {
            will_happen: new.action.sentence(lang),
            payload: serde_json::to_value(&new.action).unwrap_or_default(),
            amount: new.action.amount().map(MoneyView::from),
            tier_now: record.decision.tier.to_string(),
            decision: DecisionView::new(&weighed.decision, lang),
            roles: weighed.decision.consent.roles.iter().map(|role| role.name()).collect(),
            quorum: weighed.decision.consent.quorum,
            budgets: weighed.ledger.budgets().iter().flat_map(room).collect(),
            stopped: weighed.stopped(new),
            under_way: weighed.effect.open.map(|id| id.to_string()),
        }
    }
}

fn rooms((budget, limits): (&Budget, Limits), cents: i64, now: OffsetDateTime) -> Vec<RoomView> {
    let view = |(window, limit_cents): (Window, i64)| {
        let used_cents = budget.used(window, now);
        let left_cents = limit_cents.saturating_sub(used_cents).saturating_sub(cents);
        RoomView { budget: budget.name().to_owned(), window, limit_cents, used_cents, left_cents }
    };
    limits.windows().map(view).collect()
}
