//! The product manager: the only writer of product journeys.
//!
//! It does no work on a product itself. It gives each step to the agent whose work it is, puts the finding
//! on the journey, and gives out the next step or ends the journey with its reason. Journey and next task
//! are written in one transaction, so a journey is never without the task that moves it on; a finding that
//! comes twice, late, or for a step that is over, changes nothing.

mod give;
mod settle;
mod start;
mod step;
mod sweep;
#[cfg(test)]
mod tests;

pub use sweep::Waiting;

use agent::{Agent, AgentError, AgentFunction, Context, Turn, turn::JourneyStep};
use async_trait::async_trait;
use domain::{Record, journey::Journey, task::Task};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use store::Row;

/// Who leads products from their discovery to the shop.
pub struct Manager {
    waiting: Arc<dyn Waiting>,
}

/// What the manager can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// A product worth a journey was found.
    #[serde(rename = "journey.start")]
    Start(Box<start::Found>),
    /// A step is done or failed.
    #[serde(rename = "reported")]
    Reported(Box<Task>),
    /// The proposal to publish is settled.
    #[serde(rename = "action")]
    Settled(Box<Record>),
    /// Time to look for journeys that hang.
    #[serde(rename = "quarter-hourly")]
    Sweep(Value),
}

/// Builds the product manager.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(AgentFunction::of(Manager::new(Arc::new(env.store().clone())), env))
}

impl Manager {
    /// A manager that finds waiting journeys through `waiting`.
    #[must_use]
    pub fn new(waiting: Arc<dyn Waiting>) -> Self {
        Self { waiting }
    }
}

#[async_trait]
impl Agent for Manager {
    const NAME: &'static str = "product-manager";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::Start(found) => start::start(ctx, *found).await,
            Input::Reported(task) => reported(ctx, &task).await,
            Input::Settled(record) => settle::settle(ctx, &record).await,
            Input::Sweep(_) => sweep::sweep(ctx, self.waiting.as_ref()).await,
        }
    }
}

/// Moves the journey on by a finding; one that belongs to no step in progress changes nothing.
async fn reported(ctx: &Context<'_>, task: &Task) -> Result<Turn, AgentError> {
    let Some(id) = task.journey else { return Ok(Turn::default()) };
    let row = ctx.reads.journey(id).await?;
    let Some(row) = row.filter(|row| give::is_about(&row.value, task)) else { return Ok(Turn::default()) };
    advance(row, task, ctx)
}

/// What a finding comes to: the journey one step on, and the next task if there is one.
fn advance(row: Row<Journey>, task: &Task, ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let (to, what, reasons) = step::after(row.value.clone(), task, ctx.now);
    let tasks = give::step_of(&to)?.into_iter().collect();
    let journeys = vec![JourneyStep { from: Some(row), to, what: what.to_owned(), reasons }];
    Ok(Turn { tasks, journeys, ..Turn::default() })
}
