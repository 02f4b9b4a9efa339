//! What a finding means for its journey.

use domain::{
    ActionId,
    journey::{Ending, Journey, Priced, Reviewed, Stage, Vetted},
    task::{Task, TaskStatus},
};
use serde::{Deserialize, de::DeserializeOwned};
use time::OffsetDateTime;

/// What the publisher says of its work.
#[derive(Debug, Deserialize)]
struct Written {
    proposed: bool,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    missing: Vec<String>,
    /// The action that it proposed, named by the pipeline.
    #[serde(default)]
    proposals: Vec<ActionId>,
}

/// The journey after `task`, work on the stage it is in, was done or failed; with what happened and why.
pub(crate) fn after(journey: Journey, task: &Task, now: OffsetDateTime) -> (Journey, &'static str, Vec<String>) {
    let journey = Journey { updated: now, ..journey };
    if task.status == TaskStatus::Failed {
        let why = task.error.as_deref().unwrap_or("no reason was given");
        return stopped(journey, &format!("{} gave up: {why}", task.agent), Vec::new());
    }
    match journey.stage {
        Stage::Vetting => on(journey, task, vetted),
        Stage::Pricing => on(journey, task, priced),
        Stage::Review => on(journey, task, reviewed),
        _ => on(journey, task, written),
    }
}

/// The journey, ended in the stage it is in.
pub(crate) fn stopped(journey: Journey, reason: &str, missing: Vec<String>) -> (Journey, &'static str, Vec<String>) {
    let ending = Ending { stage: journey.stage, reason: reason.to_owned(), missing };
    let reasons = vec![reason.to_owned()];
    (Journey { stage: Stage::Stopped, ending: Some(ending), ..journey }, "stopped", reasons)
}

type After = (Journey, &'static str, Vec<String>);

fn on<T: DeserializeOwned>(journey: Journey, task: &Task, take: fn(Journey, T) -> After) -> After {
    match T::deserialize(&task.report) {
        Ok(finding) => take(journey, finding),
        Err(error) => stopped(journey, &format!("{} gave no usable answer: {error}", task.agent), Vec::new()),
    }
}

fn vetted(journey: Journey, found: Vetted) -> After {
    let (passed, reason, missing) = (found.passed, found.reason.clone(), found.missing.clone());
    let journey = Journey { vetted: Some(found), ..journey };
    go_on(journey, passed, (Stage::Pricing, "vetted"), (reason, missing))
}

fn priced(journey: Journey, found: Priced) -> After {
    let (passed, reason, missing) = (found.passed, found.reason.clone(), found.missing.clone());
    let journey = Journey { priced: Some(found), ..journey };
    go_on(journey, passed, (Stage::Review, "priced"), (reason, missing))
}

fn reviewed(journey: Journey, found: Reviewed) -> After {
    let (passed, reason) = (found.approved || found.escalated, found.reason.clone());
    let journey = Journey { reviewed: Some(found), ..journey };
    go_on(journey, passed, (Stage::Publishing, "reviewed"), (reason, Vec::new()))
}

fn written(journey: Journey, found: Written) -> After {
    let journey = Journey { action: found.proposals.first().copied(), ..journey };
    go_on(journey, found.proposed, (Stage::Deciding, "listed"), (found.reason, found.missing))
}

fn go_on(
    journey: Journey,
    passed: bool,
    (stage, what): (Stage, &'static str),
    (reason, missing): (String, Vec<String>),
) -> After {
    if !passed {
        return stopped(journey, &reason, missing);
    }
    (Journey { stage, ..journey }, what, vec![reason].into_iter().filter(|reason| !reason.is_empty()).collect())
}
