//! Inventory: the shop shows what can be sold, and no more.
//!
//! Every quarter of an hour it reads the suppliers' feeds, notes what they say of each variant that is on sale, and
//! compares the shop's stock with what is left after the orders that nobody has placed yet. What becomes of a variant
//! is policy (`policies/royal/agents/inventory.rego`); when stock of our own is ordered again, and how much, is
//! arithmetic ([`reorder`]) over numbers of policy.

pub mod reorder;

mod case;
mod others;
mod owed;
mod ports;
mod seen;
mod sync;
#[cfg(test)]
mod tests;

pub use ports::{Counter, Feeds, OnSale, Orders, Shown, SupplierFeeds};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::{News, news::Said};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Who keeps the shop's stock.
pub struct Inventory {
    feeds: Arc<dyn Feeds>,
    on_sale: Arc<dyn OnSale>,
    orders: Arc<dyn Orders>,
    counter: Option<Arc<dyn Counter>>,
}

/// What inventory can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The shop counted something anew.
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
    let store = Arc::new(env.store().clone());
    let feeds = Arc::new(SupplierFeeds::new(env.config(), env.http().clone()));
    let counter = shopdesk::reader(env)?.map(|client| Arc::new(client) as Arc<dyn Counter>);
    Ok(AgentFunction::of(Inventory::new(feeds, store.clone(), store, counter), env))
}

impl Inventory {
    /// Inventory over suppliers' `feeds`, products `on_sale`, open `orders` and the shop's `counter`.
    #[must_use]
    pub fn new(
        feeds: Arc<dyn Feeds>,
        on_sale: Arc<dyn OnSale>,
        orders: Arc<dyn Orders>,
        counter: Option<Arc<dyn Counter>>,
    ) -> Self {
        Self { feeds, on_sale, orders, counter }
    }
}

#[async_trait]
impl Agent for Inventory {
    const NAME: &'static str = "product-inventory";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::News(news) => match news.said {
                Said::Stock { item, available, .. } => seen::counted(ctx, &item, available).await,
                _ => Ok(Turn::default()),
            },
            Input::Sync(work) => sync::sync(self, ctx, work.product.as_deref()).await,
            Input::All(_) => sync::sync(self, ctx, None).await,
        }
    }
}
