//! A journey begins, or begins again.

use crate::give;
use agent::{AgentError, Context, Turn, turn::JourneyStep};
use domain::journey::{Candidate, Journey, Scored, Stage};
use serde::Deserialize;
use serde_json::json;
use store::Row;
use time::OffsetDateTime;

/// A product that the scout found worth a journey.
#[derive(Debug, Deserialize)]
pub struct Found {
    candidate: Candidate,
    scored: Scored,
}

/// Starts the product's journey, unless it is under way, at its end, or stopped for this very offer.
pub(crate) async fn start(ctx: &Context<'_>, found: Found) -> Result<Turn, AgentError> {
    if found.candidate.offers.is_empty() {
        return Err(AgentError::Reject("the candidate has no offer: nothing of it could be sold".to_owned()));
    }
    let id = Journey::id_of(&found.candidate.product);
    let row = ctx.reads.journey(id).await?;
    if let Some(why) = row.as_ref().and_then(|row| refusal(&row.value, &found.candidate)) {
        return Ok(Turn::report(&json!({ "journey": id, "started": false, "reason": why })));
    }
    let to = fresh(found, row.as_ref(), ctx.now);
    let report = json!({ "journey": id, "started": true, "round": to.round });
    let tasks = give::step_of(&to)?.into_iter().collect();
    let reasons = vec![format!("scored {} by the scout", to.scored.score)];
    let journeys = vec![JourneyStep { from: row, to, what: "started".to_owned(), reasons }];
    Ok(Turn { tasks, journeys, ..Turn::report(&report) })
}

/// Why a journey that exists does not start again.
fn refusal(journey: &Journey, candidate: &Candidate) -> Option<String> {
    match journey.stage {
        Stage::Stopped if journey.candidate.fingerprint != candidate.fingerprint => None,
        Stage::Stopped => Some("it was stopped for this very offer".to_owned()),
        Stage::Published => Some("the product is on sale".to_owned()),
        stage => Some(format!("the journey is under way, in stage {}", stage.name())),
    }
}

fn fresh(found: Found, before: Option<&Row<Journey>>, now: OffsetDateTime) -> Journey {
    Journey {
        id: Journey::id_of(&found.candidate.product),
        stage: Stage::Vetting,
        candidate: found.candidate,
        scored: found.scored,
        vetted: None,
        priced: None,
        reviewed: None,
        action: None,
        ending: None,
        round: before.map_or(1, |row| row.value.round + 1),
        created: before.map_or(now, |row| row.value.created),
        updated: now,
    }
}
