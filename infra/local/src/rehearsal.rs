//! Rehearsing a power cut: every step that leaves a trace outside the process is named, in order, and the process
//! can be told to die with SIGKILL just before or just after any one of them.
//!
//! Calls to the embedded AWS services and requests to the sandbox shop are counted together. It is switched by
//! `/sandbox/steps` on the sandbox shop's port, so it exists only where the outside is a sandbox.

use axum::{
    Json, Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use emulator::Crossing;
use rustix::process::{Signal, getpid, kill_process};
use serde::Deserialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Steps that are remembered.
const MOST: usize = 10_000;

/// The steps so far, and at which one to die.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rehearsal(Arc<Mutex<Steps>>);

#[derive(Debug, Default)]
struct Steps {
    steps: Vec<String>,
    end: Option<End>,
}

/// When to die.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct End {
    /// At the step of this name,
    step: String,
    /// when it comes for the how-manieth time from now on, from 1:
    nth: usize,
    /// once it was taken, or before.
    after: bool,
}

impl Rehearsal {
    /// The requests that a sandbox shop behind `shop` serves are steps as well, and it can be asked for all of them.
    pub(crate) fn around(&self, shop: Router) -> Router {
        let steps = Router::new().route("/sandbox/steps", get(list).post(begin)).with_state(self.clone());
        shop.layer(middleware::from_fn_with_state(self.clone(), request)).merge(steps)
    }

    fn steps(&self) -> MutexGuard<'_, Steps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Crossing for Rehearsal {
    fn begins(&self, step: &str) -> usize {
        let mut steps = self.steps();
        if steps.steps.len() < MOST {
            steps.steps.push(step.to_owned());
        }
        let number = steps.steps.len();
        steps.reach(number, false);
        number
    }

    fn ended(&self, number: usize) {
        self.steps().reach(number, true);
    }
}

impl Steps {
    /// Dies where it is to.
    fn reach(&self, number: usize, after: bool) {
        let reached = || {
            let step = self.steps.get(number.checked_sub(1)?)?;
            let nth = self.steps.iter().take(number).filter(|other| *other == step).count();
            Some(End { step: step.clone(), nth, after })
        };
        if self.end.is_some()
            && self.end == reached()
            && let Err(error) = kill_process(getpid(), Signal::KILL)
        {
            tracing::error!(%error, "the process could not be killed");
        }
    }
}

async fn request(State(rehearsal): State<Rehearsal>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/sandbox/") || request.method().is_safe() {
        return next.run(request).await;
    }
    let step = format!("shop {}", request.uri().path());
    let number = rehearsal.begins(&step);
    let response = next.run(request).await;
    rehearsal.ended(number);
    response
}

async fn list(State(rehearsal): State<Rehearsal>) -> Json<Vec<String>> {
    Json(rehearsal.steps().steps.clone())
}

/// Forgets the steps so far, and dies where it is told.
async fn begin(State(rehearsal): State<Rehearsal>, Json(end): Json<Option<End>>) {
    *rehearsal.steps() = Steps { steps: Vec::new(), end };
}
