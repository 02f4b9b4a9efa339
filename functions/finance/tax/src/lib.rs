//! Tax: what VAT an order has, and what of it is declared where.
//!
//! A rate is never assumed: it is the one of the country and the moment of the sale, out of a kept table with its
//! history. A business in another country of the Union is sold to without tax only where the register of VAT numbers
//! says that it is one; while the register cannot say, nobody decides that but a person. So is everything else that
//! is not known.

mod case;
mod rates;
mod report;
mod territory;
mod treatment;

pub use rates::Rates;

use agent::{Agent, AgentError, AgentFunction, Context, NewTask, Turn};
use async_trait::async_trait;
use domain::{Order, order::Taxed};
use runtime::{Env, Function, Problems};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use store::fact::Fact;
use treatment::{Buyer, Unknown};
use vies::{Answer, VatNumber, Vies};

/// What the names of agents begin with, and who gives work by the clock.
const CLUSTERS: [&str; 7] = ["ceo", "product", "marketing", "customer", "finance", "insight", "schedule"];

/// Who knows whether a VAT number belongs to a business.
#[async_trait]
pub trait Register: Send + Sync {
    /// What it says of a number.
    async fn check(&self, number: &VatNumber) -> Answer;
}

#[async_trait]
impl Register for Vies {
    async fn check(&self, number: &VatNumber) -> Answer {
        Vies::check(self, number).await
    }
}

/// Who finds taxes.
pub struct Tax {
    register: Arc<dyn Register>,
    rates: Rates,
    seat: Option<String>,
}

/// What tax can be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "input")]
pub enum Input {
    /// The VAT of an order.
    #[serde(rename = "vat")]
    Vat(Asked),
    /// What a person decided about an order that nobody else could.
    #[serde(rename = "decide")]
    Decide(Box<Decided>),
    /// Time to draw up what was charged at home last month.
    #[serde(rename = "monthly")]
    Monthly(Option<serde_json::Value>),
    /// Time to draw up what was charged in the rest of the Union last quarter.
    #[serde(rename = "quarterly")]
    Quarterly(Option<serde_json::Value>),
}

/// An order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    order: String,
}

/// A person's word on how an order is taxed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    order: String,
    taxed: Taxed,
}

/// Builds tax.
///
/// # Errors
/// When the kept table of rates cannot be read.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let rates = Rates::kept().map_err(|error| Problems::one(format!("the table of VAT rates: {error}")))?;
    Ok(AgentFunction::of(Tax::new(Arc::new(Vies::new(env)), rates, env.config().finance.seat.clone()), env))
}

impl Tax {
    /// Tax with this register and these rates, of a business that is established in `seat`.
    #[must_use]
    pub fn new(register: Arc<dyn Register>, rates: Rates, seat: Option<String>) -> Self {
        Self { register, rates, seat }
    }

    async fn vat(&self, ctx: &Context<'_>, id: &str) -> Result<Turn, AgentError> {
        let row = ctx.reads.order(id).await?;
        let order = row.ok_or_else(|| AgentError::Retry(format!("order `{id}` is not there yet")))?.value;
        if let Some(taxed) = decided(ctx, id).await? {
            return Ok(Turn::report(&taxed));
        }
        match self.taxed(ctx, &order).await? {
            Ok(taxed) => Ok(Turn::report(&taxed)),
            Err(unknown) => left_to_people(&order, &unknown),
        }
    }

    async fn taxed(&self, ctx: &Context<'_>, order: &Order) -> Result<Result<Taxed, Unknown>, AgentError> {
        let contact = ctx.reads.contact(&order.shop.customer, order.id()).await?;
        let Some(seat) = self.seat.as_deref() else {
            return Ok(Err(Unknown("the country that we are established in (`ROYAL_SEAT`)".to_owned())));
        };
        let place = match territory::place(order, contact.as_ref()) {
            Ok(place) => place,
            Err(unknown) => return Ok(Err(unknown)),
        };
        let number = contact.as_ref().and_then(|contact| contact.vat_number.as_deref());
        let buyer = match number.filter(|_| self.rates.knows(&place) && place != seat) {
            Some(number) => self.buyer(number).await,
            None => Buyer::Consumer,
        };
        Ok(treatment::taxed(order, (seat, &place), &buyer, &self.rates))
    }

    /// Who buys under this VAT number.
    async fn buyer(&self, number: &str) -> Buyer {
        let Ok(number) = number.parse::<VatNumber>() else { return Buyer::Consumer };
        match self.register.check(&number).await {
            Answer::Valid { identifier: Some(identifier) } => Buyer::Business { identifier },
            Answer::Valid { identifier: None } => {
                Buyer::Unsure("proof of the VAT number: `ROYAL_VAT_NUMBER` is not set".to_owned())
            }
            Answer::Invalid => Buyer::Consumer,
            Answer::Unknown(why) => Buyer::Unsure(why),
        }
    }
}

#[async_trait]
impl Agent for Tax {
    const NAME: &'static str = "finance-tax";

    type Input = Input;

    async fn handle(&self, ctx: &Context<'_>, input: Input) -> Result<Turn, AgentError> {
        match input {
            Input::Vat(asked) => self.vat(ctx, &asked.order).await,
            Input::Decide(decided) => decide(ctx, &decided),
            Input::Monthly(_) => report::monthly(ctx).await,
            Input::Quarterly(_) => report::quarterly(ctx).await,
        }
    }
}

fn source(order: &str) -> String {
    format!("tax:order/{order}")
}

/// What a person decided about this order before.
async fn decided(ctx: &Context<'_>, order: &str) -> Result<Option<Taxed>, AgentError> {
    let fact = ctx.reads.fact(&source(order)).await?;
    let taxed = fact.and_then(|fact| serde_json::from_str(fact.fields.get("taxed")?).ok());
    Ok(taxed)
}

/// Keeps a person's word. Only work that a person gave counts as one: an agent's task names the agent.
fn decide(ctx: &Context<'_>, decided: &Decided) -> Result<Turn, AgentError> {
    let by = ctx.task.map(|task| task.by.clone()).unwrap_or_default();
    if by.is_empty() || is_agent(&by) {
        return Err(AgentError::Reject(format!(
            "how order `{}` is taxed is a person's word, not `{by}`'s",
            decided.order
        )));
    }
    let mut taxed = decided.taxed.clone();
    taxed.evidence.push(format!("person:{by}"));
    let json = serde_json::to_string(&taxed).map_err(|error| AgentError::Reject(error.to_string()))?;
    let fact = Fact { source: source(&decided.order), fields: [("taxed".to_owned(), json)].into(), at: ctx.now };
    let tasks = vec![told(&decided.order)?];
    Ok(Turn { facts: vec![fact], tasks, ..Turn::report(&taxed) })
}

/// Has the order looked at again, now that a person said how it is taxed.
fn told(order: &str) -> Result<NewTask, AgentError> {
    let agent = "finance-manager".parse();
    Ok(NewTask {
        agent: agent.map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?,
        kind: "tax.decided".to_owned(),
        input: json!({ "order": order }),
        key: None,
        reply: false,
        journey: Some(Order::journey_of(order)),
    })
}

/// Whether work was given by an agent or a schedule: people's accounts begin with no cluster.
fn is_agent(by: &str) -> bool {
    let first = by.split(['-', '/']).next().unwrap_or_default();
    CLUSTERS.contains(&first)
}

/// An order whose VAT nobody here can know.
fn left_to_people(order: &Order, unknown: &Unknown) -> Result<Turn, AgentError> {
    let told = format!("how order {} is taxed is for a person to decide: unknown is {}", order.shop.name, unknown.0);
    let task = NewTask {
        agent: "ceo".parse().map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?,
        kind: "cluster.report".to_owned(),
        input: json!({ "cluster": "finance", "finding": told, "order": order.id() }),
        key: Some(format!("tax/{}/unknown", order.id())),
        reply: false,
        journey: Some(order.journey()),
    };
    Ok(Turn {
        tasks: vec![task],
        ..Turn::report(&json!({ "order": order.id(), "missing": [unknown.0], "person": true }))
    })
}

#[cfg(test)]
mod tests;
