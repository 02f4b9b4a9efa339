//! Where parcels are. What a supplier says anew goes to the manager, once: the task's key is what it says.

use crate::{
    Fulfillment, One,
    track::{self, Carried},
};
use agent::{AgentError, Context, NewTask, Turn};
use domain::{
    Order,
    news::ParcelNews,
    order::{OrderStage, Parcel, ParcelState},
};
use serde::Deserialize;
use serde_json::json;
use supply::{Error, Placed, State};
use time::Duration;

/// Orders looked at in one run, for each stage.
const LOOKED_AT: usize = 100;
/// Tasks given in one run: they are one transaction.
const MOST: usize = 40;

/// What policy says of parcels.
#[derive(Debug, Deserialize)]
struct Limits {
    late_over_days: i64,
}

/// Asks about one parcel.
pub(crate) async fn ask(agent: &Fulfillment, ctx: &Context<'_>, one: &One) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&one.order).await?;
    let parcel = row.and_then(|row| row.value.parcels.into_iter().find(|parcel| parcel.action == one.parcel));
    let Some(parcel) = parcel else { return Ok(Turn::default()) };
    let placed = agent.desk.find(&parcel.supplier, parcel.action).await;
    let placed = placed.map_err(|error| AgentError::Retry(error.to_string()))?;
    let tasks = placed.and_then(|placed| news(&parcel, &placed)).map(|news| task(&news)).transpose()?;
    Ok(Turn { tasks: tasks.into_iter().collect(), ..Turn::default() })
}

/// Asks about all parcels that are under way.
pub(crate) async fn follow(agent: &Fulfillment, ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let limits: Limits = ctx.policy.thresholds("fulfillment").map_err(|error| AgentError::Retry(error.to_string()))?;
    let (mut tasks, mut late, mut silent) = (Vec::<NewTask>::new(), Vec::new(), 0_usize);
    for stage in [OrderStage::Ordering, OrderStage::Ordered, OrderStage::Shipped, OrderStage::Stuck] {
        for order in agent.parcels.in_stage(stage, LOOKED_AT).await? {
            let under_way = |parcel: &&Parcel| matches!(parcel.state, ParcelState::Placed | ParcelState::Shipped);
            for parcel in order.parcels.iter().filter(under_way) {
                if ctx.now - order.shop.placed > Duration::days(limits.late_over_days) {
                    late.push(told_late(&order, parcel));
                }
                match agent.desk.find(&parcel.supplier, parcel.action).await {
                    Ok(Some(placed)) => tasks.extend(news(parcel, &placed).map(|news| task(&news)).transpose()?),
                    // Ordered by hand, or with a supplier that nobody here may ask.
                    Ok(None) | Err(Error::NoCredential(_)) => tasks.extend(by_carrier(agent, &order, parcel).await?),
                    Err(_) => silent += 1,
                }
            }
        }
    }
    tasks.truncate(MOST);
    if tasks.is_empty() && late.is_empty() && silent == 0 {
        return Ok(Turn::default());
    }
    let report = json!({ "news": tasks.len(), "late": late, "unanswered": silent });
    Ok(Turn { tasks, ..Turn::report(&report) })
}

/// What is to be done for a parcel of which its supplier says nothing.
async fn by_carrier(agent: &Fulfillment, order: &Order, parcel: &Parcel) -> Result<Option<NewTask>, AgentError> {
    match track::carried(agent.desk.as_ref(), order, parcel).await? {
        Some(Carried::News(news)) => task(&news).map(Some),
        Some(Carried::Unasked(task)) => Ok(Some(task)),
        None => Ok(None),
    }
}

fn told_late(order: &Order, parcel: &Parcel) -> serde_json::Value {
    json!({ "order": order.id(), "name": order.shop.name, "supplier": parcel.supplier, "parcel": parcel.action })
}

/// What a supplier says that is not on the order yet.
pub(crate) fn news(parcel: &Parcel, placed: &Placed) -> Option<ParcelNews> {
    let state = match placed.state {
        State::Draft => return None,
        State::Confirmed => ParcelState::Placed,
        State::Shipped => ParcelState::Shipped,
        State::Delivered => ParcelState::Delivered,
        State::Failed => ParcelState::Failed,
    };
    let followed = placed.tracking.is_some() && placed.tracking != parcel.tracking;
    (state > parcel.state || followed).then(|| ParcelNews {
        supplier: parcel.supplier.clone(),
        number: parcel.action.to_string(),
        state: Some(state),
        remote: Some(placed.remote.clone()),
        tracking: placed.tracking.clone(),
        reason: placed.reason.clone(),
    })
}

fn task(news: &ParcelNews) -> Result<NewTask, AgentError> {
    let agent = "finance-manager".parse();
    let number = news.tracking.as_ref().map(|tracking| tracking.number.as_str()).unwrap_or_default();
    Ok(NewTask {
        agent: agent.map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?,
        kind: "parcels".to_owned(),
        input: json!([news]),
        key: Some(format!("parcel/{}/{:?}/{number}", news.number, news.state)),
        reply: false,
        journey: None,
    })
}
