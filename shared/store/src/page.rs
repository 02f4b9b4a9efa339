//! Lists, page by page, out of sharded index partitions.
//!
//! All shards sort by the same key, so a page is the first rows of their merge, and the last sort key
//! is the cursor. An index is read to list, never to decide: whoever acts on a row reads it again.
//!
//! The index by status holds keys only. A state changes its status several times, and each time the index
//! would be billed for the whole row twice (taken out of one partition, put into another); lists are read
//! far less often, and fetch the rows that they show.

use crate::{
    Chained, Row, Store, StoreError,
    chain::parse,
    error::told,
    item::{self, Item, text},
    keys,
    seen::{MOST_KEYS, Wanted},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::AuditRecord;
use futures::future::try_join_all;
use time::OffsetDateTime;

/// Part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last one.
    pub next: Option<String>,
}

/// Which part of a list, and in which direction.
#[derive(Debug, Clone, Default)]
pub struct Cut {
    /// Most rows wanted.
    pub limit: usize,
    /// Where to go on, as handed out with the page before.
    pub cursor: Option<String>,
    /// Latest first.
    pub latest_first: bool,
    /// Only rows whose time is at most this.
    pub until: Option<OffsetDateTime>,
}

impl Cut {
    /// The first `limit` rows, earliest first.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// The last `limit` rows, latest first.
    #[must_use]
    pub fn latest(limit: usize) -> Self {
        Self { limit, latest_first: true, ..Self::default() }
    }
}

/// An index: its name and the names of its keys.
struct Index {
    name: &'static str,
    pk: &'static str,
    sk: &'static str,
}

const STATUS: Index = Index { name: keys::BY_STATUS, pk: "gsi1pk", sk: "gsi1sk" };
const DAY: Index = Index { name: keys::BY_DAY, pk: "gsi2pk", sk: "gsi2sk" };

impl Store {
    /// Things of one kind with this status, by the time that matters for it.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn list<T: Chained>(&self, status: &str, cut: &Cut) -> Result<Page<Row<T>>, StoreError> {
        let page = self.rows(T::KIND, status, cut).await?;
        let items = page.items.iter().map(Row::from_item).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// As [`Store::list`], leaving out rows that cannot be understood instead of failing: for sweeps, which
    /// must not stop at one bad row. Each one is logged.
    ///
    /// # Errors
    /// When the table does not answer or the cursor is not ours.
    pub async fn sweep<T: Chained>(&self, status: &str, cut: &Cut) -> Result<Page<Row<T>>, StoreError> {
        let page = self.rows(T::KIND, status, cut).await?;
        let read = |row: &Item| {
            Row::from_item(row)
                .inspect_err(|error| tracing::error!(%error, "a row cannot be read and is passed over"))
                .ok()
        };
        Ok(Page { items: page.items.iter().filter_map(read).collect(), next: page.next })
    }

    /// How many things of one kind have this status, counted up to `most`.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn count<T: Chained>(&self, status: &str, most: usize) -> Result<usize, StoreError> {
        let shards = (0..keys::SHARDS).map(|shard| self.count_partition(keys::status(T::KIND, status, shard), most));
        Ok(try_join_all(shards).await?.into_iter().sum())
    }

    /// Audit records of one day.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub async fn day(&self, day: OffsetDateTime, cut: &Cut) -> Result<Page<AuditRecord>, StoreError> {
        let partitions = (0..keys::SHARDS).map(|shard| keys::day(day, shard)).collect();
        let page = self.merged(&DAY, partitions, cut).await?;
        let items = page.items.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Rows of one kind with this status, as they are.
    pub(crate) async fn rows(&self, kind: &str, status: &str, cut: &Cut) -> Result<Page<Item>, StoreError> {
        let page = self.listed(kind, status, cut).await?;
        Ok(Page { items: self.whole(&page.items).await?, next: page.next })
    }

    /// What the index has of them: their keys.
    pub(crate) async fn listed(&self, kind: &str, status: &str, cut: &Cut) -> Result<Page<Item>, StoreError> {
        let partitions = (0..keys::SHARDS).map(|shard| keys::status(kind, status, shard)).collect();
        self.merged(&STATUS, partitions, cut).await
    }

    /// The rows that the index lists, in its order. An index lags: a row that has another status by now is
    /// left out.
    async fn whole(&self, listed: &[Item]) -> Result<Vec<Item>, StoreError> {
        let fetched = try_join_all(listed.chunks(MOST_KEYS).map(|chunk| self.see(Wanted::rows(chunk)))).await?;
        let find = |row: &Item| {
            let found = fetched.iter().find_map(|seen| seen.row(item::get_text(row, "pk").ok()?))?;
            (found.get(STATUS.pk) == row.get(STATUS.pk)).then(|| found.clone())
        };
        Ok(listed.iter().filter_map(find).collect())
    }

    async fn merged(&self, index: &Index, partitions: Vec<String>, cut: &Cut) -> Result<Page<Item>, StoreError> {
        let from = cut.cursor.as_deref().map(decode).transpose()?;
        let shards = partitions.into_iter().map(|partition| self.partition(index, partition, cut, from.as_deref()));
        let mut items: Vec<Item> = try_join_all(shards).await?.into_iter().flatten().collect();
        let sort = |row: &Item| item::get_text(row, index.sk).unwrap_or_default().to_owned();
        items.sort_by_cached_key(sort);
        if cut.latest_first {
            items.reverse();
        }
        let more = items.len() > cut.limit;
        items.truncate(cut.limit);
        let next = items.last().filter(|_| more).map(|row| encode(&sort(row)));
        Ok(Page { items, next })
    }

    /// One row more than wanted of one shard, so that the merge knows whether there are more. A request
    /// ends at 1 MB, so there may be several.
    async fn partition(
        &self,
        index: &Index,
        partition: String,
        cut: &Cut,
        from: Option<&str>,
    ) -> Result<Vec<Item>, StoreError> {
        let (low, high) = bounds(cut, from);
        let is_cursor = |row: &Item| from.is_some_and(|from| item::get_text(row, index.sk).is_ok_and(|sk| sk == from));
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .index_name(index.name)
            .key_condition_expression("#pk = :pk AND #sk BETWEEN :low AND :high")
            .expression_attribute_names("#pk", index.pk)
            .expression_attribute_names("#sk", index.sk)
            .expression_attribute_values(":pk", text(partition))
            .expression_attribute_values(":low", text(low))
            .expression_attribute_values(":high", text(high))
            .scan_index_forward(!cut.latest_first);
        let mut rows = Vec::new();
        let mut after = None;
        while rows.len() <= cut.limit {
            let missing = i32::try_from(cut.limit + 2 - rows.len()).unwrap_or(i32::MAX);
            let answer = request.clone().limit(missing).set_exclusive_start_key(after).send().await;
            let answer = answer.map_err(|error| StoreError::Retry(told(&error)))?;
            rows.extend(answer.items.unwrap_or_default().into_iter().filter(|row| !is_cursor(row)));
            after = answer.last_evaluated_key;
            if after.is_none() {
                break;
            }
        }
        Ok(rows)
    }

    async fn count_partition(&self, partition: String, most: usize) -> Result<usize, StoreError> {
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .index_name(keys::BY_STATUS)
            .key_condition_expression("gsi1pk = :pk")
            .expression_attribute_values(":pk", text(partition))
            .select(aws_sdk_dynamodb::types::Select::Count);
        let mut count = 0;
        let mut after = None;
        while count < most {
            let missing = i32::try_from(most - count).unwrap_or(i32::MAX);
            let answer = request.clone().limit(missing).set_exclusive_start_key(after).send().await;
            let answer = answer.map_err(|error| StoreError::Retry(told(&error)))?;
            count += usize::try_from(answer.count()).unwrap_or_default();
            after = answer.last_evaluated_key;
            if after.is_none() {
                break;
            }
        }
        Ok(count)
    }
}

/// First and last sort key wanted; `~` sorts behind every key.
fn bounds(cut: &Cut, from: Option<&str>) -> (String, String) {
    let last = cut.until.map_or_else(|| "~".to_owned(), |until| format!("{}~", keys::instant(until)));
    match (from, cut.latest_first) {
        (Some(from), true) => ("0".to_owned(), from.to_owned()),
        (Some(from), false) => (from.to_owned(), last),
        (None, _) => ("0".to_owned(), last),
    }
}

/// The cursor behind `record` in a list of its day: for whoever reads more rows than are wanted.
#[must_use]
pub fn behind(record: &AuditRecord) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}#{}#{}", keys::instant(record.at), record.subject, record.seq))
}

/// A sort key as a cursor.
pub(crate) fn encode(sort: &str) -> String {
    URL_SAFE_NO_PAD.encode(sort)
}

/// The sort key that a cursor is.
pub(crate) fn decode(cursor: &str) -> Result<String, StoreError> {
    let unknown = || StoreError::Cursor(cursor.chars().take(64).collect());
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unknown())?;
    // every sort key begins with a year; another text could turn the bounds around
    let sort = String::from_utf8(bytes).map_err(|_| unknown())?;
    Some(sort).filter(|sort| sort.starts_with(|c: char| c.is_ascii_digit())).ok_or_else(unknown)
}
