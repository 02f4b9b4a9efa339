//! What the agents found.

use crate::{give, lead, parcels};
use agent::{AgentError, Context, Turn};
use domain::{
    ActionId, Money, Order,
    order::{Band, Checked, OrderStage, Parcel, ParcelState, Portion, Taxed},
    task::{Task, TaskStatus},
};
use serde::Deserialize;
use time::OffsetDateTime;

/// What fulfilment says of its choice.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    parcels: Vec<Choice>,
    #[serde(default)]
    left: Vec<Left>,
    /// The actions that it proposed, in the order of `parcels`, named by the pipeline.
    #[serde(default)]
    proposals: Vec<ActionId>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    supplier: String,
    portions: Vec<Portion>,
    cost: Money,
}

#[derive(Debug, Deserialize)]
struct Left {
    portion: Portion,
    reason: String,
}

/// What fulfilment says of an announcement.
#[derive(Debug, Deserialize)]
struct Announced {
    parcel: ActionId,
    #[serde(default)]
    proposals: Vec<ActionId>,
}

/// Puts a finding on its order.
pub(crate) async fn reported(ctx: &Context<'_>, task: &Task) -> Result<Turn, AgentError> {
    let Some(order) = task.input.get("order").and_then(serde_json::Value::as_str) else { return Ok(Turn::default()) };
    let Some(row) = ctx.reads.order(order).await? else { return Ok(Turn::default()) };
    let (to, what, reasons) = taken(row.value.clone(), task, ctx.now);
    lead::on(ctx, Some(row), to, (what, reasons))
}

type Taken = (Order, &'static str, Vec<String>);

/// The order with what a task came to.
pub(crate) fn taken(order: Order, task: &Task, now: OffsetDateTime) -> Taken {
    let done = task.status == TaskStatus::Done;
    match task.kind.as_str() {
        "score" => scored(order, task, now),
        "vat" if done => match Taxed::deserialize(&task.report) {
            Ok(taxed) => (Order { taxed: Some(taxed), ..order }, "taxed", Vec::new()),
            Err(_) => (order, "not taxed", Vec::new()),
        },
        "fulfill" => match Chosen::deserialize(&task.report) {
            Ok(chosen) if done => chose(order, chosen, now),
            _ => stuck(order, &format!("no supplier was chosen: {}", error(task))),
        },
        "ship" if done => match Announced::deserialize(&task.report) {
            Ok(told) => announced(order, &told),
            Err(_) => (order, "not announced", Vec::new()),
        },
        _ => (order, "seen", Vec::new()),
    }
}

fn error(task: &Task) -> String {
    task.error.clone().unwrap_or_else(|| "there was no usable answer".to_owned())
}

/// What fraud found. A band that was high stays so until a person lets the order go, and what could not be looked at
/// at all is as good as high.
fn scored(order: Order, task: &Task, now: OffsetDateTime) -> Taken {
    let found = (task.status == TaskStatus::Done).then(|| Checked::deserialize(&task.report).ok()).flatten();
    let found = found.unwrap_or_else(|| Checked {
        score: 0,
        band: Band::High,
        evidence: Vec::new(),
        missing: vec![format!("the score ({})", error(task))],
        checks_passed: None,
        released: false,
        at: now,
    });
    let before = order.checked.as_ref();
    if before.is_some_and(|before| before.at >= found.at) {
        return (order, "seen", Vec::new());
    }
    let was = before.map(|before| before.band).filter(|band| *band >= Band::High);
    let worse = before.is_some_and(|before| found.band > before.band);
    let released = before.is_some_and(|before| before.released) && !worse;
    let checked = Checked { band: was.unwrap_or(found.band).max(found.band), released, ..found };
    let why = vec![format!("{} points: {}", checked.score, checked.band)];
    (Order { checked: Some(checked), ..order }, "checked", why)
}

fn chose(order: Order, chosen: Chosen, now: OffsetDateTime) -> Taken {
    let why: Vec<String> = chosen.parcels.iter().map(|choice| choice.supplier.clone()).collect();
    let asked = chosen.parcels.into_iter().zip(chosen.proposals).map(|(choice, action)| Parcel {
        action,
        supplier: choice.supplier,
        portions: choice.portions,
        cost: choice.cost,
        state: ParcelState::Asked,
        remote: None,
        tracking: None,
        announced: None,
        reason: None,
        updated: now,
    });
    let order = asked.fold(order, parcels::with_parcel);
    match chosen.left.first() {
        Some(_) => {
            let told = chosen
                .left
                .iter()
                .map(|left| format!("{} × {}: {}", left.portion.quantity, left.portion.sku, left.reason));
            stuck(order, &told.collect::<Vec<_>>().join("; "))
        }
        None => (order, "suppliers chosen", why),
    }
}

fn stuck(order: Order, why: &str) -> Taken {
    let reason = Some(why.to_owned());
    match order.stage {
        OrderStage::Ordering | OrderStage::Stuck => {
            (Order { stage: OrderStage::Stuck, reason, ..order }, "stuck", vec![why.to_owned()])
        }
        _ => (order, "seen", Vec::new()),
    }
}

fn announced(mut order: Order, told: &Announced) -> Taken {
    let Some(action) = told.proposals.first() else { return (order, "seen", Vec::new()) };
    for parcel in order.parcels.iter_mut().filter(|parcel| parcel.action == told.parcel) {
        parcel.announced = Some(*action);
    }
    (order, "announced", Vec::new())
}

/// Asks for the tax of an order once more: a person has said what nobody else could.
pub(crate) async fn tax_decided(ctx: &Context<'_>, id: &str) -> Result<Turn, AgentError> {
    let Some(row) = ctx.reads.order(id).await? else { return Ok(Turn::default()) };
    let again = format!("/decided/{}", ctx.now.unix_timestamp());
    Ok(Turn { tasks: vec![give::vat(&row.value, &again)?], ..Turn::default() })
}
