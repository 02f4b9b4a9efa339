//! What the scout reads from.

use crate::Trends;
use async_trait::async_trait;
use domain::journey::{Journey, Stage};
use feeds::{FeedError, Reader, SupplierFeeds};
use std::{collections::BTreeSet, path::Path};
use store::{Store, StoreError, page::Cut};

/// Journeys of one stage whose facts are kept fresh. Far above what people and functions work on at a time.
const MOST_LIVE: usize = 500;

/// Suppliers' feeds.
#[async_trait]
pub trait Feeds: Send + Sync {
    /// All that are configured.
    fn names(&self) -> &[String];
    /// Opens one.
    async fn open(&self, name: &str) -> Result<Reader, FeedError>;
}

/// What is in demand.
#[async_trait]
pub trait TrendSource: Send + Sync {
    /// Everything known; nothing where no source is configured. With what was wrong in it.
    async fn trends(&self) -> Result<(Trends, Vec<String>), FeedError>;
}

/// Products whose journey is under way: decisions may rest on their facts.
#[async_trait]
pub trait Live: Send + Sync {
    /// Where their facts are kept, such as `product:acme/sku-1`.
    async fn sources(&self) -> Result<BTreeSet<String>, StoreError>;
}

#[async_trait]
impl Feeds for SupplierFeeds {
    fn names(&self) -> &[String] {
        Self::names(self)
    }

    async fn open(&self, name: &str) -> Result<Reader, FeedError> {
        Self::open(self, name).await
    }
}

/// A file with trends.
pub struct TrendFile {
    path: Option<String>,
}

impl TrendFile {
    /// The file at `path`, if there is one.
    #[must_use]
    pub const fn new(path: Option<String>) -> Self {
        Self { path }
    }
}

#[async_trait]
impl TrendSource for TrendFile {
    async fn trends(&self) -> Result<(Trends, Vec<String>), FeedError> {
        let Some(path) = &self.path else { return Ok((Trends::default(), Vec::new())) };
        let found = feeds::trends(Path::new(path))?;
        let problems = found.problems.iter().map(ToString::to_string).collect();
        Ok((found.records.into(), problems))
    }
}

#[async_trait]
impl Live for Store {
    async fn sources(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut sources = BTreeSet::new();
        for stage in [Stage::Vetting, Stage::Pricing, Stage::Review, Stage::Publishing, Stage::Deciding] {
            let page = self.list::<Journey>(stage.name(), &Cut::latest(MOST_LIVE)).await?;
            sources.extend(page.items.iter().map(|row| row.value.candidate.source()));
        }
        Ok(sources)
    }
}
