//! The analyst: keeps the books, and says what they say.
//!
//! Asked to book an order, it books everything that the order implies as it stands and that is not booked yet; what
//! exactly happened is only said for the record. So a task that comes twice, late or in another order makes no
//! difference. It looks at the sums every hour, checks every day that they balance, and forecasts from them; where
//! there is too little history it says so instead.

mod alerts;
mod book;
mod forecast;
mod numbers;
mod trial;

use agent::{Agent, AgentError, AgentFunction, Context, NewTask, Turn};
use async_trait::async_trait;
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Who keeps the books.
pub struct Analyst;

/// What the analyst can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// Something happened to an order.
    #[serde(rename = "book")]
    Book(book::Asked),
    /// A platform charged for a day that is over.
    #[serde(rename = "book.ad-spend")]
    AdSpend(book::Spent),
    /// Time to see whether something is out of the ordinary.
    #[serde(rename = "hourly")]
    Hourly(Option<Value>),
    /// Time to check the books and to look ahead.
    #[serde(rename = "daily")]
    Daily(Option<Value>),
}

/// Builds the analyst.
///
/// # Errors
/// Never: it needs no settings.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(AgentFunction::of(Analyst, env))
}

#[async_trait]
impl Agent for Analyst {
    const NAME: &'static str = "finance-analyst";

    const MAY_BOOK: bool = true;

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::Book(asked) => book::order(ctx, &asked).await,
            Input::AdSpend(spent) => book::ad_spend(&spent),
            Input::Hourly(_) => alerts::look(ctx).await,
            Input::Daily(_) => daily(ctx).await,
        }
    }
}

/// Whether the books balance, and what is to come.
async fn daily(ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let (trial, wrong) = trial::balance(ctx).await?;
    let (fact, forecast) = forecast::cashflow(ctx).await?;
    let tasks = wrong.map(|why| tell(&format!("books/{}", ctx.now.date()), &why)).transpose()?;
    let report = json!({ "trialBalance": trial, "cashflow": forecast });
    Ok(Turn { tasks: tasks.into_iter().collect(), facts: vec![fact], ..Turn::report(&report) })
}

/// Tells the CEO function, and by it the people who watch, once for each `key`.
fn tell(key: &str, finding: &str) -> Result<NewTask, AgentError> {
    let ceo = "ceo".parse().map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?;
    Ok(NewTask {
        agent: ceo,
        kind: "cluster.report".to_owned(),
        input: json!({ "cluster": "finance", "finding": finding }),
        key: Some(format!("finance/alert/{key}")),
        reply: false,
        journey: None,
    })
}

#[cfg(test)]
mod tests;
