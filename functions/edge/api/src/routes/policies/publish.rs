//! Asking for an edited policy to decide.

use super::{
    edit::{CheckView, Edited, EditedFile, named},
    in_force,
};
use crate::{
    auth::{About, Caller, Verb},
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
use domain::{action::PolicyPublish, proposal::Case};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What comes of it, as long as nothing puts policy files in their place.
const NOTE: &str = "Two other people have to agree. Nothing puts policy files in place by itself yet: once agreed to, the \
    action ends SIMULATED, and the policy in force stays until whoever runs the system puts the files of this revision there.";
/// The most changed numbers that are told in words.
const TOLD: usize = 20;

/// A revision: 64 hexadecimal digits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub(super) struct Revision(String);

impl TryFrom<String> for Revision {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let fits = text.len() == 64 && text.bytes().all(digit);
        if fits { Ok(Self(text)) } else { Err("it is no revision: 64 hexadecimal digits".to_owned()) }
    }
}

/// An edit, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewPolicy {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
    /// The revision that was edited; refused if another one is in force by now.
    replaces: Revision,
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
    /// What will come of it.
    note: &'static str,
}

/// Asks for an edited policy to decide: an action, `policy.publish`, that other people agree to.
///
/// An edit that does not hold is refused, with everything that is wrong with it.
#[utoipa::path(put, path = "/policies", operation_id = "proposePolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request the same request.")),
    request_body = NewPolicy,
    responses((status = 202, description = "The edit waits for the gate; the policy in force stays.", body = ProposedPolicy,
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
    if new.replaces.0 != policy.revision() {
        let told = format!("the revision in force is {}: read it again and edit that", policy.revision());
        return Err(Problem::new(Kind::Precondition, told));
    }
    let (check, _) = Edited::of(&policy, &new.files)?.sound()?;
    if check.revision == check.replaces {
        return Err(Problem::field(Kind::Field, "files", "they are what is in force already", "change something"));
    }
    let action = PolicyPublish { revision: check.revision.clone(), replaces: check.replaces.clone() }.into();
    let proposal = propose::draft(&permit, &key, action, case(&check, new.reason))?;
    let proposal = propose::submit(&permit, proposal).await?;
    let place = propose::place(&proposal);
    let body = ProposedPolicy { proposed: ProposedView::new(&proposal, lang), check, note: NOTE };
    Ok(spoken((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(body)).into_response(), lang))
}

fn case(check: &CheckView, reason: Said) -> Case {
    let mut moved: Vec<String> = check.moved.iter().take(TOLD).map(ToString::to_string).collect();
    let more = check.moved.len().saturating_sub(TOLD);
    moved.extend((more > 0).then(|| format!("and {more} more")));
    let numbers = if moved.is_empty() { "no number of thresholds.rego changes".to_owned() } else { moved.join("; ") };
    Case {
        title: "Let an edited policy decide".to_owned(),
        description: format!("Files: {}. {numbers}", check.files.join(", ")),
        reasoning: reason.into_string(),
        data_sources: vec![format!("check of revision {}: nothing is wrong with it", check.revision)],
        risk_factors: vec!["every decision after it is made by other rules".to_owned()],
        ..Case::default()
    }
}
