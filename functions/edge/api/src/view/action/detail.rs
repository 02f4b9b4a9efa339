//! Everything about one action.

use super::{
    ActionView, ApprovalView, CaseView, CommentView, DelegatedView, PremiseView,
    outcome::{GrantView, OutcomeView},
    reason::DecisionView,
};
use crate::{refusals::AttemptView, view::HistoryView};
use domain::{Action, Earlier, Proposal, Record, action::Reversibility, text::Lang};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
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
    /// Until when it can be undone by one call; absent where there is no such time, or it was not executed.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    undo_until: Option<OffsetDateTime>,
    /// How many minutes after its execution it can be undone by one call; absent where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    undo_minutes: Option<u32>,
    /// The people who asked for it or changed it: somebody else has to agree.
    authors: Vec<String>,
    /// How the last attempt at the very same effect ended, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<EarlierView>,
    /// The action that this one takes the place of, as a person changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<String>,
    /// The action that took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<String>,
    /// The executed action that this one undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<String>,
    /// To whom people handed it.
    delegated: Vec<DelegatedView>,
    /// What people said about it.
    comments: Vec<CommentView>,
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

/// How an earlier attempt at the same effect ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Earlier)]
struct EarlierView {
    /// Which action it was.
    id: String,
    /// The how-manieth attempt it was, from 1.
    attempt: u32,
    /// How it ended.
    #[schema(example = "REJECTED")]
    status: &'static str,
    /// Why, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Who refused it, where a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// When it ended.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl From<&Earlier> for EarlierView {
    fn from(earlier: &Earlier) -> Self {
        let Earlier { id, attempt, status, note, by, at } = earlier.clone();
        Self { id: id.to_string(), attempt, status: status.name(), note, by, at }
    }
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
            inverse: inverse_of(record, lang),
            undo_until: record.undo.as_ref().and_then(|undo| undo.until),
            undo_minutes: record.undo.as_ref().map(|undo| undo.minutes),
            earlier: record.earlier.as_ref().map(EarlierView::from),
            superseded_by: record.superseded_by.map(|id| id.to_string()),
            delegated: record.delegated.iter().map(DelegatedView::from).collect(),
            comments: record.comments.iter().map(CommentView::from).collect(),
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
            inverse: action.inverse().map(|inverse| InverseView::new(&inverse, lang)),
            undo_until: None,
            undo_minutes: None,
            authors: proposal.authors.iter().map(|author| author.account.clone()).collect(),
            earlier: None,
            supersedes: proposal.supersedes.map(|id| id.to_string()),
            superseded_by: None,
            undoes: proposal.undoes.map(|id| id.to_string()),
            delegated: Vec::new(),
            comments: Vec::new(),
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

/// What would undo an action, where something does: as the gate worked it out, or as the action itself says.
fn inverse_of(record: &Record, lang: Lang) -> Option<InverseView> {
    let worked_out = record.undo.as_ref().map(|undo| undo.action.as_ref().clone());
    let inverse = worked_out.or_else(|| record.proposal.action.inverse());
    inverse.map(|inverse| InverseView::new(&inverse, lang))
}

impl InverseView {
    fn new(inverse: &Action, lang: Lang) -> Self {
        Self { would_happen: inverse.sentence(lang), payload: payload(inverse) }
    }
}

fn payload(action: &Action) -> Value {
    serde_json::to_value(action).unwrap_or_default()
}
