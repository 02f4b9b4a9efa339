//! Journeys that hang.
//!
//! Messages are delivered until they are handled, so a step that nobody answers for hours is a fault: a
//! message in a dead-letter queue, a function that is cut off each time. An answer that is there but was
//! never taken in is taken in; a step that nobody began is asked for again; one whose agent is stopped waits.

use crate::{advance, give, settle};
use agent::{AgentError, Context, NewTask, Turn, turn::JourneyStep};
use async_trait::async_trait;
use domain::{
    ActionId, Record, TaskId,
    journey::{Journey, Stage},
    task::{Task, TaskStatus},
};
use serde::Serialize;
use serde_json::json;
use store::{Row, Store, StoreError, page::Cut};
use time::{Duration, OffsetDateTime};

/// How long a step may take, waiting in queues included. Not a business number: redelivery ends before.
const PATIENCE: Duration = Duration::hours(1);
/// Journeys mended in one run: each is up to four rows of the run's one transaction.
const MOST: usize = 10;
/// Journeys looked at in one run, for each stage: those of stopped agents stand in front of the others.
const LOOKED_AT: usize = 50;

/// Changes of one action that are followed to what it has become.
const CHANGES: usize = 10;

/// Journeys that wait, and what they wait for.
#[async_trait]
pub trait Waiting: Send + Sync {
    /// Journeys in `stage` that last changed before `until`, oldest first, at most `most`. A list: each is read
    /// again before anything is decided about it.
    async fn since(&self, stage: Stage, until: OffsetDateTime, most: usize) -> Result<Vec<Journey>, StoreError>;
    /// A task as it stands.
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError>;
    /// An action as it stands.
    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError>;
}

#[async_trait]
impl Waiting for Store {
    async fn since(&self, stage: Stage, until: OffsetDateTime, most: usize) -> Result<Vec<Journey>, StoreError> {
        let cut = Cut { until: Some(until), ..Cut::first(most) };
        let page = self.list::<Journey>(stage.name(), &cut).await?;
        Ok(page.items.into_iter().map(|row| row.value).collect())
    }

    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        Ok(self.get(&id.to_string()).await?.map(|row| row.value))
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.get(&id.to_string()).await?.map(|row| row.value))
    }
}

/// What was done about one journey.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Care {
    journey: String,
    product: String,
    stage: Stage,
    done: &'static str,
}

/// Mends what hangs, and tells the CEO function if anything did.
pub(crate) async fn sweep(ctx: &Context<'_>, waiting: &dyn Waiting) -> Result<Turn, AgentError> {
    let mut turn = Turn::default();
    let mut cared = Vec::new();
    for seen in hanging(waiting, ctx.now).await? {
        let row = ctx.reads.journey(seen.id).await?.filter(|row| row.value.updated == seen.updated);
        let Some(row) = row.filter(|_| cared.len() < MOST) else { continue };
        let done = mend(ctx, waiting, row, &mut turn).await?;
        let (journey, product) = (seen.id.to_string(), seen.candidate.product.to_string());
        cared.extend(done.map(|done| Care { journey, product, stage: seen.stage, done }));
    }
    if cared.is_empty() {
        return Ok(turn);
    }
    let report = json!({ "hanging": cared });
    turn.tasks.push(to_ceo(&report)?);
    Ok(Turn { report, ..turn })
}

/// Journeys that nothing happened to for too long, oldest first.
async fn hanging(waiting: &dyn Waiting, now: OffsetDateTime) -> Result<Vec<Journey>, AgentError> {
    let mut all = Vec::new();
    for stage in [Stage::Vetting, Stage::Pricing, Stage::Review, Stage::Publishing, Stage::Deciding] {
        all.extend(waiting.since(stage, now - PATIENCE, LOOKED_AT).await?);
    }
    all.sort_by_key(|journey| journey.updated);
    Ok(all)
}

/// Does what a journey needs, and says what that was; nothing for one whose agent is stopped.
async fn mend(
    ctx: &Context<'_>,
    waiting: &dyn Waiting,
    row: Row<Journey>,
    turn: &mut Turn,
) -> Result<Option<&'static str>, AgentError> {
    if row.value.stage == Stage::Deciding {
        return follow(ctx, waiting, row, turn).await;
    }
    let task = waiting.task(TaskId::of(&give::key(&row.value))).await?;
    match task {
        Some(task) if task.status == TaskStatus::Held => Ok(None),
        Some(task) if task.status != TaskStatus::Ready => {
            let moved = advance(row, &task, ctx)?;
            turn.tasks.extend(moved.tasks);
            turn.journeys.extend(moved.journeys);
            Ok(Some("the answer was taken in"))
        }
        _ => {
            ask_again(row, ctx.now, turn)?;
            Ok(Some("the step was asked for again"))
        }
    }
}

/// Takes in the end of an action whose message was lost. One that still waits, for a person or the shop, is no
/// fault.
async fn follow(
    ctx: &Context<'_>,
    waiting: &dyn Waiting,
    row: Row<Journey>,
    turn: &mut Turn,
) -> Result<Option<&'static str>, AgentError> {
    let Some(id) = row.value.action else { return Ok(None) };
    let Some(mut record) = waiting.action(id).await? else { return Ok(None) };
    for _ in 0..CHANGES {
        let Some(next) = record.superseded_by else { break };
        let Some(changed) = waiting.action(next).await? else { break };
        record = changed;
    }
    let step = settle::take_in(row, &record, ctx.now);
    let done = step.as_ref().map(|_| "the end of its action was taken in");
    turn.facts.extend(step.iter().flat_map(|step| settle::on_sale(&step.to)));
    turn.journeys.extend(step);
    Ok(done)
}

fn ask_again(row: Row<Journey>, now: OffsetDateTime, turn: &mut Turn) -> Result<(), AgentError> {
    let to = Journey { round: row.value.round + 1, updated: now, ..row.value.clone() };
    turn.tasks.extend(give::step_of(&to)?);
    let reasons = vec![format!("nobody answered since {}", row.value.updated)];
    turn.journeys.push(JourneyStep { from: Some(row), to, what: "asked again".to_owned(), reasons });
    Ok(())
}

fn to_ceo(report: &serde_json::Value) -> Result<NewTask, AgentError> {
    Ok(NewTask {
        agent: give::named("ceo")?,
        kind: "cluster.report".to_owned(),
        input: json!({ "cluster": "product", "report": report }),
        key: None,
        reply: false,
        journey: None,
    })
}
