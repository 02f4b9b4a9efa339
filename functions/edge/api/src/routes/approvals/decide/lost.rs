//! What somebody is told whose vote no longer counts.

use super::ballot::{Late, Saw, deciders};
use crate::{
    auth::Permit,
    problem::{Kind, Problem},
    view::{LinkView, action::ActionView},
};
use domain::{Record, audit::AuditRecord, text::Lang};
use serde::Serialize;
use store::Row;
use time::format_description::well_known::Rfc3339;

/// What stands there now.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Current {
    #[serde(flatten)]
    action: ActionView,
    digest: String,
    policy_revision: String,
    version: u64,
}

/// The problem of a vote that came too late.
pub(in crate::routes::approvals) async fn told(
    permit: &Permit,
    row: &Row<Record>,
    (saw, late): (&Saw, Late),
    lang: Lang,
) -> Problem {
    let record = &row.value;
    match late {
        Late::Closed => closed(record),
        Late::Expired => expired(record),
        Late::NoSuchStep(error) => error.into(),
        Late::Digest | Late::Version => {
            let kind = match late {
                Late::Version => Kind::Precondition,
                _ => Kind::Changed,
            };
            let changes = changes(permit, row, saw.version).await;
            Problem::new(kind, format!("{late}: look at `current`, then decide again"))
                .with("seen", &saw.digest)
                .with("current", &current(row, lang))
                .with("changes", &changes)
        }
    }
}

pub(in crate::routes) fn closed(record: &Record) -> Problem {
    let (status, by) = (record.status.name(), deciders(record));
    let whom = match by.as_slice() {
        [] => String::new(),
        people => format!(", decided by {}", people.join(" and ")),
    };
    let at = record.updated.format(&Rfc3339).unwrap_or_default();
    Problem::new(Kind::Decided, format!("it is {status}{whom}"))
        .with("state", &status)
        .with("decidedBy", &by)
        .with("decidedAt", &at)
}

fn expired(record: &Record) -> Problem {
    let deadline = record.approval.as_ref().map(|approval| approval.deadline);
    let deadline = deadline.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    Problem::new(Kind::Expired, format!("its deadline was {deadline}"))
        .with("state", &record.status.name())
        .with("deadline", &deadline)
}

fn current(row: &Row<Record>, lang: Lang) -> Current {
    let record = &row.value;
    Current {
        action: ActionView::new(record, lang),
        digest: record.bound.to_string(),
        policy_revision: record.decision.revision.clone(),
        version: row.seq,
    }
}

/// What happened since the version that the person saw; everything, where that is not known.
async fn changes(permit: &Permit, row: &Row<Record>, seen: Option<u64>) -> Vec<LinkView> {
    let id = row.value.proposal.id.to_string();
    let history = permit.store().history::<Record>(&id).await;
    let chain: Vec<AuditRecord> = match history {
        Ok(found) => found.map(|(_, chain)| chain).unwrap_or_default(),
        Err(error) => {
            tracing::warn!(%error, "the changes of a request cannot be shown");
            Vec::new()
        }
    };
    let since = |record: &&AuditRecord| record.seq > seen.unwrap_or_default();
    chain.iter().filter(since).map(LinkView::from).collect()
}
