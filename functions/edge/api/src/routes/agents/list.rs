//! All agents.

use super::view::AgentView;
use crate::{
    Member,
    auth::{About, Caller, Verb},
    extract::{Params, Wanted},
    problem::Problem,
    routes::control,
    view::Page,
};
use axum::Json;
use domain::AgentName;
use futures::future::try_join_all;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which agents.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only agents of this cluster.
    cluster: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(value_type = Option<String>, pattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length = 80)]
    cursor: Option<AgentName>,
}

/// Lists the agents by name, each with its heartbeat and whether it is stopped.
#[utoipa::path(get, path = "/agents", operation_id = "listAgents", tag = "Agents",
    params(Filter), responses((status = 200, description = "A page of agents.", body = Page<AgentView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<AgentView>>, Problem> {
    let permit = caller.may(Verb::ReadAgents, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor.map(Into::into))?;
    let (shown, next) = cut(permit.roster().members(), filter.cluster.as_deref(), &wanted);
    let control = control::read(&permit).await?.0;
    let items = shown.into_iter().map(|member| AgentView::read(&permit, member, &control));
    let items = try_join_all(items).await?;
    Ok(Json(Page { items, next }))
}

/// The members of a page, by name, and where the next one starts.
fn cut<'a>(members: &'a [Member], cluster: Option<&str>, wanted: &Wanted) -> (Vec<&'a Member>, Option<String>) {
    let of_cluster = members.iter().filter(|m| cluster.is_none_or(|cluster| cluster == m.name.cluster()));
    let after = wanted.cursor.as_deref();
    let mut rest = of_cluster.skip_while(|m| after.is_some_and(|after| m.name.as_str() <= after));
    let shown: Vec<&Member> = rest.by_ref().take(wanted.limit).collect();
    let next = rest.next().and_then(|_| shown.last().map(|last| last.name.to_string()));
    (shown, next)
}
