//! What one person's vote makes of a request.

use crate::auth::Granted;
use domain::{Approval, Digest, Record, Status, Vote, life::NoSuchStep};
use std::collections::BTreeSet;
use store::Row;
use time::OffsetDateTime;

/// One person's word on a request, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::routes::approvals) struct Ballot {
    /// Yes or no.
    pub(in crate::routes::approvals) agrees: bool,
    /// Why.
    pub(in crate::routes::approvals) reason: Option<String>,
    /// What the person saw.
    pub(in crate::routes::approvals) saw: Saw,
}

/// What a person saw before they decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::routes::approvals) struct Saw {
    /// Its digest.
    pub(in crate::routes::approvals) digest: Digest,
    /// Its version, where the person insists on it.
    pub(in crate::routes::approvals) version: Option<u64>,
}

impl Ballot {
    /// What it is called.
    pub(in crate::routes::approvals) const fn verb(&self) -> &'static str {
        if self.agrees { "approve" } else { "reject" }
    }
}

/// What a vote leads to.
#[derive(Debug)]
pub(super) enum Count {
    /// The person has said so before: nothing is left to do.
    Said,
    /// The request moves on, and what that is called.
    Moves(Box<Record>, &'static str),
}

/// Why a vote no longer counts.
#[derive(Debug, thiserror::Error)]
pub(in crate::routes::approvals) enum Late {
    /// It has been decided, or is set aside.
    #[error("it is no longer open")]
    Closed,
    /// Its deadline has passed.
    #[error("its deadline has passed")]
    Expired,
    /// The person insists on another version.
    #[error("it is at another version")]
    Version,
    /// The person saw something else.
    #[error("it is not what was seen")]
    Digest,
    /// The life of an action has no such step.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
}

/// Counts `ballot` of the account `person`, who votes as `granted` says.
pub(super) fn count(
    row: &Row<Record>,
    ballot: &Ballot,
    (person, granted): (&str, &Granted),
    now: OffsetDateTime,
) -> Result<Count, Late> {
    let record = &row.value;
    let approval = record.approval.as_ref().ok_or(Late::Closed)?;
    if said_before(record, approval, ballot, granted) {
        return Ok(Count::Said);
    }
    // A request that is set aside can still be refused: there must always be a way out.
    let open = record.status == Status::Pending || (record.status == Status::Held && !ballot.agrees && awaited(record));
    if !open {
        return Err(Late::Closed);
    }
    as_seen(row, approval, &ballot.saw, now)?;
    let vote = Vote {
        person: person.to_owned(),
        human: granted.human.clone(),
        on_behalf: granted.on_behalf.clone(),
        role: granted.role,
        agrees: ballot.agrees,
        reason: ballot.reason.clone(),
        at: now,
    };
    let (next, what) = moved(record.clone(), vote, now)?;
    Ok(Count::Moves(Box::new(next), what))
}

/// Whether the request in `row` is open for people, in time, and what the person saw.
pub(in crate::routes::approvals) fn in_time(row: &Row<Record>, saw: &Saw, now: OffsetDateTime) -> Result<(), Late> {
    let approval = row.value.approval.as_ref().filter(|_| row.value.status == Status::Pending).ok_or(Late::Closed)?;
    as_seen(row, approval, saw, now)
}

fn as_seen(row: &Row<Record>, approval: &Approval, saw: &Saw, now: OffsetDateTime) -> Result<(), Late> {
    if approval.deadline <= now {
        return Err(Late::Expired);
    }
    if saw.digest != row.value.bound {
        return Err(Late::Digest);
    }
    if saw.version.is_some_and(|version| version != row.seq) {
        return Err(Late::Version);
    }
    Ok(())
}

/// Whether the person voted like this on exactly this, and nothing has turned against it since.
fn said_before(record: &Record, approval: &Approval, ballot: &Ballot, granted: &Granted) -> bool {
    let same = |vote: &Vote| {
        vote.human == granted.human && vote.on_behalf == granted.on_behalf && vote.agrees == ballot.agrees
    };
    let stands = match record.status {
        Status::Pending => true,
        Status::Rejected => !ballot.agrees,
        Status::Expired | Status::Superseded | Status::Denied => false,
        _ => ballot.agrees,
    };
    stands && ballot.saw.digest == record.bound && approval.votes.iter().any(same)
}

fn awaited(record: &Record) -> bool {
    record.held_from == Some(Status::Pending)
}

/// The request with one more vote. A person has one: a later word takes the place of the earlier one.
fn moved(mut record: Record, vote: Vote, now: OffsetDateTime) -> Result<(Record, &'static str), NoSuchStep> {
    let refusal = (!vote.agrees).then(|| vote.reason.clone().unwrap_or_default());
    let mut agreed = false;
    if let Some(approval) = &mut record.approval {
        approval.votes.retain(|earlier| earlier.human != vote.human);
        approval.votes.push(vote);
        agreed = approval.agreed();
    }
    if let Some(reason) = refusal {
        return Ok((record.noted(Status::Rejected, reason, now)?, "rejected"));
    }
    if agreed {
        let people = in_favour(&record);
        return Ok((record.granted(people, now)?, "approved"));
    }
    Ok((record.becomes(Status::Pending, now)?, "agreed"))
}

fn in_favour(record: &Record) -> Vec<String> {
    let votes = record.approval.iter().flat_map(|approval| &approval.votes);
    let people: BTreeSet<String> = votes.filter(|vote| vote.agrees).map(|vote| vote.person.clone()).collect();
    people.into_iter().collect()
}

/// Who decided an action, as far as it is decided.
pub(in crate::routes::approvals) fn deciders(record: &Record) -> Vec<String> {
    if let Some(grant) = &record.grant {
        return grant.by.clone();
    }
    let against = record.approval.iter().flat_map(|approval| &approval.votes);
    match record.status {
        Status::Rejected => against.filter(|vote| !vote.agrees).map(|vote| vote.person.clone()).collect(),
        Status::Expired => vec!["clock".to_owned()],
        Status::Denied => vec!["policy".to_owned()],
        _ => Vec::new(),
    }
}
