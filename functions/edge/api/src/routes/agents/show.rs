//! One agent.

use super::view::AgentView;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::Id,
    problem::Problem,
    routes::control,
};
use axum::Json;
use domain::AgentName;

/// Shows an agent with its heartbeat and whether it is stopped.
#[utoipa::path(get, path = "/agents/{id}", operation_id = "showAgent", tag = "Agents",
    params(("id" = String, Path, description = "The agent's name, `~` for `/`.")),
    responses((status = 200, description = "The agent.", body = AgentView)))]
pub(super) async fn show(caller: Caller, Id(name): Id<AgentName>) -> Result<Json<AgentView>, Problem> {
    let permit = caller.may(Verb::ReadAgents, About::Nothing)?;
    of_name(&permit, &name).await.map(Json)
}

/// The agent of this name as it is now.
pub(super) async fn of_name(permit: &Permit, name: &AgentName) -> Result<AgentView, Problem> {
    let member = permit.roster().find(name);
    let member = member.ok_or_else(|| Problem::not_found("agent", name.as_str()))?;
    let (control, _) = control::read(permit).await?;
    AgentView::read(permit, member, &control).await
}
