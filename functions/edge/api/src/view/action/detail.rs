//! Everything about one action.

use super::{
    ActionView, ApprovalView, CaseView, PremiseView,
    outcome::{GrantView, OutcomeView},
    reason::DecisionView,
};
use crate::{refusals::AttemptView, view::HistoryView};
use domain::{Action, Proposal, Record, action::Reversibility, text::Lang};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An action with everything that is known about it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActionDetail {
    #[serde(flatten)]
    pub(crate) action: ActionView,
    /// The typed action itself: all of it, and nothing else, is executed.
    #[schema(value_type = Object)]
    payload: Value,
    /// The function that carries it out.
    #[schema(example = "storefront")]
    executor: &'static str,
    /// `reversible`, `correctable` or `irreversible`.
    reversibility: &'static str,
    /// What would undo it, where something does.
    #[serde(skip_serializing_if = "Option::is_none")]
    inverse: Option<InverseView>,
    /// Digest that a decision is bound to: action, premises and policy revision. Send it when you decide. Absent
    /// until policy has judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// What policy said; absent until it has judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionView>,
    /// Facts that must hold when it is executed.
    premises: Vec<PremiseView>,
    /// What people are asked, and what they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<ApprovalView>,
    /// Permission to execute.
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<GrantView>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<OutcomeView>,
    /// Where it goes back to when the stop is lifted.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_from: Option<&'static str>,
    /// The task that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    /// The agent's own words.
    agent_says: CaseView,
    /// Attempts to decide that were refused.
    refused: Vec<AttemptView>,
    /// Everything that happened to it.
    history: HistoryView,
}

/// What would undo an action.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Inverse)]
struct InverseView {
    /// What exactly would happen.
    would_happen: String,
    /// The typed action.
    #[schema(value_type = Object)]
    payload: Value,
}

/// What is shown of an action beside its own state.
pub(crate) struct Surroundings {
    /// Its premises.
    pub(crate) premises: Vec<PremiseView>,
    /// Attempts that were refused.
    pub(crate) refused: Vec<AttemptView>,
    /// Its record.
    pub(crate) history: HistoryView,
}

impl ActionDetail {
    /// The action in `record` with what surrounds it, told in this language.
    pub(crate) fn new(record: &Record, around: Surroundings, lang: Lang) -> Self {
        Self {
            action: ActionView::new(record, lang),
            digest: Some(record.bound.to_string()),
            decision: Some(DecisionView::new(&record.decision, lang)),
            premises: around.premises,
            approval: record.approval.as_ref().map(ApprovalView::from),
            grant: record.grant.as_ref().map(GrantView::from),
            outcome: record.outcome.as_ref().map(OutcomeView::from),
            held_from: record.held_from.map(|status| status.name()),
            refused: around.refused,
            history: around.history,
            ..Self::proposed(&record.proposal, lang)
        }
    }

    /// The action that waits for the gate as `proposal`.
    pub(crate) fn proposed(proposal: &Proposal, lang: Lang) -> Self {
        let action = &proposal.action;
        Self {
            action: ActionView::proposed(proposal, lang),
            payload: payload(action),
            executor: action.executor().name(),
            reversibility: match action.reversibility() {
                Reversibility::Reversible => "reversible",
                Reversibility::Correctable => "correctable",
                Reversibility::Irreversible => "irreversible",
            },
            inverse: inverse_of(action, lang),
            digest: None,
            decision: None,
            premises: PremiseView::written(&proposal.premises),
            approval: None,
            grant: None,
            outcome: None,
            held_from: None,
            task: proposal.task.map(|id| id.to_string()),
            agent_says: CaseView::from(proposal),
            refused: Vec::new(),
            history: HistoryView::none(),
        }
    }
}

/// What would undo an action, where something does.
fn inverse_of(action: &Action, lang: Lang) -> Option<InverseView> {
    action.inverse().map(|inverse| InverseView { would_happen: inverse.sentence(lang), payload: payload(&inverse) })
}

fn payload(action: &Action) -> Value {
    serde_json::to_value(action).unwrap_or_default()
}
