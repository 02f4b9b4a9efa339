//! Inventory: the shop shows what can be sold, and no more.
//!
//! Every quarter of an hour it reads the suppliers' feeds, notes what they say of each variant that is on sale, and
//! compares the shop's stock with what is left after the orders that nobody has placed yet. What becomes of a variant
//! is policy (`policies/royal/agents/inventory.rego`); when stock of our own is ordered again, and how much, is
//! arithmetic ([`reorder`]) over numbers of policy and over what the books know was sold.

pub mod reorder;

mod asked;
mod case;
mod decide;
mod look;
mod others;
mod owed;
mod own;
mod ports;
mod seen;
mod sold;
mod sync;
#[cfg(test)]
mod tests;
mod told;

pub use ports::{Counter, Desk, Feeds, OnSale, Orders, Settled, Shown};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::{News, news::Said};
use feeds::SupplierFeeds;
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use supply::Suppliers;

/// Who keeps the shop's stock.
pub struct Inventory {
    feeds: Arc<dyn Feeds>,
    on_sale: Arc<dyn OnSale>,
    orders: Arc<dyn Orders>,
    settled: Arc<dyn Settled>,
    desk: Arc<dyn Desk>,
    counter: Option<Arc<dyn Counter>>,
    /// Where stock of our own is sent to.
    country: Option<String>,
}

/// What inventory can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The shop counted something anew, or somebody tells of stock of our own that was ordered.
    #[serde(rename = "news")]
    News(Box<News>),
    /// The stock of one product.
    #[serde(rename = "sync")]
    Sync(Work),
    /// Time to look at all products.
    #[serde(rename = "quarter-hourly")]
    All(Value),
}

/// A product whose stock is to be looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Work {
    /// The product, such as `acme/lamp`; all of them where it is not named.
    #[serde(default)]
    product: Option<String>,
}

/// Builds inventory.
///
/// # Errors
/// When the shop's address is none.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let (store, config) = (Arc::new(env.store().clone()), env.config());
    let counter = shopdesk::reader(env)?.map(|client| Arc::new(client) as Arc<dyn Counter>);
    let inventory = Inventory {
        feeds: Arc::new(SupplierFeeds::new(config.feeds.clone(), config.currency, env.http().clone())),
        on_sale: store.clone(),
        orders: store.clone(),
        settled: store,
        desk: Arc::new(Suppliers::reading(env)?),
        counter,
        country: config.own.address.as_ref().and_then(|address| address.country.clone()),
    };
    Ok(AgentFunction::of(inventory, env))
}

#[async_trait]
impl Agent for Inventory {
    const NAME: &'static str = "product-inventory";
    const MAY_BOOK: bool = true;

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::News(news) => match news.said {
                Said::Stock { item, available, .. } => seen::counted(ctx, &item, available).await,
                Said::Parcel(parcel) => told::told(self, ctx, &parcel, news.triggered).await,
                _ => Ok(Turn::default()),
            },
            Input::Sync(work) => sync::sync(self, ctx, work.product.as_deref()).await,
            Input::All(_) => sync::sync(self, ctx, None).await,
        }
    }
}
