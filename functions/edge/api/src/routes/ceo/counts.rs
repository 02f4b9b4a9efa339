//! How many things are where.

use crate::{auth::Permit, problem::Problem};
use domain::{
    Record, Status,
    journey::{Journey, Stage},
    task::{Task, TaskStatus},
};
use futures::future::try_join_all;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Chained, Store, StoreError};
use utoipa::ToSchema;

/// How far one index partition is counted. Whoever has more than this many of something needs no exact
/// figure on a page, and counting reads every row.
const MOST: usize = 250;

/// How many there are of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::routes) struct Count {
    /// The count.
    pub(in crate::routes) count: usize,
    /// Whether there may be more: counting stops at some point.
    pub(in crate::routes) more: bool,
}

/// Counts by status.
type ByStatus = BTreeMap<&'static str, Count>;

/// How many things are where.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::routes) struct Counts {
    /// Actions by status.
    #[schema(value_type = BTreeMap<String, Count>)]
    actions: ByStatus,
    /// Tasks by status.
    #[schema(value_type = BTreeMap<String, Count>)]
    tasks: ByStatus,
    /// Journeys by stage.
    #[schema(value_type = BTreeMap<String, Count>)]
    journeys: ByStatus,
}

impl Counts {
    /// The same by the names of their gauges.
    pub(in crate::routes) fn by_name(&self) -> [(&'static str, &ByStatus); 3] {
        [("actions", &self.actions), ("tasks", &self.tasks), ("journeys", &self.journeys)]
    }
}

/// Counts everything.
pub(in crate::routes) async fn counts(permit: &Permit) -> Result<Counts, Problem> {
    let tasks = [TaskStatus::Ready, TaskStatus::Held, TaskStatus::Done, TaskStatus::Failed];
    let store = permit.store();
    Ok(Counts {
        actions: each::<Record>(store, &Status::ALL.map(Status::name)).await?,
        tasks: each::<Task>(store, &tasks.map(TaskStatus::name)).await?,
        journeys: each::<Journey>(store, &Stage::ALL.map(Stage::name)).await?,
    })
}

async fn each<T: Chained>(store: &Store, statuses: &[&'static str]) -> Result<ByStatus, StoreError> {
    let all = statuses.iter().map(|status| async move {
        let count = store.count::<T>(status, MOST).await?;
        Ok::<_, StoreError>((*status, Count::new(count)))
    });
    let all = try_join_all(all).await?;
    Ok(all.into_iter().collect())
}

impl Count {
    /// A sum over partitions, each counted up to `MOST`: from there on one of them may hold more.
    fn new(count: usize) -> Self {
        Self { count, more: count >= MOST }
    }
}
