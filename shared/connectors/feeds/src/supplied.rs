//! All feeds of a deployment, as its settings name them.

use crate::{FeedError, Item, Options, Reader, Source, open};
use domain::Currency;
use std::convert::Infallible;

/// The feeds of all suppliers: files, folders or addresses.
#[derive(Debug, Clone)]
pub struct SupplierFeeds {
    names: Vec<String>,
    options: Options,
    http: reqwest::Client,
}

impl SupplierFeeds {
    /// The feeds of these names, in `currency` where they name none; the ones on the web are read through `http`.
    #[must_use]
    pub fn new(names: Vec<String>, currency: Currency, http: reqwest::Client) -> Self {
        Self { names, options: Options { currency: Some(currency), ..Options::default() }, http }
    }

    /// Their names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Opens the feed of this name.
    ///
    /// # Errors
    /// When it cannot be opened, downloaded or recognised.
    pub async fn open(&self, name: &str) -> Result<Reader, FeedError> {
        let source: Result<Source, Infallible> = name.parse();
        let Ok(source) = source;
        open(&source, &self.options, &self.http).await
    }

    /// Everything in all feeds for which `wanted` holds; rows that are wrong are left out.
    ///
    /// # Errors
    /// When a feed cannot be opened, downloaded or recognised.
    pub async fn items(
        &self,
        wanted: &(dyn for<'i> Fn(&'i Item) -> bool + Send + Sync),
    ) -> Result<Vec<Item>, FeedError> {
        let mut found = Vec::new();
        for name in &self.names {
            found.extend(self.open(name).await?.filter_map(Result::ok).filter(|item| wanted(item)));
        }
        Ok(found)
    }
}
