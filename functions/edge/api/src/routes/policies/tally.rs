//! What a backtest finds: the same facts under two policies.

use crate::view::MoneyView;
use policy::backtest::{Affected, Approval, Counts, Summary};
use serde::Serialize;
use std::collections::BTreeMap;
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
    /// Decisions that were compared.
    compared: u64,
    /// Decisions whose facts are not kept any more.
    without_facts: u64,
    /// Those of which both say the same.
    unchanged: u64,
    /// Those that would need more consent.
    stricter: u64,
    /// Those that would need less.
    looser: u64,
    /// Those compared that both policies judged again.
    evaluated: u64,
    /// Those compared whose answer was known from equal facts.
    reused: u64,
    /// Those compared whose rules are the same, with all numbers that they read.
    skipped: u64,
    /// Money that would have moved without anybody being asked, and is asked about now.
    newly_unattended: MoneyView,
    /// Money that people would have been asked about, and that moves without it now.
    newly_attended: MoneyView,
    /// Requests to people that there would not have been.
    approvals_fallen_away: u64,
    /// Requests to people that there would have been besides.
    approvals_added: u64,
    /// The same by action type.
    by_type: BTreeMap<String, CountsView>,
    /// The same by agent.
    by_agent: BTreeMap<String, CountsView>,
    /// The decisions of which the two say different things; at most a hundred are named.
    affected: Vec<AffectedView>,
    /// Where to go on; absent if all decisions of the days were compared. The counts are those of this answer alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Counts of one action type or agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BacktestCounts)]
struct CountsView {
    /// Decisions of which both say the same.
    unchanged: u64,
    /// Those that would need more consent.
    stricter: u64,
    /// Those that would need less.
    looser: u64,
    /// Money that would have moved without anybody being asked.
    newly_unattended: MoneyView,
    /// Money that people would have been asked about.
    newly_attended: MoneyView,
}

/// A decision of which the two policies say different things.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Affected)]
struct AffectedView {
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
    /// What becomes of the request to a person: `falls_away` or `added`; absent where it stays as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "falls_away")]
    approval: Option<&'static str>,
    /// The money that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
}

impl BacktestResult {
    /// What was found, and where to go on.
    pub(super) fn new(found: Summary, next: Option<String>) -> Self {
        let counts =
            |counts: BTreeMap<String, Counts>| counts.into_iter().map(|(name, of)| (name, of.into())).collect();
        Self {
            revision: found.revision,
            replaces: found.replaces,
            compared: found.compared,
            without_facts: found.without_facts,
            unchanged: found.unchanged,
            stricter: found.stricter,
            looser: found.looser,
            evaluated: found.evaluated,
            reused: found.reused,
            skipped: found.skipped,
            newly_unattended: MoneyView::euro_cents(found.newly_unattended_cents),
            newly_attended: MoneyView::euro_cents(found.newly_attended_cents),
            approvals_fallen_away: found.approvals_fallen_away,
            approvals_added: found.approvals_added,
            by_type: counts(found.by_type),
            by_agent: counts(found.by_agent),
            affected: found.affected.into_iter().take(NAMED).map(AffectedView::from).collect(),
            next,
        }
    }
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        Self {
            unchanged: counts.unchanged,
            stricter: counts.stricter,
            looser: counts.looser,
            newly_unattended: MoneyView::euro_cents(counts.newly_unattended_cents),
            newly_attended: MoneyView::euro_cents(counts.newly_attended_cents),
        }
    }
}

impl From<Affected> for AffectedView {
    fn from(one: Affected) -> Self {
        let approval = one.approval.map(|approval| match approval {
            Approval::FallsAway => "falls_away",
            Approval::Added => "added",
        });
        Self {
            decision: one.decision,
            action_type: one.action_type,
            agent: one.agent,
            at: one.at,
            from: one.from.to_string(),
            to: one.to.to_string(),
            approval,
            amount: one.amount_cents.map(MoneyView::euro_cents),
        }
    }
}
