//! What a backtest finds: the same facts under two policies.

use crate::view::MoneyView;
use domain::{Tier, audit::EventV1};
use policy::Policy;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The most affected decisions that are named.
const NAMED: usize = 100;

/// What the edit would have made of them, compared with the policy in force: both judge the same facts again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BacktestResult {
    /// The revision that the edit would be.
    revision: String,
    /// The revision in force, against which it is held.
    replaces: String,
    /// Decisions that were judged again.
    compared: u64,
    /// Decisions whose facts are not kept any more.
    without_facts: u64,
    /// Those of which both say the same.
    unchanged: u64,
    /// Those that would need more consent.
    stricter: u64,
    /// Those that would need less.
    looser: u64,
    /// Money that would have moved without anybody being asked, and is asked about now.
    newly_unattended: MoneyView,
    /// Money that people would have been asked about, and that moves without it now.
    newly_attended: MoneyView,
    /// The decisions of which the two say different things; at most a hundred are named.
    affected: Vec<Affected>,
    /// Where to go on; absent if all decisions of the days were compared. The counts are those of this answer alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A decision of which the two policies say different things.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Affected {
    /// Id of the action, and number of the record that holds the decision.
    decision: String,
    /// The action's type.
    #[schema(example = "expense.pay")]
    action_type: String,
    /// The agent that asked.
    agent: String,
    /// When it was judged.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// The tier under the policy in force.
    #[schema(example = "HIGH")]
    from: String,
    /// The tier under the edit.
    #[schema(example = "MEDIUM")]
    to: String,
    /// The money that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    compared: u64,
    without_facts: u64,
    stricter: u64,
    looser: u64,
    unattended: i64,
    attended: i64,
    affected: Vec<Affected>,
}

impl Tally {
    /// Has both policies judge what was judged.
    pub(super) fn add(&mut self, event: &EventV1, (now, edited): (&Policy, &Policy)) {
        let Some(input) = &event.input else {
            self.without_facts += 1;
            return;
        };
        let seen = input.to_string();
        let tier = |policy: &Policy| policy.judge_seen(&seen, event.timestamp).tier;
        let (from, to) = (tier(now), tier(edited));
        self.compared += 1;
        if from == to {
            return;
        }
        let cents = euro_cents(input);
        match runs(to) {
            true if !runs(from) => self.unattended = self.unattended.saturating_add(cents.unwrap_or_default()),
            false if runs(from) => self.attended = self.attended.saturating_add(cents.unwrap_or_default()),
            _ => {}
        }
        if to > from {
            self.stricter += 1
        } else {
            self.looser += 1
        }
        if self.affected.len() < NAMED {
            self.affected.push(Affected::new(event, (from, to), cents));
        }
    }

    /// All of it, and where to go on.
    pub(super) fn result(self, revision: String, replaces: String, next: Option<String>) -> BacktestResult {
        BacktestResult {
            revision,
            replaces,
            compared: self.compared,
            without_facts: self.without_facts,
            unchanged: self.compared - self.stricter - self.looser,
            stricter: self.stricter,
            looser: self.looser,
            newly_unattended: MoneyView::euro_cents(self.unattended),
            newly_attended: MoneyView::euro_cents(self.attended),
            affected: self.affected,
            next,
        }
    }
}

impl Affected {
    fn new(event: &EventV1, (from, to): (Tier, Tier), cents: Option<i64>) -> Self {
        let kind = event.input.as_ref().and_then(|input| input.pointer("/action/type")?.as_str());
        Self {
            decision: event.decision_id.clone(),
            action_type: kind.unwrap_or_default().to_owned(),
            agent: event.requested_by.clone(),
            at: event.timestamp,
            from: from.to_string(),
            to: to.to_string(),
            amount: cents.map(MoneyView::euro_cents),
        }
    }
}

/// Whether an action of this tier runs without anybody being asked.
const fn runs(tier: Tier) -> bool {
    matches!(tier, Tier::Low | Tier::Medium)
}

/// What the action moves, where that is euro.
fn euro_cents(input: &Value) -> Option<i64> {
    let currency = input.pointer("/action/currency").and_then(Value::as_str);
    input.pointer("/action/amount_cents")?.as_i64().filter(|_| currency == Some("EUR"))
}
