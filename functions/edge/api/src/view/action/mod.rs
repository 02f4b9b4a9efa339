//! What is shown of an action.
//!
//! What will happen is said by us, out of the typed action. The agent's own words stand apart, under
//! `agentSays`: they come from outside, and nothing was decided by them.

mod case;
mod comment;
mod consent;
mod detail;
mod outcome;
mod premise;
mod reason;

pub(crate) use case::CaseView;
pub(crate) use comment::{CommentView, DelegatedView};
pub(crate) use consent::{ApprovalView, VoteView};
pub(crate) use detail::{ActionDetail, Surroundings};
pub(crate) use premise::PremiseView;
pub(crate) use reason::DecisionView;

use super::MoneyView;
use domain::{AgentName, Proposal, Record, Status, text::Lang};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// An action in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Action)]
pub(crate) struct ActionView {
    /// Its id.
    pub(crate) id: String,
    /// Where it is in its life.
    #[schema(example = "PENDING")]
    pub(crate) status: &'static str,
    /// Who proposed it.
    pub(crate) agent: AgentRef,
    /// Its type.
    #[schema(example = "product.publish")]
    pub(crate) action_type: &'static str,
    /// What exactly will happen, or has happened: rendered from the typed action.
    #[schema(example = "Publish “Mug” (acme/sku-1) in the shop at EUR 12.95")]
    pub(crate) will_happen: String,
    /// What it acts on.
    #[schema(example = "product:acme/sku-1")]
    pub(crate) target: String,
    /// The money that it moves or commits, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<MoneyView>,
    /// How much consent policy asks for: `LOW`, `MEDIUM`, `CEO`, `HIGH` or `DENIED`; absent until it has judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "HIGH")]
    pub(crate) tier: Option<String>,
    /// Why it is where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// The journey it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) journey: Option<String>,
    /// When it was proposed.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated_at: OffsetDateTime,
}

/// An agent that is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgentRef {
    /// Its name as paths have it.
    #[schema(example = "product-publisher")]
    id: String,
    /// Its name.
    #[schema(example = "product-publisher")]
    name: String,
    /// Its cluster.
    #[schema(example = "product")]
    cluster: String,
}

impl From<&AgentName> for AgentRef {
    fn from(name: &AgentName) -> Self {
        Self { id: name.as_str().replace('/', "~"), name: name.to_string(), cluster: name.cluster().to_owned() }
    }
}

impl ActionView {
    /// The action in `record`, told in this language.
    pub(crate) fn new(record: &Record, lang: Lang) -> Self {
        Self {
            status: record.status.name(),
            tier: Some(record.decision.tier.to_string()),
            note: record.note.clone(),
            updated_at: record.updated,
            ..Self::proposed(&record.proposal, lang)
        }
    }

    /// The action that `proposal` asks for, before policy has judged it.
    pub(crate) fn proposed(proposal: &Proposal, lang: Lang) -> Self {
        let action = &proposal.action;
        Self {
            id: proposal.id.to_string(),
            status: Status::Proposed.name(),
            agent: AgentRef::from(&proposal.agent),
            action_type: action.kind(),
            will_happen: action.sentence(lang),
            target: action.target(),
            amount: action.amount().map(MoneyView::from),
            tier: None,
            note: None,
            journey: proposal.journey.map(|id| id.to_string()),
            created_at: proposal.at,
            updated_at: proposal.at,
        }
    }
}
