//! What an order as it is now comes to: its stage, and what is still to be done.
//!
//! Nothing here knows what happened last. That is what makes it safe to come to the same order twice, in any order of
//! events: a task that was given before has the same key and is not given again.

use crate::{give, propose};
use agent::{AgentError, Context, NewTask, Turn, turn::OrderStep};
use domain::{
    Order,
    order::{Band, Checked, OrderStage, ParcelState, Payment},
};
use serde::Deserialize;
use store::{Row, fact::Fact};
use time::OffsetDateTime;

/// What policy says of suppliers.
#[derive(Debug, Deserialize)]
struct Limits {
    up_to_tries: usize,
}

/// What happened, and why.
pub(crate) type Because<'a> = (&'a str, Vec<String>);

/// The turn that takes an order from what it was to `to` and onward; nothing where nothing changed and nothing is to
/// be done.
pub(crate) fn on(
    ctx: &Context<'_>,
    from: Option<Row<Order>>,
    to: Order,
    (what, reasons): Because<'_>,
) -> Result<Turn, AgentError> {
    let limits: Limits = ctx.policy.thresholds("fulfillment").map_err(|error| AgentError::Retry(error.to_string()))?;
    let to = staged(to, limits.up_to_tries);
    let mut turn = Turn { tasks: due(&to)?, ..Turn::default() };
    let before = from.as_ref().map(|row| &row.value);
    if before.is_some_and(|before| *before == to) {
        return Ok(turn);
    }
    let was = before.map(|before| before.stage);
    if to.stage == OrderStage::Stuck && was != Some(OrderStage::Stuck) {
        turn.proposals.push(propose::cancel(&to));
    }
    if propose::may_go_on(&to) && !before.is_some_and(propose::may_go_on) {
        turn.proposals.push(propose::release(&to));
    }
    if before.is_none_or(|before| held(before) != held(&to)) {
        turn.facts.push(told(&to, ctx.now));
    }
    let to = Order { updated: ctx.now, ..to };
    turn.orders = vec![OrderStep { from, to, what: what.to_owned(), reasons }];
    Ok(turn)
}

/// What decisions about the order rest on: whether it is held.
fn told(order: &Order, at: OffsetDateTime) -> Fact {
    let held = if held(order) { "yes" } else { "no" };
    let fields = [("held".to_owned(), held.to_owned())].into();
    Fact { source: format!("finance:order/{}", order.id()), fields, at }
}

/// Whether nothing of the order may be bought or sent.
pub(crate) fn held(order: &Order) -> bool {
    matches!(order.stage, OrderStage::Held | OrderStage::Cancelled)
}

/// Whether what fraud found keeps an order back until a person lets it go, or the checks pass.
pub(crate) fn holds(checked: &Checked) -> bool {
    match checked.band {
        Band::Low => false,
        Band::Medium => checked.checks_passed != Some(true) && !checked.released,
        Band::High => !checked.released,
        Band::Blocked => true,
    }
}

/// The order in the stage that it is in.
fn staged(order: Order, most_tries: usize) -> Order {
    let stage = stage(&order, most_tries);
    let reason = match stage {
        OrderStage::Held | OrderStage::Stuck | OrderStage::Cancelled => order.reason.clone().or_else(|| why(&order)),
        _ => None,
    };
    Order { stage, reason, ..order }
}

fn stage(order: &Order, most_tries: usize) -> OrderStage {
    let open = !order.open().is_empty();
    let worst = order.live().map(|parcel| parcel.state).min();
    if order.shop.cancelled.is_some() || order.stage == OrderStage::Cancelled {
        return OrderStage::Cancelled;
    }
    if !open && let Some(worst) = worst.filter(|worst| *worst != ParcelState::Asked) {
        return match worst {
            ParcelState::Shipped => OrderStage::Shipped,
            ParcelState::Delivered => OrderStage::Delivered,
            _ => OrderStage::Ordered,
        };
    }
    if order.stage == OrderStage::Held || order.checked.as_ref().is_some_and(holds) {
        return OrderStage::Held;
    }
    if !payable(order) {
        return OrderStage::Received;
    }
    match (open, worst) {
        (true, _) if order.stage == OrderStage::Stuck || exhausted(order, most_tries) => OrderStage::Stuck,
        (false, None) => OrderStage::Delivered,
        _ => OrderStage::Ordering,
    }
}

/// Whether a line that is with nobody has been refused as often as it is tried.
fn exhausted(order: &Order, most_tries: usize) -> bool {
    let tried = order.tried();
    order.open().iter().any(|portion| tried.get(&portion.line).is_some_and(|by| by.len() >= most_tries))
}

/// Whether the order may be bought for: paid for, looked at, and no trial.
fn payable(order: &Order) -> bool {
    let paid = order.shop.payment.is_taken() && order.shop.payment != Payment::Refunded;
    paid && order.checked.is_some() && !order.shop.test
}

fn why(order: &Order) -> Option<String> {
    let checked = order.checked.as_ref().filter(|checked| holds(checked));
    let fraud = checked.map(|checked| {
        let found: Vec<&str> = checked.evidence.iter().map(|evidence| evidence.code.as_str()).collect();
        let missing = checked.missing.iter().map(|name| format!("{name} is not known"));
        let told: Vec<String> = found.into_iter().map(str::to_owned).chain(missing).collect();
        format!("the fraud score of {} is {}: {}", checked.score, checked.band, told.join(", "))
    });
    let failed = || order.parcels.iter().rev().find_map(|parcel| parcel.reason.clone());
    fraud.or_else(failed)
}

/// Everything that is to be done for the order as it is.
fn due(order: &Order) -> Result<Vec<NewTask>, AgentError> {
    let mut tasks = Vec::new();
    if order.checked.is_none() && order.stage != OrderStage::Cancelled {
        tasks.push(give::score(order, "0")?);
    }
    if order.taxed.is_none() && !order.shop.test {
        tasks.push(give::vat(order, "")?);
    }
    if order.stage == OrderStage::Ordering && !order.open().is_empty() {
        tasks.push(give::fulfill(order, "")?);
    }
    if !held(order) {
        let moving = |state| matches!(state, ParcelState::Shipped | ParcelState::Delivered);
        let untold = order.parcels.iter().filter(|parcel| moving(parcel.state) && parcel.announced.is_none());
        tasks.extend(untold.map(|parcel| give::ship(order, parcel)).collect::<Result<Vec<_>, _>>()?);
    }
    tasks.extend(bookings(order)?);
    Ok(tasks)
}

/// What has to be in the books for the order as it is.
fn bookings(order: &Order) -> Result<Vec<NewTask>, AgentError> {
    if order.shop.test {
        return Ok(Vec::new());
    }
    let mut tasks = Vec::new();
    if order.shop.payment.is_taken() && order.taxed.is_some() {
        tasks.push(give::book(order, "sale", order.id())?);
        tasks.push(give::book(order, "fee", order.id())?);
        for refund in &order.refunds {
            tasks.push(give::book(order, "refund", &refund.id)?);
        }
    }
    for parcel in &order.parcels {
        if matches!(parcel.state, ParcelState::Placed | ParcelState::Shipped | ParcelState::Delivered) {
            tasks.push(give::book(order, "cost", &parcel.action.to_string())?);
        }
        // What a supplier had confirmed and does not send is owed no more.
        if parcel.state == ParcelState::Failed && parcel.remote.is_some() {
            tasks.push(give::book(order, "cost-back", &parcel.action.to_string())?);
        }
    }
    Ok(tasks)
}
