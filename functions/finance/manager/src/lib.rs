//! The finance manager: the only writer of orders.
//!
//! Whatever it hears of an order (the shop's news, what its agents found, what became of an action) it first puts on
//! the order, each thing where it belongs and none of it twice; then it looks at the order as it is and gives out what
//! is still to be done. So late, doubled and reordered news change nothing: the shop's word is kept by the shop's own
//! time, and every task has a natural key. Order and next tasks are one transaction.

mod give;
mod lead;
mod news;
mod parcels;
mod passed;
mod ports;
mod propose;
mod reconcile;
mod report;
mod settle;
mod sweep;
#[cfg(test)]
mod tests;

pub use ports::{Found, Orders, Shop};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::{News, Record, news::ParcelNews, task::Task};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Who leads orders from the shop to the customer's door.
pub struct Manager {
    orders: Arc<dyn Orders>,
    shop: Option<Arc<dyn Shop>>,
}

/// What the manager can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The shop or a supplier said something.
    #[serde(rename = "news")]
    News(Box<News>),
    /// What a supplier said of its parcels when it was asked.
    #[serde(rename = "parcels")]
    Parcels(Vec<ParcelNews>),
    /// A person said how an order is taxed.
    #[serde(rename = "tax.decided")]
    TaxDecided(About),
    /// A step is done or failed.
    #[serde(rename = "reported")]
    Reported(Box<Task>),
    /// An action of an order's journey is settled.
    #[serde(rename = "action")]
    Settled(Box<Record>),
    /// Time to look for orders that hang, and for those that nobody told of.
    #[serde(rename = "quarter-hourly")]
    Sweep(Value),
}

/// An order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    order: String,
}

/// Builds the finance manager.
///
/// # Errors
/// When the shop's address is none.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let store = Arc::new(env.store().clone());
    let shop = shopdesk::reader(env)?.map(|client| Arc::new(client) as Arc<dyn Shop>);
    Ok(AgentFunction::of(Manager::new(store, shop), env))
}

impl Manager {
    /// A manager that finds orders through `orders`, and reads in the shop what a lost message left out.
    #[must_use]
    pub fn new(orders: Arc<dyn Orders>, shop: Option<Arc<dyn Shop>>) -> Self {
        Self { orders, shop }
    }
}

#[async_trait]
impl Agent for Manager {
    const NAME: &'static str = "finance-manager";
    const MAY_HAND_IN: bool = true;

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::News(news) => news::heard(self, ctx, *news).await,
            Input::Parcels(told) => parcels::told(ctx, &told, self.orders.as_ref()).await,
            Input::TaxDecided(about) => report::tax_decided(ctx, &about.order).await,
            Input::Reported(task) => report::reported(ctx, &task).await,
            Input::Settled(record) => settle::settled(ctx, &record, self.orders.as_ref()).await,
            Input::Sweep(_) => sweep::sweep(self, ctx).await,
        }
    }
}
