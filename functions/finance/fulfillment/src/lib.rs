//! Fulfilment: who sends what of an order, and where it is.
//!
//! Which offer is best is policy (`policies/royal/agents/fulfillment.rego`); this agent brings it the offers that are
//! known, asks the suppliers for their prices, and proposes one order per supplier. It places nothing itself: it holds
//! no credential that could. What suppliers say of their parcels goes to the manager, who keeps the order.

mod choose;
mod follow;
mod fulfill;
mod offers;
mod ports;
mod ship;
#[cfg(test)]
mod tests;
mod track;

pub use ports::{Desk, Parcels, RecordFile, Records};

use agent::{Agent, AgentError, AgentFunction, Context, Turn};
use async_trait::async_trait;
use domain::{ActionId, order::Portion};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// Who chooses suppliers.
pub struct Fulfillment {
    desk: Arc<dyn Desk>,
    records: Arc<dyn Records>,
    parcels: Arc<dyn Parcels>,
}

/// What fulfilment can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// Suppliers for what of an order is with nobody yet.
    #[serde(rename = "fulfill")]
    Fulfill(Work),
    /// That the customer hears of a parcel.
    #[serde(rename = "ship")]
    Ship(One),
    /// Where a parcel is.
    #[serde(rename = "ask")]
    Ask(One),
    /// That its carrier is asked where a parcel is, because its supplier does not say.
    #[serde(rename = "track")]
    Track(One),
    /// Time to ask where all parcels are.
    #[serde(rename = "ten-minutely")]
    Follow(Value),
}

/// What is to be sent.
#[derive(Debug, Deserialize)]
pub struct Work {
    /// Shop's id of the order.
    order: String,
    /// What of it.
    portions: Vec<Portion>,
    /// Suppliers that did not send it, by line.
    #[serde(default)]
    tried: BTreeMap<String, Vec<String>>,
}

/// One parcel of an order.
#[derive(Debug, Deserialize)]
pub struct One {
    /// Shop's id of the order.
    order: String,
    /// The action that placed it.
    parcel: ActionId,
}

/// Builds fulfilment.
///
/// # Errors
/// When no HTTP client can be built.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let desk = Arc::new(supply::Suppliers::reading(env)?);
    let records = Arc::new(RecordFile::new(env.config().suppliers.clone()));
    Ok(AgentFunction::of(Fulfillment::new(desk, records, Arc::new(env.store().clone())), env))
}

impl Fulfillment {
    /// Fulfilment that asks suppliers at `desk`, knows their performance by `records` and finds orders by `parcels`.
    #[must_use]
    pub fn new(desk: Arc<dyn Desk>, records: Arc<dyn Records>, parcels: Arc<dyn Parcels>) -> Self {
        Self { desk, records, parcels }
    }
}

#[async_trait]
impl Agent for Fulfillment {
    const NAME: &'static str = "finance-fulfillment";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::Fulfill(work) => fulfill::fulfill(self, ctx, work).await,
            Input::Ship(one) => ship::ship(ctx, &one).await,
            Input::Ask(one) => follow::ask(self, ctx, &one).await,
            Input::Track(one) => track::track(ctx, &one).await,
            Input::Follow(_) => follow::follow(self, ctx).await,
        }
    }
}
