//! Proposing an action: what people and machines hand in goes the same way as what an agent of ours proposes.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Language},
    problem::{Kind, Problem, ProblemView},
    propose::{ProposedView, accepted, bounded, draft, submit},
};
use axum::response::Response;
use domain::{
    Action, AgentName, Premise, Proposal,
    proposal::{Case, Confidence},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// The most facts that one action can rest on.
const MOST_PREMISES: usize = 50;
/// An action to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewAction {
    /// What is to happen: its `type`, and the fields of that type.
    #[schema(value_type = Object)]
    action: Action,
    /// Facts that must still hold when it is executed.
    #[serde(default)]
    #[schema(value_type = Vec<Object>, required = false, max_items = 50)]
    premises: Vec<Premise>,
    /// How sure you are, in whole percent. It never lowers a tier.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, required = false)]
    confidence: Option<Confidence>,
    /// Why, in your own words: shown to whoever decides, read by no rule.
    #[schema(value_type = Object)]
    case: Case,
    /// In whose name: for a machine, the agent that it is or a specialist of it; people leave it out.
    #[schema(value_type = Option<String>, pattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length = 80, required = false)]
    agent: Option<AgentName>,
}

/// Proposes an action. The answer comes at once; `Location` shows what becomes of it.
///
/// Policy decides what it needs: nothing, the CEO function or people. A person proposes in their own name, and
/// somebody else has to agree; a machine as the agent that its account names.
#[utoipa::path(post, path = "/actions", operation_id = "proposeAction", tag = "Actions",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request the same request.")),
    request_body = NewAction,
    responses((status = 202, description = "The action waits for the gate.", body = ProposedView,
        headers(("Location" = String, description = "Where the action is."))),
        (status = 409, description = "The idempotency key belongs to another request of yours.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn propose(
    caller: Caller,
    key: IdempotencyKey,
    Language(lang): Language,
    Body(new): Body<NewAction>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ProposeAction, About::Nothing)?;
    let proposal = new.proposal(&permit, &key)?;
    Ok(accepted(&submit(&permit, proposal).await?, lang))
}

impl NewAction {
    /// What the caller proposes.
    ///
    /// # Errors
    /// When it is too large, or in a name that is not the caller's.
    fn proposal(self, permit: &Permit, key: &IdempotencyKey) -> Result<Proposal, Problem> {
        let Self { action, premises, confidence, case, agent } = self;
        if premises.len() > MOST_PREMISES {
            let told = format!("it rests on {} facts, more than {MOST_PREMISES}", premises.len());
            return Err(Problem::field(Kind::Field, "premises", told, "leave out those that do not matter"));
        }
        let own = draft(permit, key, action, case)?;
        let agent = named(agent, &own.agent)?;
        bounded(Proposal { agent, premises, confidence, ..own })
    }
}

/// In whose name it is proposed: the caller's own, or that of a specialist of it.
fn named(asked: Option<AgentName>, own: &AgentName) -> Result<AgentName, Problem> {
    match asked {
        None => Ok(own.clone()),
        Some(asked) if asked == *own || asked.function() == own.as_str() => Ok(asked),
        Some(other) => {
            let told = format!("you propose as `{own}`, and not as `{other}`: leave `agent` out");
            Err(Problem::new(Kind::Forbidden, told))
        }
    }
}
