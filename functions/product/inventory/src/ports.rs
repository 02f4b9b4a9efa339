//! What inventory reads from.

use async_trait::async_trait;
use domain::{
    Order,
    action::ProductKey,
    journey::{Journey, Stage},
    order::OrderStage,
};
use feeds::{FeedError, Item, Options, Source};
use runtime::Config;
use shopify::Error;
use std::{collections::BTreeMap, convert::Infallible};
use store::{Store, StoreError, page::Cut};

/// Stages of orders of which something is not on its way yet.
const OPEN: [OrderStage; 5] =
    [OrderStage::Received, OrderStage::Held, OrderStage::Ordering, OrderStage::Stuck, OrderStage::Ordered];
/// Products on sale that are looked at in one run, and orders of one stage.
const MOST: usize = 500;

/// Suppliers' feeds.
#[async_trait]
pub trait Feeds: Send + Sync {
    /// Everything in all feeds for which `wanted` holds.
    async fn items(&self, wanted: &(dyn for<'i> Fn(&'i Item) -> bool + Send + Sync)) -> Result<Vec<Item>, FeedError>;
}

/// Products that are on sale.
#[async_trait]
pub trait OnSale: Send + Sync {
    /// Their journeys.
    async fn products(&self) -> Result<Vec<Journey>, StoreError>;
}

/// Orders that may hold what nobody has placed yet.
#[async_trait]
pub trait Orders: Send + Sync {
    /// All of them; none at all where there are more than can be looked at.
    async fn open(&self) -> Result<Option<Vec<Order>>, StoreError>;
}

/// What the shop has of one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Units that can be bought.
    pub available: i64,
    /// Units that were bought and are not on their way yet.
    pub committed: i64,
}

/// The shop's stock, for reading.
#[async_trait]
pub trait Counter: Send + Sync {
    /// What the shop shows of each variant of a product, by stock keeping unit; nothing where it has no such product.
    async fn stock(&self, product: &ProductKey) -> Result<Option<BTreeMap<String, Shown>>, Error>;
}

/// The feeds of the configuration.
pub struct SupplierFeeds {
    names: Vec<String>,
    options: Options,
    http: reqwest::Client,
}

impl SupplierFeeds {
    /// The feeds that `config` names, the ones on the web read through `http`.
    #[must_use]
    pub fn new(config: &Config, http: reqwest::Client) -> Self {
        let options = Options { currency: Some(config.currency), ..Options::default() };
        Self { names: config.feeds.clone(), options, http }
    }
}

#[async_trait]
impl Feeds for SupplierFeeds {
    async fn items(&self, wanted: &(dyn for<'i> Fn(&'i Item) -> bool + Send + Sync)) -> Result<Vec<Item>, FeedError> {
        let mut found = Vec::new();
        for name in &self.names {
            let source: Result<Source, Infallible> = name.parse();
            let Ok(source) = source;
            let reader = feeds::open(&source, &self.options, &self.http).await?;
            found.extend(reader.filter_map(Result::ok).filter(|item| wanted(item)));
        }
        Ok(found)
    }
}

#[async_trait]
impl OnSale for Store {
    async fn products(&self) -> Result<Vec<Journey>, StoreError> {
        let page = self.list::<Journey>(Stage::Published.name(), &Cut::latest(MOST)).await?;
        Ok(page.items.into_iter().map(|row| row.value).collect())
    }
}

#[async_trait]
impl Orders for Store {
    async fn open(&self) -> Result<Option<Vec<Order>>, StoreError> {
        let mut all = Vec::new();
        for stage in OPEN {
            let page = self.list::<Order>(stage.name(), &Cut::latest(MOST)).await?;
            if page.items.len() >= MOST {
                return Ok(None);
            }
            all.extend(page.items.into_iter().map(|row| row.value));
        }
        Ok(Some(all))
    }
}

#[async_trait]
impl Counter for shopify::Client {
    async fn stock(&self, product: &ProductKey) -> Result<Option<BTreeMap<String, Shown>>, Error> {
        let Some(product) = self.find_product(product).await? else { return Ok(None) };
        let mut shown = BTreeMap::new();
        for variant in &product.variants {
            let Some(sku) = &variant.sku else { continue };
            let stocked = Self::stock(self, variant).await?;
            let sum = |of: fn(&shopify::Stock) -> i64| stocked.iter().map(of).fold(0, i64::saturating_add);
            let both = Shown { available: sum(|place| place.available), committed: sum(|place| place.committed) };
            shown.insert(sku.clone(), both);
        }
        Ok(Some(shown))
    }
}
