//! Running what is due.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::spec::Target;
use super::store::{Schedule, earliest, remember};
use crate::db::Tx;
use crate::env::{Core, arn_resource};
use crate::events::{Event, publish};
use crate::http::ApiError;
use crate::signals::Topic;
use crate::sqs::{Outgoing, Queue, enqueue};
use crate::tasks::Stop;

/// Runs schedules until asked to stop. Sleeps until the next one is due or one is written.
pub(crate) async fn run(core: Arc<Core>, stop: Stop) {
    let mut changed = core.env.signals.subscribe(Topic::Schedules);
    loop {
        changed.borrow_and_update();
        let next = core.db.run(run_due).await;
        let wait = async {
            match next {
                Ok(Some(next_ms)) => core.env.clock.sleep_until(core.env.pace.clock(next_ms)).await,
                Ok(None) => std::future::pending().await,
                Err(error) => {
                    tracing::error!(%error, "schedules could not be run and will be tried again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        };
        tokio::select! {
            () = stop.requested() => return,
            _ = changed.changed() => {}
            () = wait => {}
        }
    }
}

/// Runs everything that is due, each schedule once, and returns when the next is.
fn run_due(tx: &Tx<'_>) -> Result<Option<i64>, ApiError> {
    let now_ms = tx.env.pace.shown(tx.now_ms);
    for mut schedule in Schedule::due(tx, now_ms)? {
        let due_ms = schedule.next_ms.unwrap_or(now_ms);
        deliver(tx, &schedule, due_ms)?;
        schedule.next_ms = schedule.spec.timetable(schedule.anchor_ms)?.next(now_ms);
        if schedule.next_ms.is_none() && schedule.spec.ends_deleted() {
            Schedule::delete(tx, &schedule.group, &schedule.name)?;
        } else {
            schedule.save(tx.conn)?;
        }
        remember(tx, now_ms)?;
    }
    earliest(tx)
}

/// Sends to the target; what cannot be sent goes to the dead-letter queue or is lost, as on
/// AWS after its retries.
fn deliver(tx: &Tx<'_>, schedule: &Schedule, due_ms: i64) -> Result<(), ApiError> {
    let target = &schedule.spec.target;
    let input = input(tx, schedule, due_ms);
    let refused = match send(tx, target, &input, due_ms) {
        Ok(()) => return Ok(()),
        Err(error) if error.status >= 500 => return Err(error),
        Err(error) => error,
    };
    tracing::warn!(schedule = schedule.name, target = target.arn, %refused, "a schedule was not delivered");
    let dead_letter = target.dead_letter_config.as_ref().and_then(|c| c.get("Arn")?.as_str());
    if let Some(queue) = dead_letter.map(|arn| Queue::by_arn(tx, arn)).transpose()?.flatten() {
        let message = Outgoing { message_body: input, ..Outgoing::default() };
        enqueue(tx, &queue, &message)?;
    }
    Ok(())
}

fn send(tx: &Tx<'_>, target: &Target, input: &str, due_ms: i64) -> Result<(), ApiError> {
    let bus = arn_resource(&target.arn, "events").and_then(|r| r.strip_prefix("event-bus/"));
    if let (Some(bus), Some(parameters)) = (bus, &target.event_bridge_parameters) {
        let detail = serde_json::from_str(input).ok().filter(Value::is_object);
        let event = Event {
            source: parameters.source.clone(),
            detail_type: parameters.detail_type.clone(),
            detail: detail.ok_or_else(|| ApiError::invalid("the input is not a JSON object"))?,
            resources: Vec::new(),
            time_s: due_ms.div_euclid(1000),
        };
        return publish(tx, bus, &event).map(drop);
    }
    let queue = Queue::by_arn(tx, &target.arn)?;
    let queue = queue.ok_or_else(|| ApiError::invalid("the queue does not exist"))?;
    let group = target.sqs_parameters.as_ref().and_then(|p| p.get("MessageGroupId")?.as_str());
    let message =
        Outgoing { message_body: input.to_owned(), message_group_id: group.map(str::to_owned), ..Outgoing::default() };
    enqueue(tx, &queue, &message).map(drop)
}

/// The schedule's input with its placeholders filled in, or the default event without one.
fn input(tx: &Tx<'_>, schedule: &Schedule, due_ms: i64) -> String {
    let arn = arn(tx, &schedule.group, &schedule.name);
    let time = Timestamp::from_second(due_ms.div_euclid(1000));
    let time = time.map(|t| t.to_string()).unwrap_or_default();
    match &schedule.spec.target.input {
        Some(template) => [
            ("<aws.scheduler.schedule-arn>", arn.as_str()),
            ("<aws.scheduler.scheduled-time>", time.as_str()),
            ("<aws.scheduler.execution-id>", tx.new_id().as_str()),
            ("<aws.scheduler.attempt-number>", "1"),
        ]
        .into_iter()
        .fold(template.clone(), |text, (name, value)| text.replace(name, value)),
        None => json!({
            "version": "0",
            "id": tx.new_id(),
            "detail-type": "Scheduled Event",
            "source": "aws.scheduler",
            "account": tx.env.names.account,
            "time": time,
            "region": tx.env.names.region,
            "resources": [arn],
            "detail": "{}",
        })
        .to_string(),
    }
}

pub(super) fn arn(tx: &Tx<'_>, group: &str, name: &str) -> String {
    tx.env.names.arn("scheduler", &format!("schedule/{group}/{name}"))
}
