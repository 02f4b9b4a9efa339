//! A sign of life.

use super::{show::of_name, view::AgentView};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Id, IdempotencyKey},
    problem::{Kind, Problem},
};
use axum::Json;
use domain::AgentName;

/// Says that an agent is alive: its own token does, for itself alone. Nothing else is changed by it.
#[utoipa::path(post, path = "/agents/{id}/heartbeat", operation_id = "beatAgent", tag = "Agents",
    params(("id" = String, Path, description = "The agent's name, `~` for `/`; the account of the token."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; a sign of life is the same with or without one.")),
    responses((status = 200, description = "The agent as it is known.", body = AgentView)))]
pub(super) async fn heartbeat(
    caller: Caller,
    Id(name): Id<AgentName>,
    _: IdempotencyKey,
) -> Result<Json<AgentView>, Problem> {
    let permit = caller.may(Verb::BeatAgent, About::Agent(name.clone()))?;
    if permit.person().account != name.as_str() {
        return Err(Problem::new(Kind::Forbidden, format!("only `{name}` itself can say that it is alive")));
    }
    let known = of_name(&permit, &name).await?;
    permit.store().beat_alive(name.as_str(), permit.now()).await?;
    Ok(Json(known.seen(permit.now())))
}
