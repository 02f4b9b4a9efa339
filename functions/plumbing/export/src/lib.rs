//! Exports the books to the warehouse: every entry a row, under the entry's own key.
//!
//! It alone holds the warehouse's credential. Entries are read in the order in which they were written, from where the
//! last run stopped; the youngest minutes are left for the next run, so that none that is still being written is passed
//! over. How far it came is written after each page that the warehouse took: what was sent and not remembered is sent
//! again under the same id, which the warehouse takes for the same row for a while; the key is a column too.
//!
//! How it goes stands in the table, where people can see it. Nothing is lost while it is off or fails.

mod rows;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use bigquery::{BigQuery, InsertError, Inserted, Row};
use domain::{books::Entry, task::Wake};
use runtime::{
    Call, Env, Failure, Function, Problems,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use store::{
    CommitError, Page, StoreError,
    exported::{Exported, Going, Mark},
    page::Cut,
};
use time::Duration;

/// What it is called in the table.
pub const BOOKS: &str = "books";
/// Entries of one request, and requests of one run.
const PAGE: usize = 200;
const PAGES: usize = 10;
/// Longer than any run of ours takes from its clock to its commit.
const SETTLED: Duration = Duration::minutes(5);
/// Refused rows that are remembered with their reasons.
const KEPT: usize = 100;

/// Where the books are exported to.
#[async_trait]
pub trait Warehouse: Send + Sync {
    /// Adds rows; says which were refused.
    async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError>;
}

#[async_trait]
impl Warehouse for BigQuery {
    async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError> {
        Self::insert(self, rows).await
    }
}

/// The export as a function.
pub struct Export {
    env: Env,
    warehouse: Arc<dyn Warehouse>,
}

/// Builds the function.
///
/// # Errors
/// Never: an export without a destination says that it is off.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(Arc::new(Export::new(env, Arc::new(BigQuery::new(env)))))
}

impl Export {
    /// An export to `warehouse`.
    #[must_use]
    pub fn new(env: &Env, warehouse: Arc<dyn Warehouse>) -> Self {
        Self { env: env.clone(), warehouse }
    }

    async fn handle(&self, message: Message) -> Result<(), Failure> {
        match serde_json::from_str(&message.body) {
            Ok(Wake::Schedule { .. }) => self.run().await,
            Ok(other) => Err(Failure::Reject(format!("nothing is exported for {other:?}"))),
            Err(error) => Err(Failure::Reject(format!("no wake: {error}"))),
        }
    }

    /// Exports what was booked since the last run.
    async fn run(&self) -> Result<(), Failure> {
        for _ in 0..PAGES {
            let mark = self.env.store().exported(BOOKS).await.map_err(later)?;
            let page = self.page(&mark).await.map_err(later)?;
            let Some(last) = page.items.last() else { return Ok(()) };
            match self.warehouse.insert(&rows::of(&page.items)).await {
                Ok(inserted) => self.write(&mark, took(&mark, (&page.items, last), inserted)).await?,
                Err(error) => return self.failed(&mark, error).await,
            }
            if page.next.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn page(&self, mark: &Mark) -> Result<Page<Entry>, StoreError> {
        let until = Some(self.env.clock().now() - SETTLED);
        let cut = Cut { limit: PAGE, cursor: mark.value.cursor.clone(), until, ..Cut::default() };
        let page = self.env.store().list::<Entry>(Entry::STATUS, &cut).await?;
        Ok(Page { items: page.items.into_iter().map(|row| row.value).collect(), next: page.next })
    }

    /// Says that nothing was taken, and why. Being off is no failure: the next run looks again.
    async fn failed(&self, mark: &Mark, error: InsertError) -> Result<(), Failure> {
        let (going, done) = match &error {
            InsertError::Off(_) => (Going::Off, Ok(())),
            InsertError::Retry(why) => (Going::Failing, Err(Failure::Retry(why.clone()))),
            InsertError::Refused(why) => (Going::Failing, Err(Failure::Reject(why.clone()))),
        };
        let value = Exported { going, why: Some(error.to_string()), ..mark.value.clone() };
        if value != mark.value {
            tracing::warn!(%error, "the books are not exported");
            self.write(mark, value).await?;
        }
        done
    }

    async fn write(&self, mark: &Mark, value: Exported) -> Result<(), Failure> {
        let mut tx = self.env.store().tx(self.env.clock().now());
        tx.exported(BOOKS, mark, value).map_err(unwritten)?;
        tx.commit().await.map_err(unwritten)
    }
}

/// How far it is once the warehouse took a page.
fn took(mark: &Mark, (entries, last): (&[Entry], &Entry), inserted: Inserted) -> Exported {
    let mut value = mark.value.clone();
    value.sent += entries.len().saturating_sub(inserted.refused.len());
    for (index, why) in inserted.refused {
        let Some(entry) = entries.get(index) else { continue };
        tracing::warn!(entry = entry.key(), why, "the warehouse refused an entry");
        if value.refused.len() < KEPT {
            value.refused.insert(entry.key().to_owned(), why);
        }
    }
    Exported { going: Going::On, why: None, cursor: Some(store::books::behind(last)), ..value }
}

#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn later(error: StoreError) -> Failure {
    Failure::Retry(error.to_string())
}

/// Another run was first, or the table does not answer: what was sent is sent again.
#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn unwritten(error: CommitError) -> Failure {
    match error {
        CommitError::Invalid(why) => Failure::Reject(why),
        CommitError::Conflict(_) | CommitError::Retry(_) => Failure::Retry(error.to_string()),
    }
}

#[async_trait]
impl Function for Export {
    fn name(&self) -> &'static str {
        "export"
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.handle(message)).await
    }
}
