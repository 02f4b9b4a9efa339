//! What became of the actions of an order's journey.

use crate::{lead, parcels, ports::Orders, report};
use agent::{AgentError, Context, Turn};
use domain::{
    Action, Order, Record, Status,
    action::OrderFulfill,
    news::ParcelNews,
    order::{OrderStage, Parcel, ParcelState},
};
use time::OffsetDateTime;

/// Puts the end of an action on its order.
pub(crate) async fn settled(ctx: &Context<'_>, record: &Record, orders: &dyn Orders) -> Result<Turn, AgentError> {
    let Some(id) = order_of(&record.proposal.action) else { return Ok(Turn::default()) };
    let Some(row) = ctx.reads.order(id).await? else { return Ok(Turn::default()) };
    let mut to = row.value.clone();
    // The report that names an action may still be under way when the action is settled.
    let known = to.parcels.iter().any(|parcel| parcel.action == record.proposal.id);
    if !known
        && let Some(task) = record.proposal.task
        && let Some(task) = orders.task(task).await?
        && task.kind == "fulfill"
    {
        to = report::taken(to, &task, ctx.now).0;
    }
    let Some((to, what, why)) = ended(to, record, ctx.now) else { return Ok(Turn::default()) };
    lead::on(ctx, Some(row), to, (what, why))
}

fn order_of(action: &Action) -> Option<&str> {
    match action {
        Action::OrderFulfill(action) => Some(&action.order),
        Action::OrderShip(action) => Some(&action.order),
        Action::OrderHold(action) => Some(&action.order),
        Action::OrderRelease(action) => Some(&action.order),
        Action::OrderCancel(action) => Some(&action.order),
        _ => None,
    }
}

/// The order after an action of its journey ended, where that means anything for it.
pub(crate) fn ended(order: Order, record: &Record, now: OffsetDateTime) -> Option<(Order, &'static str, Vec<String>)> {
    let executed = record.status == Status::Executed;
    let why = vec![reason(record)];
    match &record.proposal.action {
        Action::OrderFulfill(fulfill) => placed(order, record, fulfill, now).map(|order| {
            let what = if executed { "placed" } else { "not placed" };
            (order, what, why)
        }),
        Action::OrderHold(_) if executed => Some((hold(order, record), "held", why)),
        Action::OrderHold(_) if record.status == Status::Undone => Some((released(order), "released", why)),
        Action::OrderRelease(_) if executed => Some((released(order), "released", why)),
        Action::OrderRelease(_) if record.status == Status::Undone => Some((hold(order, record), "held", why)),
        Action::OrderShip(_) if !executed && record.status.settled() => {
            Some((unannounced(order, record), "not announced", why))
        }
        _ => None,
    }
}

fn hold(order: Order, record: &Record) -> Order {
    let reason = order.reason.clone().or_else(|| match &record.proposal.action {
        Action::OrderHold(hold) => Some(hold.reason.clone()),
        _ => Some("it was held again".to_owned()),
    });
    Order { stage: OrderStage::Held, reason, ..order }
}

/// The order, let go: what fraud found does not hold it any more.
fn released(order: Order) -> Order {
    let stage = if order.stage == OrderStage::Held { OrderStage::Received } else { order.stage };
    let mut order = Order { stage, reason: None, ..order };
    if let Some(checked) = &mut order.checked {
        checked.released = true;
    }
    order
}

/// Nobody was told: that is tried again by a person, or not at all; the parcel is on its way all the same.
fn unannounced(order: Order, record: &Record) -> Order {
    Order { reason: Some(format!("the shop was not told of a parcel: {}", reason(record))), ..order }
}

/// The order with the parcel as its supplier has it now.
fn placed(order: Order, record: &Record, fulfill: &OrderFulfill, now: OffsetDateTime) -> Option<Order> {
    let state = match record.status {
        Status::Executed => ParcelState::Placed,
        // It was sent to nobody, and a person may order it by hand: nobody else is asked until they say what came of it.
        Status::Simulated => ParcelState::Asked,
        // A changed proposal lives on in the other one.
        Status::Superseded if !record.is_withdrawn() => return None,
        status if status.settled() => ParcelState::Failed,
        _ => return None,
    };
    let id = record.proposal.id;
    let order = parcels::with_parcel(order, asked(record, fulfill, now));
    let remote = record.outcome.as_ref().and_then(|outcome| outcome.remote_id.clone());
    let failed = (state == ParcelState::Failed).then(|| reason(record));
    let news = ParcelNews {
        supplier: fulfill.supplier.clone(),
        number: id.to_string(),
        state: Some(state),
        remote,
        tracking: None,
        reason: failed.clone(),
    };
    let mut order = parcels::moved(order, id, state, &news, now);
    for parcel in order.parcels.iter_mut().filter(|parcel| parcel.action == id && state == ParcelState::Asked) {
        parcel.reason = Some(reason(record));
    }
    // Whoever said no to it is not asked about another supplier.
    let no = failed.is_some() && record.status != Status::Failed;
    let stops = no && matches!(order.stage, OrderStage::Ordering | OrderStage::Received);
    Some(if stops { Order { stage: OrderStage::Stuck, reason: failed, ..order } } else { order })
}

fn asked(record: &Record, fulfill: &OrderFulfill, now: OffsetDateTime) -> Parcel {
    Parcel {
        action: record.proposal.id,
        supplier: fulfill.supplier.clone(),
        portions: fulfill.portions.clone(),
        cost: fulfill.cost,
        state: ParcelState::Asked,
        remote: None,
        tracking: None,
        announced: None,
        reason: None,
        updated: now,
    }
}

/// Why an action ended as it did, in the words of whoever ended it.
fn reason(record: &Record) -> String {
    let reasons = || record.decision.reasons.iter().map(|reason| reason.en.as_str()).collect::<Vec<_>>().join(" ");
    let detail = record.outcome.as_ref().map(|outcome| outcome.detail.clone());
    record.note.clone().or(detail).unwrap_or_else(reasons)
}
