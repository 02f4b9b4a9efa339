//! What people are told of one action: plain functions from a record to a notice, if one is due.

use domain::{Approval, Record, Role, Status, Tier, text::Lang};
use notices::Notice;
use time::OffsetDateTime;

/// The notice that `record` having become `status` gives rise to; none once it has moved on.
pub(crate) fn of(record: &Record, status: Status, page: Option<&str>, now: OffsetDateTime) -> Option<Notice> {
    if record.status != status {
        return None;
    }
    let notice = match status {
        Status::Pending => asked(record, record.approval.as_ref()?),
        Status::Executed if record.decision.tier == Tier::Medium => executed(record, now),
        Status::Failed => ended(record, "failed", "Failed", "It was not carried out."),
        Status::Unknown => doubtful(record),
        Status::Expired => ended(record, "expired", "Expired", "Nobody decided in time. It was not carried out."),
        _ => return None,
    };
    Some(notice.card(page, record.proposal.id))
}

/// The notice that the deadline of a request is near, or that others are asked as well.
pub(crate) fn urgent(record: &Record, page: Option<&str>, now: OffsetDateTime) -> Option<Notice> {
    let approval = record.approval.as_ref().filter(|_| record.status == Status::Pending)?;
    let notice = if approval.escalated.is_some() {
        start(record, &format!("escalated/{}", opened(approval)), "Approval still needed, now from you too")
    } else if is_near(approval, now) {
        start(record, &format!("near/{}", opened(approval)), "Approval needed soon")
    } else {
        return None;
    };
    Some(words(request(notice, record, approval), record).card(page, record.proposal.id))
}

/// Whether no more than a quarter of the time is left that people were given.
fn is_near(approval: &Approval, now: OffsetDateTime) -> bool {
    let given = approval.deadline - approval.opened;
    approval.deadline - now <= given / 4
}

/// Tells one request of an action from a later one.
fn opened(approval: &Approval) -> i64 {
    approval.opened.unix_timestamp()
}

fn start(record: &Record, event: &str, label: &'static str) -> Notice {
    let sentence = record.proposal.action.sentence(Lang::En);
    let key = format!("{}/{event}", record.proposal.id);
    Notice::new(key, roles(record), label, &sentence).fact("What exactly", &sentence)
}

/// Who is told: whoever may decide it, or would be asked to.
fn roles(record: &Record) -> &[Role] {
    let asked = record.approval.as_ref().map(|approval| approval.roles.as_slice());
    asked.unwrap_or(&record.decision.consent.roles)
}

fn asked(record: &Record, approval: &Approval) -> Notice {
    let notice = start(record, &format!("asked/{}", opened(approval)), "Approval needed");
    words(request(notice, record, approval), record)
}

fn request(notice: Notice, record: &Record, approval: &Approval) -> Notice {
    let names: Vec<&str> = approval.roles.iter().map(|role| role.name()).collect();
    let who = match approval.quorum {
        0 | 1 => format!("one of {}", names.join(", ")),
        many => format!("{many} different people of {}", names.join(", ")),
    };
    let earlier = record.earlier.as_ref().map(|earlier| {
        let why = earlier.note.as_deref().unwrap_or("no reason is known");
        format!("attempt {} ended {}: {why}", earlier.attempt, earlier.status)
    });
    notice
        .fact("Why people are asked", &reasons(record))
        .fact("Note", record.note.as_deref().unwrap_or_default())
        .fact("Earlier", &earlier.unwrap_or_default())
        .fact("Who decides", &who)
        .when("Until", approval.deadline)
}

fn executed(record: &Record, now: OffsetDateTime) -> Notice {
    let notice = start(record, "executed", "Done").fact("Why you are told", &reasons(record));
    let until = record.undo.as_ref().and_then(|undo| undo.until);
    words(
        match until {
            Some(until) if until > now => notice.when("Can be undone until", until),
            Some(_) => notice.fact("Undo", "the time in which it could be undone is over"),
            None => notice.fact("Undo", "nothing restores the state before it"),
        },
        record,
    )
}

fn doubtful(record: &Record) -> Notice {
    let attempt = record.grant.as_ref().map_or(0, |grant| grant.attempt);
    start(record, &format!("unknown/{attempt}"), "In doubt")
        .fact(
            "What it means",
            "Nobody knows whether it was carried out. The outside system is asked before anything else is done.",
        )
        .fact("Why", &why(record))
}

fn ended(record: &Record, event: &str, label: &'static str, what: &str) -> Notice {
    start(record, event, label).fact("What it means", what).fact("Why", &why(record))
}

fn why(record: &Record) -> String {
    let detail = record.outcome.as_ref().map(|outcome| outcome.detail.clone());
    record.note.clone().or(detail).unwrap_or_default()
}

fn reasons(record: &Record) -> String {
    let all: Vec<&str> = record.decision.reasons.iter().map(|reason| reason.en.as_str()).collect();
    all.join(" ")
}

/// The agent's own words, apart from ours.
fn words(notice: Notice, record: &Record) -> Notice {
    let case = &record.proposal.case;
    let risks = case.risk_factors.join("; ");
    let said = [
        ("Title", case.title.as_str()),
        ("Description", case.description.as_str()),
        ("Reasoning", case.reasoning.as_str()),
        ("Risks", risks.as_str()),
    ];
    notice.says(&record.proposal.agent, &said)
}
