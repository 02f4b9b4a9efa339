//! Stopping one agent, and letting it run again.

use super::{show::of_name, view::AgentView};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, Id, IdempotencyKey, Language, Said},
    problem::{Kind, Problem},
    propose::{self, ProposedView},
    routes::control,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{
    AgentName,
    control::{Scope, Stop},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why an agent is stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Pause {
    /// Why, for whoever finds it stopped.
    reason: Said,
}

/// Stops an agent: it starts nothing new, and nothing that it proposed is executed.
#[utoipa::path(post, path = "/agents/{id}/pause", operation_id = "pauseAgent", tag = "Agents",
    params(("id" = String, Path, description = "The agent's name, `~` for `/`.")),
    request_body = Pause,
    responses((status = 200, description = "The agent, stopped.", body = AgentView)))]
pub(super) async fn pause(
    caller: Caller,
    Id(name): Id<AgentName>,
    Body(pause): Body<Pause>,
) -> Result<Json<AgentView>, Problem> {
    let permit = caller.may(Verb::PauseAgent, About::Agent(name.clone()))?;
    known(&permit, &name)?;
    control::stop(&permit, Scope::Agent(name.clone()), pause.reason, None).await?;
    of_name(&permit, &name).await.map(Json)
}

/// Lifts one's own stop of an agent. To lift somebody else's is asked for, and others agree to it.
///
/// A wider stop, of its cluster or of everything, stays on.
#[utoipa::path(post, path = "/agents/{id}/resume", operation_id = "resumeAgent", tag = "Agents",
    params(("id" = String, Path, description = "The agent's name, `~` for `/`."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request to lift somebody else's stop the same request.")),
    responses((status = 200, description = "The agent; still `PAUSED` if a wider stop covers it.", body = AgentView),
        (status = 202, description = "Somebody else stopped it: it stays stopped until others agree.", body = ProposedView,
            headers(("Location" = String, description = "Where the request to lift the stop is."))),
        (status = 409, description = "The idempotency key belongs to another action of yours.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn resume(
    caller: Caller,
    Id(name): Id<AgentName>,
    key: IdempotencyKey,
    Language(lang): Language,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ResumeAgent, About::Agent(name.clone()))?;
    known(&permit, &name)?;
    let scope = Scope::Agent(name.clone());
    let (control, _) = control::read(&permit).await?;
    match control.stops.get(&scope) {
        Some(stop) if !is_own(&permit, stop) => {
            let permit = permit.also(Verb::Resume, About::Nothing)?;
            let proposal = control::ask(&permit, &key, (&scope, stop), None).await?;
            Ok(propose::accepted(&proposal, lang))
        }
        _ => {
            let own = |stop: &Stop| if is_own(&permit, stop) { Ok(()) } else { Err(changed()) };
            control::resume(&permit, scope, None, own).await?;
            Ok(Json(of_name(&permit, &name).await?).into_response())
        }
    }
}

fn is_own(permit: &Permit, stop: &Stop) -> bool {
    stop.by == permit.person().account
}

/// Somebody else stopped it between the look and the lifting.
fn changed() -> Problem {
    Problem::new(Kind::Unavailable, "somebody else stopped it just now: look at it again")
}

fn known(permit: &Permit, name: &AgentName) -> Result<(), Problem> {
    let found = permit.roster().find(name);
    found.map(|_| ()).ok_or_else(|| Problem::not_found("agent", name.as_str()))
}
