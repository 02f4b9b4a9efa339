//! Orders that hang, and orders that nobody told of.
//!
//! A step that nobody answers for an hour is a fault, or waits for somebody. An answer that is there and was never
//! taken in is taken in; what is still due is asked for again, which asks nothing twice; an order that no supplier
//! could send is tried again, since stock comes back; one that waits for its checks is looked at again.

use crate::{Manager, give, lead, passed, reconcile, report, settle};
use agent::{AgentError, Context, NewTask, Turn};
use domain::{
    Order, TaskId,
    order::{Band, OrderStage, ParcelState},
    task::TaskStatus,
};
use serde_json::{Value, json};
use store::Row;
use time::Duration;

/// How long a step may take, waiting in queues included. Not a business number: redelivery ends before.
pub(crate) const PATIENCE: Duration = Duration::hours(1);
/// Orders mended in one run: each is a few rows of the run's one transaction.
const MOST: usize = 5;
/// Orders looked at in one run, for each stage: those that wait for people stand in front of the others.
const LOOKED_AT: usize = 50;
/// Stages in which something is to happen.
const MOVING: [OrderStage; 4] = [OrderStage::Received, OrderStage::Held, OrderStage::Ordering, OrderStage::Stuck];

/// What one run mends, as far as there is room in its one transaction.
pub(crate) struct Care {
    turn: Turn,
    mended: Vec<Value>,
    most: usize,
}

impl Care {
    pub(crate) fn has_room(&self) -> bool {
        self.mended.len() < self.most
    }

    /// Mends one order, where something can be done about it.
    pub(crate) async fn of(&mut self, manager: &Manager, ctx: &Context<'_>, row: Row<Order>) -> Result<(), AgentError> {
        let seen = json!({ "order": row.value.id(), "stage": row.value.stage });
        let mended = mend(manager, ctx, row).await?;
        let done = !mended.orders.is_empty() || !mended.tasks.is_empty();
        self.turn.orders.extend(mended.orders);
        self.turn.tasks.extend(mended.tasks);
        self.turn.facts.extend(mended.facts);
        self.turn.proposals.extend(mended.proposals);
        self.mended.extend(done.then_some(seen));
        Ok(())
    }
}

pub(crate) async fn sweep(manager: &Manager, ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let turn = reconcile::reconcile(manager, ctx).await?;
    let found = turn.news.len();
    // What was found takes the room of the run's transaction: then one order is mended.
    let mut care = Care { turn, mended: Vec::new(), most: if found > 0 { 1 } else { MOST } };
    for seen in hanging(manager, ctx).await? {
        if !care.has_room() {
            break;
        }
        let row = ctx.reads.order(seen.id()).await?.filter(|row| row.value.updated == seen.updated);
        let Some(row) = row else { continue };
        care.of(manager, ctx, row).await?;
    }
    let read_to = passed::look(manager, ctx, &mut care).await?;
    let Care { mut turn, mended, .. } = care;
    turn.facts.extend(read_to);
    if found > 0 || !turn.orders.is_empty() {
        turn.report = json!({ "reconciled": found, "hanging": mended });
        turn.tasks.push(to_ceo(&turn.report)?);
    }
    Ok(turn)
}

/// Orders that nothing happened to for too long, oldest first.
async fn hanging(manager: &Manager, ctx: &Context<'_>) -> Result<Vec<Order>, AgentError> {
    let mut all = Vec::new();
    for stage in MOVING {
        all.extend(manager.orders.since(stage, ctx.now - PATIENCE, LOOKED_AT).await?);
    }
    all.sort_by_key(|order| order.updated);
    Ok(all)
}

async fn mend(manager: &Manager, ctx: &Context<'_>, row: Row<Order>) -> Result<Turn, AgentError> {
    let mut to = row.value.clone();
    for task in lead_tasks(&to, ctx)? {
        let Some(key) = &task.key else { continue };
        if let Some(task) = manager.orders.task(TaskId::of(key)).await?
            && matches!(task.status, TaskStatus::Done | TaskStatus::Failed)
        {
            to = report::taken(to, &task, ctx.now).0;
        }
    }
    let asked: Vec<_> =
        to.parcels.iter().filter(|parcel| parcel.state == ParcelState::Asked).map(|p| p.action).collect();
    for id in asked {
        if let Some(record) = manager.orders.action(id).await?
            && let Some((ended, ..)) = settle::ended(to.clone(), &record, ctx.now)
        {
            to = ended;
        }
    }
    let again = again(&to, ctx)?;
    let mut turn = lead::on(ctx, Some(row), to, ("mended", vec!["nothing happened for an hour".to_owned()]))?;
    turn.tasks.extend(again);
    turn.tasks = not_given(manager, turn.tasks).await?;
    Ok(turn)
}

/// Those that were not given before. An order for which there are none waits for somebody: it takes nobody's place.
async fn not_given(manager: &Manager, tasks: Vec<NewTask>) -> Result<Vec<NewTask>, AgentError> {
    let mut fresh = Vec::new();
    for task in tasks {
        let given = match &task.key {
            Some(key) => manager.orders.task(TaskId::of(key)).await?.is_some(),
            None => false,
        };
        fresh.extend((!given).then_some(task));
    }
    Ok(fresh)
}

/// The tasks whose answers the order may wait for.
fn lead_tasks(order: &Order, ctx: &Context<'_>) -> Result<Vec<NewTask>, AgentError> {
    let row = Row { value: order.clone(), seq: 0, head: domain::Digest::of_bytes(b"") };
    Ok(lead::on(ctx, Some(row), order.clone(), ("looked at", Vec::new()))?.tasks)
}

/// What is worth another try every hour: a supplier for an order that nobody sends, the checks of one that waits.
fn again(order: &Order, ctx: &Context<'_>) -> Result<Option<NewTask>, AgentError> {
    let hour = ctx.now.unix_timestamp() / 3600;
    let waits = order.checked.as_ref().is_some_and(|checked| checked.band == Band::Medium && lead::holds(checked));
    match order.stage {
        OrderStage::Stuck if !order.open().is_empty() && order.shop.cancelled.is_none() => {
            give::fulfill(order, &format!("/{hour}")).map(Some)
        }
        OrderStage::Held if waits => give::score(order, &format!("hour/{hour}")).map(Some),
        _ => Ok(None),
    }
}

fn to_ceo(report: &Value) -> Result<NewTask, AgentError> {
    Ok(NewTask {
        agent: give::named("ceo")?,
        kind: "cluster.report".to_owned(),
        input: json!({ "cluster": "finance", "report": report }),
        key: None,
        reply: false,
        journey: None,
    })
}
