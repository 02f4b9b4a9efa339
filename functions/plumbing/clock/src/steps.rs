//! What time does to one action: plain functions from a record to the step that is due, if any.

use domain::{Control, Record, Status, life::NoSuchStep};
use time::{Duration, OffsetDateTime};

/// What happens, and what the action becomes.
pub(crate) type Step = (&'static str, Result<Record, NoSuchStep>);

/// How long a message may take before it is taken for lost. Far above any queue's own redelivery.
pub(crate) const LOST: Duration = Duration::minutes(30);
/// How long whoever was told to ask about a doubtful execution has for it.
const ANSWER: Duration = Duration::minutes(2);
/// The longest that a doubtful execution waits before it is asked about again.
const LONGEST_DOUBT: Duration = Duration::hours(6);
/// A grant to spend that waited longer than this is a person's again: its budgets were judged long ago.
const STALE: Duration = Duration::hours(1);

/// A request that nobody decided in time.
pub(crate) fn expire(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let late = record.approval.as_ref().is_some_and(|approval| approval.deadline <= now);
    late.then(|| ("expired", record.clone().noted(Status::Expired, "nobody decided in time", now)))
}

/// A request that nobody decided in time, or that is near its end: others are asked as well, once.
///
/// The index lists requests by the earlier of the two times, so a pass reads what is due and none that waits; and a
/// request whose others were asked is listed by its deadline from then on.
pub(crate) fn ask_more(record: &Record, now: OffsetDateTime) -> Option<Step> {
    expire(record, now).or_else(|| escalate(record, now))
}

fn escalate(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let approval = record.approval.as_ref().filter(|approval| approval.escalates.is_some_and(|at| at <= now))?;
    let roles: Vec<&str> = approval.escalation.iter().map(|role| role.name()).collect();
    let note = format!("nobody has decided and its time is nearly over: it is put before {}", roles.join(", "));
    let next = Record { approval: Some(approval.clone().escalate(now)), ..record.clone() };
    let note = record.note.as_ref().map_or(note.clone(), |before| format!("{before}; {note}"));
    Some(("escalated", next.noted(Status::Pending, note, now)))
}

/// Work that waits while a stop covers it: its clock stands still.
pub(crate) fn hold(record: &Record, control: &Control, now: OffsetDateTime) -> Option<Step> {
    let (scope, stop) = control.stops_action(&record.proposal.agent, &record.proposal.action)?;
    let why = format!("stopped ({scope}) by {}: {}", stop.by, stop.reason);
    Some(("held", record.clone().noted(Status::Held, why, now)))
}

/// Held work that no stop covers any more.
pub(crate) fn bring_back(record: &Record, control: &Control, now: OffsetDateTime) -> Option<Step> {
    if control.stops_action(&record.proposal.agent, &record.proposal.action).is_some() {
        return None;
    }
    let spends = !record.reserved.is_empty() && record.held_from == Some(Status::Granted);
    if spends && now - record.updated > STALE {
        let why = "it was held for so long that its budgets have to be judged again";
        return Some(("asked again", record.clone().asked(Some(why.to_owned()), now)));
    }
    Some(("brought back", record.clone().released(now)))
}

/// An execution whose claim ran out before an outcome was recorded.
pub(crate) fn doubt(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let why = "the executor stopped before it recorded an outcome";
    claim_is_over(record, now).then(|| ("left in doubt", record.clone().noted(Status::Unknown, why, now)))
}

/// A doubtful execution that nobody got an answer about: it is asked about again, after as long as it has been
/// in doubt already. The question that its doubt raised, or that is due when its claim ends, goes first.
pub(crate) fn ask(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let claimed = record.grant.as_ref().and_then(|grant| grant.claimed_until);
    let asked = claimed.map_or(record.updated, |until| until.max(record.updated));
    if now - asked < ANSWER {
        return None;
    }
    let mut next = record.clone();
    if let Some(grant) = &mut next.grant {
        grant.claimed_until = Some(now + (now - grant.at).clamp(Duration::minutes(2), LONGEST_DOUBT));
    }
    Some(("to be asked about", next.becomes(Status::Unknown, now)))
}

/// Work whose message must have been lost: it is told of once more.
pub(crate) fn remind(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let lost = now - record.updated >= LOST;
    lost.then(|| ("told of again", record.clone().becomes(record.status, now)))
}

/// What no deployed executor can carry out.
pub(crate) fn unserved(record: &Record, deployed: &[String], now: OffsetDateTime) -> Option<Step> {
    let executor = record.proposal.action.executor().name();
    let why = format!("nothing was sent: executor `{executor}` is not deployed");
    let served = deployed.iter().any(|name| name == executor);
    (!served).then(|| ("simulated", record.clone().noted(Status::Simulated, why, now)))
}

fn claim_is_over(record: &Record, now: OffsetDateTime) -> bool {
    record.grant.as_ref().and_then(|grant| grant.claimed_until).is_none_or(|until| until <= now)
}
