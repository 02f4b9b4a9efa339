//! What fulfilment reads from.

use async_trait::async_trait;
use domain::{ActionId, Order, order::OrderStage};
use feeds::{FeedError, SupplierRecord};
use std::path::Path;
use store::{Store, StoreError, page::Cut};
use supply::{Error, Item, Placed, Quote, Suppliers, tracking::Followed};

/// Suppliers, for asking.
#[async_trait]
pub trait Desk: Send + Sync {
    /// Prices and stock, and what it costs to send it to `country`.
    async fn quote(&self, supplier: &str, items: &[Item], country: &str) -> Result<Quote, Error>;
    /// The order under our number.
    async fn find(&self, supplier: &str, number: ActionId) -> Result<Option<Placed>, Error>;
    /// Where its carrier has the parcel of this number; nothing where the carrier is not asked about it.
    async fn carried(&self, number: &str) -> Result<Option<Followed>, Error>;
}

#[async_trait]
impl Desk for Suppliers {
    async fn quote(&self, supplier: &str, items: &[Item], country: &str) -> Result<Quote, Error> {
        self.of(supplier).quote(items, country).await
    }

    async fn find(&self, supplier: &str, number: ActionId) -> Result<Option<Placed>, Error> {
        self.of(supplier).find(number).await
    }

    async fn carried(&self, number: &str) -> Result<Option<Followed>, Error> {
        self.carriers().status(number).await
    }
}

/// Suppliers' performance records.
pub trait Records: Send + Sync {
    /// All of them; none where none are kept.
    ///
    /// # Errors
    /// When they cannot be read.
    fn all(&self) -> Result<Vec<SupplierRecord>, FeedError>;
}

/// A file that operations keeps; it is read anew each time, so that an edit counts at once.
pub struct RecordFile {
    path: Option<String>,
}

impl RecordFile {
    /// The file at `path`, if there is one.
    #[must_use]
    pub const fn new(path: Option<String>) -> Self {
        Self { path }
    }
}

impl Records for RecordFile {
    fn all(&self) -> Result<Vec<SupplierRecord>, FeedError> {
        match &self.path {
            Some(path) => Ok(feeds::suppliers(Path::new(path))?.records),
            None => Ok(Vec::new()),
        }
    }
}

/// Orders with parcels under way.
#[async_trait]
pub trait Parcels: Send + Sync {
    /// Orders in `stage`, those first that nothing happened to for longest, at most `most`.
    async fn in_stage(&self, stage: OrderStage, most: usize) -> Result<Vec<Order>, StoreError>;
}

#[async_trait]
impl Parcels for Store {
    async fn in_stage(&self, stage: OrderStage, most: usize) -> Result<Vec<Order>, StoreError> {
        let page = self.list::<Order>(stage.name(), &Cut::first(most)).await?;
        Ok(page.items.into_iter().map(|row| row.value).collect())
    }
}
