//! What is shown of similar requests.

use crate::view::{MoneyView, action::AgentRef};
use domain::{Money, Record, text::Lang};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeMap};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The most members of a group: as many as can be decided at once.
const MOST: usize = 100;

/// Similar requests.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::routes::approvals) struct Groups {
    /// The groups, the largest first.
    pub(super) groups: Vec<GroupView>,
    /// Whether more wait than were looked at.
    pub(super) cut: bool,
}

/// Requests of the same type, by the same agent, for the same reasons.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApprovalGroup)]
pub(super) struct GroupView {
    /// Their type.
    #[schema(example = "expense.pay")]
    action_type: &'static str,
    /// Who proposed them.
    agent: AgentRef,
    /// Why policy asks for a person, as the first of them has it.
    reasons: Vec<String>,
    /// How many they are.
    count: usize,
    /// What they are about together, by currency.
    sums: Vec<MoneyView>,
    /// The nearest of their deadlines.
    #[serde(with = "time::serde::rfc3339")]
    deadline: OffsetDateTime,
    /// Each of them, at most a hundred: exactly what a decision about the group is bound to.
    members: Vec<Member>,
    /// Whether there are more than a hundred.
    cut: bool,
}

/// One of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupMember)]
struct Member {
    /// The action's id.
    id: String,
    /// Digest that a decision is bound to.
    digest: String,
    /// What exactly will happen.
    will_happen: String,
    /// The money that it moves or commits, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
}

impl GroupView {
    /// The group of these requests; nothing where there is none.
    pub(super) fn of(records: &[&Record], lang: Lang) -> Option<Self> {
        let first = records.first()?;
        let deadlines = records.iter().filter_map(|record| Some(record.approval.as_ref()?.deadline));
        let reasons = first.decision.reasons.iter();
        Some(Self {
            action_type: first.proposal.action.kind(),
            agent: AgentRef::from(&first.proposal.agent),
            reasons: reasons.map(|reason| lang.pick(reason.en.clone(), reason.nl.clone())).collect(),
            count: records.len(),
            sums: sums(records),
            deadline: deadlines.min()?,
            members: records.iter().take(MOST).map(|record| Member::of(record, lang)).collect(),
            cut: records.len() > MOST,
        })
    }

    /// The largest group first, and of two the one whose deadline is nearer.
    pub(super) const fn rank(&self) -> (Reverse<usize>, OffsetDateTime) {
        (Reverse(self.count), self.deadline)
    }
}

impl Member {
    fn of(record: &Record, lang: Lang) -> Self {
        let action = &record.proposal.action;
        Self {
            id: record.proposal.id.to_string(),
            digest: record.bound.to_string(),
            will_happen: action.sentence(lang),
            amount: action.amount().map(MoneyView::from),
        }
    }
}

/// The sum of each currency; one that is too large for an amount is left out.
fn sums(records: &[&Record]) -> Vec<MoneyView> {
    let mut sums: BTreeMap<String, Option<Money>> = BTreeMap::new();
    for amount in records.iter().filter_map(|record| record.proposal.action.amount()) {
        let sum = sums.entry(amount.currency().to_string()).or_insert_with(|| Some(amount.zero()));
        *sum = sum.and_then(|sum| sum.plus(&amount).ok());
    }
    sums.into_values().flatten().map(MoneyView::from).collect()
}
