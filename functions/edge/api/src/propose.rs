//! Proposals that come through the API: into the gate's inbox, as an agent's are.
//!
//! Whoever asks for something does not thereby have it: the gate judges it by the same policy, a person
//! who asked is its author and can never agree to it, and a machine proposes under its own name only.

use crate::{
    auth::Permit,
    extract::{IdempotencyKey, reused},
    problem::{Kind, Problem},
    routes::BASE,
    view::spoken,
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    Action, ActionId, AgentName, Digest, Proposal, Record, Status, agent::NotAnAgent, proposal::Case, text::Lang,
};
use serde::Serialize;
use store::CommitError;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The name under which people propose.
pub(crate) const PEOPLE: &str = "api";

/// A proposal that was taken in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Proposed)]
pub(crate) struct ProposedView {
    /// Id of the action; `Location` shows what becomes of it.
    pub(crate) id: String,
    /// `PROPOSED`: policy has yet to judge it.
    #[schema(example = "PROPOSED")]
    pub(crate) status: &'static str,
    /// Its type.
    #[schema(example = "control.resume")]
    pub(crate) action_type: &'static str,
    /// What exactly will happen if it is let through.
    pub(crate) will_happen: String,
    /// When it was proposed.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: OffsetDateTime,
}

/// The proposal of `permit`'s person or machine to do `action`. With a key, a repeated one is the same one.
///
/// # Errors
/// When the action has no canonical form, or a machine's account is no agent's name.
pub(crate) fn draft(permit: &Permit, key: &IdempotencyKey, action: Action, case: Case) -> Result<Proposal, Problem> {
    let (now, by) = (permit.now(), &permit.person().account);
    let digest = Digest::of(&(&action, &case)).map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    let id = match &key.0 {
        Some(key) => ActionId::of(&format!("api\n{by}\n{key}")),
        None => ActionId::at(now, &format!("api\n{by}\n{digest}"), 0),
    };
    let proposal = Proposal::new(id, proposer(permit)?, action, case, now);
    let people = (!permit.person().is_machine()).then(|| permit.author());
    Ok(Proposal { authors: people.into_iter().collect(), ..proposal })
}

/// A machine proposes as the agent that its account names.
fn proposer(permit: &Permit) -> Result<AgentName, Problem> {
    let person = permit.person();
    if !person.is_machine() {
        return PEOPLE.parse().map_err(|error: NotAnAgent| Problem::new(Kind::Internal, error.to_string()));
    }
    let own = person.account.parse::<AgentName>().ok().filter(|own| own.as_str() != PEOPLE);
    let stranger = "the token's account is no agent's name, so it can propose nothing";
    own.ok_or_else(|| Problem::new(Kind::Forbidden, stranger))
}

/// Puts a proposal into the gate's inbox, or finds that the same one came before.
///
/// # Errors
/// When the key was used for another action, or the table does not answer.
pub(crate) async fn submit(permit: &Permit, proposal: Proposal) -> Result<Proposal, Problem> {
    let id = proposal.id.to_string();
    let mut tx = permit.store().tx(permit.now());
    tx.propose(&proposal)?;
    if is_keyed(proposal.id) {
        // The gate may have taken the first one out of its inbox already.
        tx.unchanged::<Record>(&id, None)?;
    }
    match tx.commit().await {
        Ok(()) => Ok(proposal),
        Err(CommitError::Conflict(_)) => before(permit, proposal).await,
        Err(error) => Err(error.into()),
    }
}

/// The proposal that has this one's id already.
async fn before(permit: &Permit, proposal: Proposal) -> Result<Proposal, Problem> {
    let decided = permit.store().get::<Record>(&proposal.id.to_string()).await?;
    let found = match decided {
        Some(row) => Some(row.value.proposal),
        None => permit.store().proposal(proposal.id).await?,
    };
    // Taken by the gate between the two reads: what was to be put in is in.
    let found = found.unwrap_or_else(|| proposal.clone());
    if is_same(&found, &proposal) {
        return Ok(found);
    }
    Err(reused())
}

/// Whether a key named it: another request can then ask for the very same one.
fn is_keyed(id: ActionId) -> bool {
    id.uuid().get_version_num() == 5
}

/// Whether two proposals ask for the same. What a premise asks may have been brought up to date since.
fn is_same(one: &Proposal, other: &Proposal) -> bool {
    let parts = |p: &Proposal| {
        let premises: Vec<_> = p.premises.iter().map(|p| (p.source.clone(), p.field.clone())).collect();
        (p.agent.clone(), p.action.clone(), p.confidence, p.case.clone(), (p.undoes, p.supersedes), premises)
    };
    parts(one) == parts(other)
}

/// The largest proposal, in bytes of JSON: it is kept several times over, and a row has an end.
const LARGEST: usize = 64 * 1024;

/// The proposal, if a row has room for it.
///
/// # Errors
/// When it is too large.
pub(crate) fn bounded(proposal: Proposal) -> Result<Proposal, Problem> {
    let size = serde_json::to_vec(&proposal).map_or(usize::MAX, |json| json.len());
    if size > LARGEST {
        return Err(Problem::new(Kind::TooLarge, format!("a proposal holds at most {LARGEST} bytes of JSON")));
    }
    Ok(proposal)
}

/// Where to follow what was proposed.
pub(crate) fn place(proposal: &Proposal) -> String {
    format!("{BASE}/actions/{}", proposal.id)
}

impl ProposedView {
    /// What was taken in, told in this language.
    pub(crate) fn new(proposal: &Proposal, lang: Lang) -> Self {
        Self {
            id: proposal.id.to_string(),
            status: Status::Proposed.name(),
            action_type: proposal.action.kind(),
            will_happen: proposal.action.sentence(lang),
            created_at: proposal.at,
        }
    }
}

/// The answer to whoever proposed: what was taken in, and where to follow it.
pub(crate) fn accepted(proposal: &Proposal, lang: Lang) -> Response {
    let (place, view) = (place(proposal), ProposedView::new(proposal, lang));
    spoken((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(view)).into_response(), lang)
}
