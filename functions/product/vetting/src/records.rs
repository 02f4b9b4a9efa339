//! Where suppliers' performance is on record.

use async_trait::async_trait;
use feeds::{FeedError, SupplierRecord};
use std::path::Path;

/// Suppliers' performance records.
#[async_trait]
pub trait SupplierRecords: Send + Sync {
    /// The record of a supplier, by the name that feeds give it; case does not matter.
    async fn record(&self, supplier: &str) -> Result<Option<SupplierRecord>, FeedError>;
}

/// A file that operations keeps beside the feeds; it is read anew each time, so that an edit counts at once.
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

#[async_trait]
impl SupplierRecords for RecordFile {
    async fn record(&self, supplier: &str) -> Result<Option<SupplierRecord>, FeedError> {
        let Some(path) = &self.path else { return Ok(None) };
        let wanted = supplier.trim().to_lowercase();
        let found = feeds::suppliers(Path::new(path))?.records.into_iter();
        Ok(found.into_iter().find(|record| record.supplier.trim().to_lowercase() == wanted))
    }
}
