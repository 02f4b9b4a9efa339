//! Asking for an edited policy to decide.

use super::{
    edit::{CheckView, Edited, EditedFile, named},
    evidence::{self, Evidence},
    in_force,
    keep::keep,
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Language, Said},
    problem::{Kind, Problem},
    propose::{self, ProposedView},
    view::spoken,
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::{Digest, action::PolicyPublish, proposal::Case};
use policy::Policy;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What comes of it.
const NOTE: &str = "Two other people have to agree. Then it decides within seconds everywhere, or from `effectiveFrom` on, \
    and what waits is judged by it anew. Any earlier revision can be put back at once.";
/// The most changed numbers that are told in words.
const TOLD: usize = 20;

/// A revision: 64 hexadecimal digits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub(super) struct Name(pub(super) Digest);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let name = Digest::try_from(text).map(Self);
        name.map_err(|_| "it is no revision: 64 hexadecimal digits".to_owned())
    }
}

/// An edit, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object", rename_all = "camelCase")]
pub(super) struct NewPolicy {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
    /// The revision that was edited; refused if another one is in force by now.
    replaces: Name,
    /// From when on it is to decide; as soon as it is agreed to if not given.
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[schema(required = false)]
    effective_from: Option<OffsetDateTime>,
    /// Why, for whoever decides.
    reason: Said,
}

/// An edit that was proposed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProposedPolicy {
    #[serde(flatten)]
    proposed: ProposedView,
    /// What a look at it found.
    check: CheckView,
    /// What the tests beside the rules, the sweep and the look at past decisions say of it, and what becomes looser first.
    evidence: Vec<String>,
    /// What will come of it.
    note: &'static str,
}

/// Asks for an edited policy to decide: an action, `policy.publish`, that other people agree to.
///
/// An edit that does not hold is refused, with everything that is wrong with it.
#[utoipa::path(put, path = "/policies", operation_id = "proposePolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request the same request.")),
    request_body = NewPolicy,
    responses((status = 202, description = "The edit is kept, and waits for the gate; the policy in force stays.", body = ProposedPolicy,
        headers(("Location" = String, description = "Where the action is."))),
        (status = 409, description = "The idempotency key belongs to another action of yours.", body = crate::problem::ProblemView, content_type = "application/problem+json"),
        (status = 412, description = "Another revision is in force by now.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn publish(
    caller: Caller,
    key: IdempotencyKey,
    Language(lang): Language,
    Body(new): Body<NewPolicy>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ProposePolicy, About::Nothing)?;
    let policy = in_force(&permit)?;
    named(&new.files)?;
    if new.replaces.0.as_str() != policy.revision() {
        let told = format!("the revision in force is {}: read it again and edit that", policy.revision());
        return Err(Problem::new(Kind::Precondition, told));
    }
    let (check, edited) = Edited::of(&policy, &new.files)?.sound()?;
    if check.revision == check.replaces {
        return Err(Problem::field(Kind::Field, "files", "they are what is in force already", "change something"));
    }
    let edited = Arc::new(edited);
    keep_both(&permit, &policy, &edited).await?;
    let evidence = evidence::of(&permit, &policy, &edited).await;
    let action = PolicyPublish {
        revision: check.revision.clone(),
        replaces: check.replaces.clone(),
        effective_from: new.effective_from,
    };
    let proposal = propose::draft(&permit, &key, action.into(), case(&check, &evidence, new.reason))?;
    let proposal = propose::submit(&permit, proposal).await?;
    let place = propose::place(&proposal);
    let body =
        ProposedPolicy { proposed: ProposedView::new(&proposal, lang), check, evidence: evidence.lines(), note: NOTE };
    Ok(spoken((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(body)).into_response(), lang))
}

/// Keeps the draft, and what it is to replace: that is what can be rolled back to.
async fn keep_both(permit: &Permit, now: &Policy, edited: &Policy) -> Result<(), Problem> {
    permit.policies().keep(now, "api", permit.now()).await;
    keep(permit, edited).await.map(drop)
}

/// What is told to whoever decides: what becomes looser comes first.
fn case(check: &CheckView, evidence: &Evidence, reason: Said) -> Case {
    let mut moved: Vec<String> = check.moved.iter().take(TOLD).map(ToString::to_string).collect();
    let more = check.moved.len().saturating_sub(TOLD);
    moved.extend((more > 0).then(|| format!("and {more} more")));
    let numbers = if moved.is_empty() { "no number of thresholds.rego changes".to_owned() } else { moved.join("; ") };
    let looked = format!("check of revision {}: nothing is wrong with it", check.revision);
    let always = "every decision after it is made by other rules".to_owned();
    let moves = if evidence.moves.is_empty() { String::new() } else { format!(". {}", evidence.moves.join("; ")) };
    Case {
        title: "Let an edited policy decide".to_owned(),
        description: format!("Files: {}. {numbers}{moves}", check.files.join(", ")),
        reasoning: reason.into_string(),
        data_sources: [vec![looked], evidence.done.clone()].concat(),
        risk_factors: [evidence.first.clone(), vec![always]].concat(),
        ..Case::default()
    }
}
