//! Stopping one agent, and letting it run again.

use super::{show::of_name, view::AgentView};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, Id, Said},
    problem::Problem,
    routes::control,
};
use axum::Json;
use domain::{AgentName, control::Scope};
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

/// Lifts the stop of an agent. A stop by somebody else needs the right to resume anything.
///
/// A wider stop, of its cluster or of everything, stays on.
#[utoipa::path(post, path = "/agents/{id}/resume", operation_id = "resumeAgent", tag = "Agents",
    params(("id" = String, Path, description = "The agent's name, `~` for `/`.")),
    responses((status = 200, description = "The agent; still `PAUSED` if a wider stop covers it.", body = AgentView)))]
pub(super) async fn resume(caller: Caller, Id(name): Id<AgentName>) -> Result<Json<AgentView>, Problem> {
    let permit = caller.may(Verb::ResumeAgent, About::Agent(name.clone()))?;
    known(&permit, &name)?;
    let scope = Scope::Agent(name.clone());
    control::resume(&permit, scope, None, |stop| {
        if stop.by != permit.person().account {
            permit.also(Verb::Resume, About::Nothing)?;
        }
        Ok(())
    })
    .await?;
    of_name(&permit, &name).await.map(Json)
}

fn known(permit: &Permit, name: &AgentName) -> Result<(), Problem> {
    let found = permit.roster().find(name);
    found.map(|_| ()).ok_or_else(|| Problem::not_found("agent", name.as_str()))
}
