//! What inventory reads from.

use async_trait::async_trait;
use domain::{
    ActionId, Digest, Order, Record,
    action::ProductKey,
    journey::{Journey, Stage},
    order::OrderStage,
};
use feeds::{FeedError, Item, SupplierFeeds};
use shopify::{Counted, Error};
use std::collections::BTreeMap;
use store::{Store, StoreError, digest::Effect, page::Cut};
use supply::{Item as Wanted, Quote, Suppliers};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Units that can be bought where the stock follows its supplier's; absent where none does.
    pub followed: Option<i64>,
    /// Units that can be bought at further locations that are not ours.
    pub elsewhere: i64,
    /// Units of our own that can be bought; absent where none are kept.
    pub own: Option<i64>,
    /// Units that were bought and are not on their way yet.
    pub committed: i64,
}

impl Shown {
    /// Units that can be bought beside those that follow the supplier's stock.
    #[must_use]
    pub fn beside(&self) -> i64 {
        self.elsewhere.saturating_add(self.own.unwrap_or_default().max(0))
    }

    /// Units that can be bought at all.
    #[must_use]
    pub fn for_sale(&self) -> i64 {
        self.followed.unwrap_or_default().max(0).saturating_add(self.beside())
    }
}

/// The shop's stock, for reading.
#[async_trait]
pub trait Counter: Send + Sync {
    /// What the shop shows of each variant of a product, by stock keeping unit; nothing where it has no such product.
    async fn stock(&self, product: &ProductKey) -> Result<Option<BTreeMap<String, Shown>>, Error>;
}

#[async_trait]
impl Feeds for SupplierFeeds {
    async fn items(&self, wanted: &(dyn for<'i> Fn(&'i Item) -> bool + Send + Sync)) -> Result<Vec<Item>, FeedError> {
        Self::items(self, wanted).await
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
            let Counted { followed, elsewhere, own, committed } = self.counted(variant).await?;
            let followed = followed.map(|place| place.available);
            shown.insert(sku.clone(), Shown { followed, elsewhere, own, committed });
        }
        Ok(Some(shown))
    }
}

/// What became of actions.
#[async_trait]
pub trait Settled: Send + Sync {
    /// What is known of the actions with this digest.
    async fn effect(&self, digest: &Digest) -> Result<Effect, StoreError>;
    /// An action.
    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError>;
}

#[async_trait]
impl Settled for Store {
    async fn effect(&self, digest: &Digest) -> Result<Effect, StoreError> {
        Self::effect(self, digest).await
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.get::<Record>(&id.to_string()).await?.map(|row| row.value))
    }
}

/// Suppliers, for asking.
#[async_trait]
pub trait Desk: Send + Sync {
    /// Prices and stock, and what it costs to send it to `country`.
    async fn quote(&self, supplier: &str, items: &[Wanted], country: &str) -> Result<Quote, supply::Error>;
}

#[async_trait]
impl Desk for Suppliers {
    async fn quote(&self, supplier: &str, items: &[Wanted], country: &str) -> Result<Quote, supply::Error> {
        self.of(supplier).quote(items, country).await
    }
}
