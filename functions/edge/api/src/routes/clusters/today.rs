//! What is open in a cluster, and what ended in it since midnight (UTC).
//!
//! Lists are by status, not by cluster, so the rows of all clusters are read, each list up to a bound. Beyond
//! it nobody is told a rate that was taken from a part: counts are then the least there can be.

use domain::{
    Record, Status,
    task::{Task, TaskStatus},
};
use futures::future::try_join_all;
use store::{Chained, Store, StoreError, page::Cut};
use time::{OffsetDateTime, Time, UtcOffset};

/// Rows read at once, and pages of them, of one list.
const PAGE: usize = 200;
const PAGES: usize = 5;

/// Rows, and whether they are all there are.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) rows: Vec<T>,
    pub(super) whole: bool,
}

/// The first moment of the day of `now`, in UTC.
pub(super) fn midnight(now: OffsetDateTime) -> OffsetDateTime {
    now.to_offset(UtcOffset::UTC).replace_time(Time::MIDNIGHT)
}

/// Actions of a cluster that are open, and those that settled since `from`.
pub(super) async fn actions(store: &Store, cluster: &str, from: OffsetDateTime) -> Result<Found<Record>, StoreError> {
    let lists = Status::ALL.map(|status| list::<Record>(store, status.name(), status.settled().then_some(from)));
    let found = joined(try_join_all(lists).await?);
    Ok(found.only(|record| record.proposal.agent.cluster() == cluster))
}

/// Tasks of a cluster that are open, and those that ended since `from`.
pub(super) async fn tasks(store: &Store, cluster: &str, from: OffsetDateTime) -> Result<Found<Task>, StoreError> {
    let open = [TaskStatus::Ready, TaskStatus::Held].map(|status| (status, None));
    let ended = [TaskStatus::Done, TaskStatus::Failed].map(|status| (status, Some(from)));
    let lists = open.into_iter().chain(ended).map(|(status, from)| list::<Task>(store, status.name(), from));
    let found = joined(try_join_all(lists).await?);
    Ok(found.only(|task| task.agent.cluster() == cluster))
}

/// Rows of one status, latest first: all of them, or those since `from`.
async fn list<T: Chained>(store: &Store, status: &str, from: Option<OffsetDateTime>) -> Result<Found<T>, StoreError> {
    let (mut rows, mut cut) = (Vec::new(), Cut::latest(PAGE));
    let counts = |value: &T| from.is_none_or(|from| value.sort() >= from);
    for _ in 0..PAGES {
        let page = store.list::<T>(status, &cut).await?;
        let goes_on = page.items.iter().all(|row| counts(&row.value));
        rows.extend(page.items.into_iter().map(|row| row.value).take_while(counts));
        match page.next {
            Some(next) if goes_on => cut.cursor = Some(next),
            _ => return Ok(Found { rows, whole: true }),
        }
    }
    Ok(Found { rows, whole: false })
}

fn joined<T>(lists: Vec<Found<T>>) -> Found<T> {
    let whole = lists.iter().all(|list| list.whole);
    Found { rows: lists.into_iter().flat_map(|list| list.rows).collect(), whole }
}

impl<T> Found<T> {
    fn only(mut self, keep: impl Fn(&T) -> bool) -> Self {
        self.rows.retain(keep);
        self
    }
}
