//! What a cluster did today, in figures.

use super::{name::ClusterName, today};
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::Problem,
};
use axum::Json;
use domain::{
    Record, Status,
    task::{Task, TaskStatus},
};
use serde::Serialize;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A cluster's day so far. A figure that the rows do not prove is absent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterMetrics {
    /// The cluster.
    #[schema(example = "product")]
    cluster: String,
    /// Midnight (UTC), from when what ended is counted; what is open is counted whenever it began.
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    /// Until when.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Actions by status.
    by_status: BTreeMap<&'static str, usize>,
    /// Actions by tier.
    by_tier: BTreeMap<String, usize>,
    /// Actions that wait for people.
    pending: usize,
    /// Of the actions that ended today, how many no person was asked about, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    autonomy_percent: Option<usize>,
    /// Of the actions that were carried out or given up today, how many were carried out, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    success_percent: Option<usize>,
    /// From its proposal until it was carried out: the mean of the actions carried out today, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    mean_completion_seconds: Option<i64>,
    /// Of the tasks that ended today, how many were done, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    task_success_percent: Option<usize>,
    /// Whether everything was counted; if not, counts are the least there can be, and there are no rates.
    complete: bool,
}

/// Shows what a cluster did since midnight: actions by status and tier, how many needed a person, how well.
#[utoipa::path(get, path = "/clusters/{cluster}/metrics", operation_id = "showClusterMetrics", tag = "Clusters",
    params(("cluster" = String, Path, description = "The cluster's name.", example = "product")),
    responses((status = 200, description = "The figures that exist.", body = ClusterMetrics)))]
pub(super) async fn metrics(caller: Caller, Id(name): Id<ClusterName>) -> Result<Json<ClusterMetrics>, Problem> {
    let permit = caller.may(Verb::ReadClusters, About::Nothing)?;
    let name = name.known(&permit)?;
    let (store, since) = (permit.store(), today::midnight(permit.now()));
    let tasks = today::tasks(store, name.as_str(), since).await?;
    let actions = today::actions(store, name.as_str(), since).await?;
    let (rows, complete) = (&actions.rows, actions.whole && tasks.whole);
    let rate = |part: usize, of: usize| percent(part, of).filter(|_| complete);
    let (alone, ended) = autonomous(rows);
    let (done, tried) = (having(rows, Status::Executed), having(rows, Status::Failed));
    let (well, badly) = (being(&tasks.rows, TaskStatus::Done), being(&tasks.rows, TaskStatus::Failed));
    Ok(Json(ClusterMetrics {
        since,
        until: permit.now(),
        by_status: tally(rows, |record| record.status.name()),
        by_tier: tally(rows, |record| record.decision.tier.to_string()),
        pending: having(rows, Status::Pending),
        autonomy_percent: rate(alone, ended),
        success_percent: rate(done, done + tried),
        mean_completion_seconds: mean_completion(rows).filter(|_| complete),
        task_success_percent: rate(well, well + badly),
        complete,
        cluster: name.to_string(),
    }))
}

fn having(rows: &[Record], status: Status) -> usize {
    rows.iter().filter(|record| record.status == status).count()
}

fn being(rows: &[Task], status: TaskStatus) -> usize {
    rows.iter().filter(|task| task.status == status).count()
}

fn tally<K: Ord>(rows: &[Record], key: impl Fn(&Record) -> K) -> BTreeMap<K, usize> {
    rows.iter().fold(BTreeMap::new(), |mut tally, record| {
        *tally.entry(key(record)).or_default() += 1;
        tally
    })
}

/// How many ended without a person being asked, and how many ended. A twin of another action was no decision.
fn autonomous(rows: &[Record]) -> (usize, usize) {
    let ended = || rows.iter().filter(|record| record.status.settled() && record.status != Status::Superseded);
    (ended().filter(|record| record.approval.is_none()).count(), ended().count())
}

fn mean_completion(rows: &[Record]) -> Option<i64> {
    let took = |record: &Record| {
        let outcome = record.outcome.as_ref().filter(|_| record.status == Status::Executed)?;
        Some((outcome.at - record.proposal.at).whole_seconds())
    };
    let all: Vec<i64> = rows.iter().filter_map(took).collect();
    all.iter().sum::<i64>().checked_div(i64::try_from(all.len()).ok()?)
}

fn percent(part: usize, of: usize) -> Option<usize> {
    part.saturating_mul(100).checked_div(of)
}
