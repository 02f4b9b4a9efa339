//! What a change means to whom: a plain function from a committed change to messages.

use domain::{
    Record, Status,
    journey::{Journey, Stage},
    task::{Task, TaskStatus, Wake},
};
use serde_json::{Value, json};
use store::stream::Change;
use time::OffsetDateTime;

/// The longest that SQS delays a message, in seconds.
const LONGEST_DELAY: i64 = 900;

/// Something to send.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// Wakes a function through its queue.
    Wake {
        /// The function.
        queue: String,
        /// What it is told.
        wake: Wake,
        /// Seconds until it is told.
        delay: i32,
    },
    /// Tells whoever listens on the bus.
    Event {
        /// What happened, such as `journey:stopped`.
        name: &'static str,
        /// To what.
        detail: Value,
    },
}

fn wake(queue: &str, wake: Wake) -> Message {
    Message::Wake { queue: queue.to_owned(), wake, delay: 0 }
}

/// What the committed `change` gives rise to.
///
/// # Errors
/// When the row holds something else than its kind says.
pub fn routes(change: &Change, now: OffsetDateTime) -> Result<Vec<Message>, serde_json::Error> {
    if !change.is_state() || !change.is_present() {
        return Ok(Vec::new());
    }
    match change.kind.as_str() {
        "PROPOSAL" => Ok(proposed(change)),
        "TASK" => Ok(task(&change.body()?, change.inserted)),
        "ACTION" => Ok(action(&change.body()?, change.old_status.as_deref(), now)),
        "JOURNEY" => Ok(journey(&change.body()?, change.old_status.as_deref())),
        "CONTROL" => Ok(control(change, now)),
        _ => Ok(Vec::new()),
    }
}

fn proposed(change: &Change) -> Vec<Message> {
    change.id.parse().map(|action| wake("gate", Wake::Proposed { action })).into_iter().collect()
}

fn task(task: &Task, inserted: bool) -> Vec<Message> {
    let id = task.id;
    let detail =
        json!({ "task": id, "agent": task.agent, "kind": task.kind, "status": task.status, "journey": task.journey });
    let mut messages = Vec::new();
    if inserted {
        messages.push(Message::Event { name: "task:created", detail: detail.clone() });
    }
    match task.status {
        TaskStatus::Ready => messages.push(wake(task.agent.function(), Wake::Task { task: id })),
        TaskStatus::Held => {}
        TaskStatus::Done | TaskStatus::Failed => {
            messages.push(Message::Event { name: "task:completed", detail });
            messages.extend(task.reply_to.iter().map(|to| wake(to.function(), Wake::Reported { task: id })));
        }
    }
    messages
}

fn action(record: &Record, old: Option<&str>, now: OffsetDateTime) -> Vec<Message> {
    let (id, status) = (record.proposal.id, record.status);
    let executor = record.proposal.action.executor().name();
    let due = Wake::Action { action: id, status };
    let mut messages: Vec<Message> = match status {
        Status::Granted => vec![Message::Wake { queue: executor.to_owned(), wake: due, delay: patience(record) }],
        Status::Unknown => {
            vec![Message::Wake { queue: executor.to_owned(), wake: due, delay: until_claim_ends(record, now) }]
        }
        Status::CeoReview => vec![wake("ceo", due)],
        // A second proposal of the same effect: the journey goes on with the first one.
        Status::Superseded => Vec::new(),
        settled if settled.settled() && record.proposal.journey.is_some() => {
            vec![wake(&format!("{}-manager", record.proposal.agent.cluster()), due)]
        }
        _ => Vec::new(),
    };
    if old != Some(status.name()) {
        let detail = json!({
            "action": id, "type": record.proposal.action.kind(), "agent": record.proposal.agent,
            "status": status, "tier": record.decision.tier, "journey": record.proposal.journey,
        });
        messages.extend(told(status, old).map(|name| Message::Event { name, detail }));
    }
    messages
}

/// The event that a new status is announced as.
fn told(status: Status, old: Option<&str>) -> Option<&'static str> {
    match status {
        Status::Pending => Some("approval:required"),
        Status::Executed => Some("action:executed"),
        Status::Failed | Status::Unknown | Status::Simulated => Some("action:not-executed"),
        Status::Granted | Status::Rejected | Status::Expired if old == Some("PENDING") => Some("approval:decided"),
        Status::Granted | Status::Rejected if old == Some("CEO_REVIEW") => Some("ceo:decision"),
        _ => None,
    }
}

/// Seconds before another attempt: 0, then 2, 4, 8 … after each one that was certainly not applied.
fn patience(record: &Record) -> i32 {
    let attempts = record.grant.as_ref().map_or(0, |grant| grant.attempt);
    if attempts == 0 { 0 } else { 1 << attempts.min(9) }
}

/// Seconds until no request of the last attempt can still be under way.
fn until_claim_ends(record: &Record, now: OffsetDateTime) -> i32 {
    let until = record.grant.as_ref().and_then(|grant| grant.claimed_until).unwrap_or(now);
    i32::try_from(((until - now).whole_seconds() + 1).clamp(0, LONGEST_DELAY)).unwrap_or_default()
}

fn journey(journey: &Journey, old: Option<&str>) -> Vec<Message> {
    if old == Some(journey.stage.name()) {
        return Vec::new();
    }
    let reason = journey.ending.as_ref().map(|ending| &ending.reason);
    let detail = json!({
        "journey": journey.id, "stage": journey.stage, "product": journey.candidate.product.to_string(),
        "title": journey.candidate.title, "reason": reason,
    });
    let name = if journey.stage == Stage::Stopped { "journey:stopped" } else { "journey:moved" };
    vec![Message::Event { name, detail }]
}

/// A changed switch lets the clock bring held work back at once.
fn control(change: &Change, now: OffsetDateTime) -> Vec<Message> {
    let due = Wake::Schedule { schedule: "clock.control".to_owned(), at: now, input: Value::Null };
    let detail = json!({ "status": change.new_status });
    vec![wake("clock", due), Message::Event { name: "control:changed", detail }]
}
