//! What a change means to whom: a plain function from a committed change to messages.

use domain::{
    AgentName, Control, InForce, News, Order, Record, Status,
    control::{Scope, Stop},
    journey::{Journey, Stage},
    news::{ParcelNews, Said},
    order::ParcelState,
    task::{Task, TaskStatus, Wake},
};
use serde_json::{Value, json};
use store::stream::Change;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The longest that SQS delays a message, in seconds.
const LONGEST_DELAY: i64 = 900;

/// Seconds after which every function knows that another policy decides.
const KNOWN_EVERYWHERE: i32 = 3;

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

impl Message {
    /// The same; an event with an `id` of its own, the same whenever this record is read, and the time `at` which
    /// it happened. It is the `ordinal`th message of the record with this number.
    pub(crate) fn stamped(self, number: &str, ordinal: usize, at: OffsetDateTime) -> Self {
        let Self::Event { name, mut detail } = self else {
            return self;
        };
        if let Some(detail) = detail.as_object_mut() {
            detail.insert("id".to_owned(), json!(format!("{number}.{ordinal}")));
            detail.insert("at".to_owned(), json!(at.format(&Rfc3339).unwrap_or_default()));
        }
        Self::Event { name, detail }
    }
}

fn wake(queue: &str, wake: Wake) -> Message {
    Message::Wake { queue: queue.to_owned(), wake, delay: 0 }
}

/// What the committed `change` gives rise to.
///
/// # Errors
/// When the row holds something else than its kind says.
pub fn routes(change: &Change, now: OffsetDateTime) -> Result<Vec<Message>, serde_json::Error> {
    if change.kind == "AGENT" {
        return Ok(heartbeat(change));
    }
    if !change.is_state() || !change.is_present() {
        return Ok(Vec::new());
    }
    match change.kind.as_str() {
        "PROPOSAL" => Ok(proposed(change)),
        "TASK" => Ok(task(&change.body()?, change.inserted)),
        "ACTION" => Ok(action(&change.body()?, change.old_status.as_deref(), now)),
        "JOURNEY" => Ok(journey(&change.body()?, change.old_status.as_deref())),
        "ORDER" => Ok(order(&change.body()?, change.old_status.as_deref())),
        "WEBHOOK" if change.inserted => Ok(news(&change.body()?)),
        "CONTROL" => control(change, now),
        "POINTER" if change.id == InForce::ID => policy(&change.body()?, now),
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
        Status::Granted => vec![Message::Wake { queue: executor.to_owned(), wake: due, delay: patience(record, now) }],
        Status::Unknown => {
            vec![Message::Wake { queue: executor.to_owned(), wake: due, delay: until_claim_ends(record, now) }]
        }
        Status::CeoReview => vec![wake("ceo", due)],
        // A second proposal of the same effect, or a changed one: the journey goes on with the other one.
        Status::Superseded if !record.is_withdrawn() => Vec::new(),
        settled if settled.settled() && record.proposal.journey.is_some() => {
            vec![wake(&format!("{}-manager", record.proposal.agent.cluster()), due)]
        }
        _ => Vec::new(),
    };
    messages.extend(refused(record, old));
    if old != Some(status.name()) || is_escalation(record) {
        let detail = json!({
            "action": id, "type": record.proposal.action.kind(), "agent": record.proposal.agent,
            "status": status, "tier": record.decision.tier, "journey": record.proposal.journey,
        });
        messages.extend(told(status, old).map(|name| Message::Event { name, detail }));
    }
    messages
}

/// Whether this change put a waiting request before others as well: that is announced as a request is.
fn is_escalation(record: &Record) -> bool {
    let escalated = record.approval.as_ref().and_then(|approval| approval.escalated);
    record.status == Status::Pending && escalated == Some(record.updated)
}

/// Whoever proposed in vain hears of it, once; people who did see it on the page.
fn refused(record: &Record, old: Option<&str>) -> Option<Message> {
    let (status, proposal) = (record.status, &record.proposal);
    let bad = matches!(status, Status::Rejected | Status::Expired | Status::Denied | Status::Failed);
    let told =
        proposal.journey.is_some() && proposal.agent.function() == format!("{}-manager", proposal.agent.cluster());
    let news = bad && !told && old != Some(status.name()) && proposal.authors.is_empty();
    news.then(|| wake(proposal.agent.function(), Wake::Action { action: proposal.id, status }))
}

/// The event that a new status is announced as.
fn told(status: Status, old: Option<&str>) -> Option<&'static str> {
    match status {
        Status::Pending => Some("approval:required"),
        Status::Executed => Some("action:executed"),
        Status::Failed | Status::Unknown | Status::Simulated => Some("action:not-executed"),
        Status::Granted | Status::Rejected | Status::Expired | Status::Superseded | Status::Denied
            if old == Some("PENDING") =>
        {
            Some("approval:decided")
        }
        Status::Granted | Status::Rejected if old == Some("CEO_REVIEW") => Some("ceo:decision"),
        _ => None,
    }
}

/// Seconds before another attempt: until the time that it is left for, else 0, then 2, 4, 8 … after each one that was
/// certainly not applied.
fn patience(record: &Record, now: OffsetDateTime) -> i32 {
    if let Some(until) = record.grant.as_ref().and_then(|grant| grant.not_before) {
        return seconds_until(until, now);
    }
    let attempts = record.grant.as_ref().map_or(0, |grant| grant.attempt);
    if attempts == 0 { 0 } else { 1 << attempts.min(9) }
}

/// Seconds until no request of the last attempt can still be under way.
fn until_claim_ends(record: &Record, now: OffsetDateTime) -> i32 {
    let until = record.grant.as_ref().and_then(|grant| grant.claimed_until).unwrap_or(now);
    seconds_until(until, now)
}

/// Whole seconds after which `until` is over, as far as a message can be delayed.
fn seconds_until(until: OffsetDateTime, now: OffsetDateTime) -> i32 {
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

fn order(order: &Order, old: Option<&str>) -> Vec<Message> {
    if old == Some(order.stage.name()) {
        return Vec::new();
    }
    let detail = json!({
        "order": order.id(), "name": order.shop.name, "stage": order.stage, "journey": order.journey(),
        "reason": order.reason,
    });
    vec![Message::Event { name: "order:moved", detail }]
}

/// What an outside system says goes to whoever uses it.
fn news(news: &News) -> Vec<Message> {
    let queues: &[&str] = match &news.said {
        // Stock of our own, of which no order knows.
        Said::Parcel(_) if news.topic == ParcelNews::RESTOCK => &["product-inventory"],
        // A supplier that does not send says only which purchase it was: whoever it is of knows it.
        Said::Parcel(parcel) if parcel.state == Some(ParcelState::Failed) => &["finance-manager", "product-inventory"],
        Said::Order(_) | Said::OrderChanged { .. } | Said::Refund(_) | Said::Parcel(_) => &["finance-manager"],
        Said::Stock { .. } | Said::Product { .. } => &["product-inventory"],
        Said::DataRequest { .. } => &["notify"],
        Said::Redact { .. } | Said::RedactShop => &["clock"],
        Said::Unused => &[],
    };
    queues.iter().map(|queue| wake(queue, Wake::News { news: news.id.clone() })).collect()
}

/// A changed switch lets the clock bring held work back at once.
fn control(change: &Change, now: OffsetDateTime) -> Result<Vec<Message>, serde_json::Error> {
    let (old, new) = (change.old_body::<Control>()?.unwrap_or_default(), change.body::<Control>()?);
    let due = Wake::Schedule { schedule: "clock.control".to_owned(), at: now, input: Value::Null };
    let stops: Vec<&Scope> = new.stops.keys().collect();
    let detail = json!({ "status": change.new_status, "stops": stops });
    let mut messages = vec![wake("clock", due), Message::Event { name: "control:changed", detail }];
    messages.extend(newly(&new, &old).map(|(scope, stop)| status(scope, "paused", json!(stop.reason))));
    messages.extend(newly(&old, &new).map(|(scope, _)| status(scope, "resumed", Value::Null)));
    Ok(messages)
}

/// Another policy: the gate judges anew what waits, once every function knows of it.
fn policy(now_in_force: &InForce, now: OffsetDateTime) -> Result<Vec<Message>, serde_json::Error> {
    let wake = Wake::Schedule { schedule: "gate.policy".to_owned(), at: now, input: Value::Null };
    let InForce { live, next, .. } = now_in_force;
    let detail = json!({ "revision": live.revision, "next": next.as_ref().map(|next| &next.revision) });
    let event = Message::Event { name: "policy:changed", detail };
    Ok(vec![Message::Wake { queue: "gate".to_owned(), wake, delay: KNOWN_EVERYWHERE }, event])
}

/// The stops of single agents that are in `these` and not in `those`.
fn newly<'a>(these: &'a Control, those: &'a Control) -> impl Iterator<Item = (&'a AgentName, &'a Stop)> {
    these.stops.iter().filter(|(scope, _)| !those.stops.contains_key(*scope)).filter_map(|(scope, stop)| match scope {
        Scope::Agent(agent) => Some((agent, stop)),
        _ => None,
    })
}

/// An agent whose last run ended otherwise than the one before.
fn heartbeat(change: &Change) -> Vec<Message> {
    let Ok(agent) = change.id.parse() else {
        return Vec::new();
    };
    let (old, new) = change.attribute("last_outcome");
    match (old.as_deref(), new.as_deref()) {
        (Some("failed"), Some("succeeded")) => vec![status(&agent, "working", Value::Null)],
        (None | Some("succeeded"), Some("failed")) => vec![status(&agent, "failing", Value::Null)],
        _ => Vec::new(),
    }
}

fn status(agent: &AgentName, status: &str, reason: Value) -> Message {
    Message::Event { name: "agent:status", detail: json!({ "agent": agent, "status": status, "reason": reason }) }
}
