//! Who does which step, and the task that asks for it.

use agent::{AgentError, NewTask};
use domain::{
    AgentName,
    journey::{Journey, Stage},
    task::Task,
};
use serde_json::{Value, json};

/// The agent and the kind of task of a stage that is somebody's work.
const fn work(stage: Stage) -> Option<(&'static str, &'static str)> {
    match stage {
        Stage::Vetting => Some(("product-vetting", "vet")),
        Stage::Pricing => Some(("product-pricing", "price")),
        Stage::Review => Some(("ceo", "review.product")),
        Stage::Publishing => Some(("product-publisher", "publish")),
        Stage::Deciding | Stage::Published | Stage::Stopped => None,
    }
}

/// The natural key of the step that a journey is in: asking twice is asking once.
pub(crate) fn key(journey: &Journey) -> String {
    format!("journey/{}/{}/{}", journey.id, journey.stage.name(), journey.round)
}

/// The task for the stage that a journey is in, where that stage is somebody's work.
pub(crate) fn step_of(journey: &Journey) -> Result<Option<NewTask>, AgentError> {
    let Some((agent, kind)) = work(journey.stage) else { return Ok(None) };
    Ok(Some(NewTask {
        agent: named(agent)?,
        kind: kind.to_owned(),
        input: known(journey),
        key: Some(key(journey)),
        reply: true,
        journey: Some(journey.id),
    }))
}

/// Whether a task is, or was, work on the stage that the journey is in, for the same offer.
///
/// The round does not matter: a step that was asked for again is done when either answer is there.
pub(crate) fn is_about(journey: &Journey, task: &Task) -> bool {
    let offer = task.input.pointer("/candidate/fingerprint").and_then(Value::as_str);
    work(journey.stage) == Some((task.agent.function(), task.kind.as_str()))
        && offer == Some(journey.candidate.fingerprint.as_str())
}

pub(crate) fn named(agent: &str) -> Result<AgentName, AgentError> {
    agent.parse().map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))
}

/// Everything found so far; each agent takes what it needs.
fn known(journey: &Journey) -> Value {
    json!({
        "candidate": journey.candidate,
        "scored": journey.scored,
        "vetted": journey.vetted,
        "priced": journey.priced,
        "reviewed": journey.reviewed,
    })
}
