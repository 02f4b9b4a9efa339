//! How a cluster stands now.

use super::{crew::Crew, name::ClusterName, today};
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::Problem,
    routes::control::{self, StopView},
};
use axum::Json;
use domain::{
    Control, Status,
    control::{Scope, Stop},
    task::TaskStatus,
};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// How a cluster stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterStatus {
    /// The cluster.
    #[schema(example = "product")]
    cluster: String,
    /// When it was put together.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// Its agents.
    agents: Crew,
    /// Its tasks.
    tasks: Work,
    /// Actions that wait for people.
    pending: usize,
    /// Actions that a stop holds back.
    held: usize,
    /// The stops that are on and cover it, or a part of it.
    stops: Vec<StopView>,
    /// Whether everything was counted; if not, counts of tasks and actions are the least there can be.
    complete: bool,
}

/// Tasks of a cluster.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClusterTasks)]
struct Work {
    /// Waiting for their agents.
    ready: usize,
    /// Set aside by a stop.
    held: usize,
    /// Done since midnight (UTC).
    done_today: usize,
    /// Given up since midnight (UTC).
    failed_today: usize,
}

/// Shows how a cluster stands: its agents, what they do, what waits and what stops it.
#[utoipa::path(get, path = "/clusters/{cluster}/status", operation_id = "showClusterStatus", tag = "Clusters",
    params(("cluster" = String, Path, description = "The cluster's name.", example = "product")),
    responses((status = 200, description = "How it stands.", body = ClusterStatus)))]
pub(super) async fn status(caller: Caller, Id(name): Id<ClusterName>) -> Result<Json<ClusterStatus>, Problem> {
    let permit = caller.may(Verb::ReadClusters, About::Nothing)?;
    let name = name.known(&permit)?;
    let (control, _) = control::read(&permit).await?;
    let (store, from) = (permit.store(), today::midnight(permit.now()));
    let tasks = today::tasks(store, name.as_str(), from).await?;
    let actions = today::actions(store, name.as_str(), from).await?;
    let having = |status: Status| actions.rows.iter().filter(|record| record.status == status).count();
    let being = |status: TaskStatus| tasks.rows.iter().filter(|task| task.status == status).count();
    Ok(Json(ClusterStatus {
        at: permit.now(),
        agents: Crew::read(&permit, name.as_str(), &control).await?,
        tasks: Work {
            ready: being(TaskStatus::Ready),
            held: being(TaskStatus::Held),
            done_today: being(TaskStatus::Done),
            failed_today: being(TaskStatus::Failed),
        },
        pending: having(Status::Pending),
        held: having(Status::Held),
        stops: stops(&control, name.as_str()),
        complete: tasks.whole && actions.whole,
        cluster: name.to_string(),
    }))
}

fn stops(control: &Control, cluster: &str) -> Vec<StopView> {
    let touches = |(scope, _): &(&Scope, &Stop)| match scope {
        Scope::Cluster(name) => name == cluster,
        Scope::Agent(name) => name.cluster() == cluster,
        Scope::All | Scope::Spend | Scope::Action(_) => true,
    };
    control.stops.iter().filter(touches).map(|(scope, stop)| StopView::new(scope, stop)).collect()
}
