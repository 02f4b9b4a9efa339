//! A thing's record.

use domain::{
    Actor, AuditRecord, Digest,
    audit::{self, Entry},
};
use serde::Serialize;
use store::{Chained, Row};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// Everything that happened to one thing, and whether the record of it is whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = History)]
pub(crate) struct HistoryView {
    /// Whether each record follows from the one before, and the last one from what the thing is now.
    pub(crate) verified: bool,
    /// What does not fit, where something does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) broken: Option<String>,
    /// The records, oldest first.
    pub(crate) records: Vec<LinkView>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditRecord)]
pub(crate) struct LinkView {
    /// The thing that changed: its kind and its id.
    #[schema(example = "ACTION#0199…")]
    pub(crate) subject: String,
    /// 1 for the first change.
    pub(crate) seq: u64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) at: OffsetDateTime,
    /// Account of the person, or name of the function.
    pub(crate) by: String,
    /// Whether a person did it.
    pub(crate) person: bool,
    /// What, as a verb in the past.
    #[schema(example = "approved")]
    pub(crate) what: String,
    /// State afterwards.
    #[schema(example = "GRANTED")]
    pub(crate) result: String,
    /// Reason codes, or a sentence of the person.
    pub(crate) reasons: Vec<String>,
    /// Policy revision, where policy was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    /// Digest of what was judged, decided or sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<String>,
}

impl HistoryView {
    /// The record of a thing to which nothing has happened yet.
    pub(crate) const fn none() -> Self {
        Self { verified: true, broken: None, records: Vec::new() }
    }

    /// The record of the thing in `row`, checked.
    pub(crate) fn of<T: Chained>(row: &Row<T>, chain: &[AuditRecord]) -> Self {
        let broken = fault(row, chain);
        Self { verified: broken.is_none(), broken, records: chain.iter().map(LinkView::from).collect() }
    }
}

fn fault<T: Chained>(row: &Row<T>, chain: &[AuditRecord]) -> Option<String> {
    let head = match audit::verify(chain) {
        Ok(head) => head,
        Err(broken) => return Some(broken.to_string()),
    };
    if head.as_ref() != Some(&row.head) {
        return Some("the last record is missing, or is another one".to_owned());
    }
    let state = Digest::of(&row.value).ok();
    if chain.last().map(|record| &record.state) != state.as_ref() {
        return Some("the thing is not as its last record says".to_owned());
    }
    None
}

impl From<&AuditRecord> for LinkView {
    fn from(record: &AuditRecord) -> Self {
        let Entry { actor, what, result, revision, input, reasons } = record.entry.clone();
        Self {
            subject: record.subject.clone(),
            seq: record.seq,
            at: record.at,
            person: matches!(actor, Actor::Person(_)),
            by: actor.to_string(),
            what,
            result,
            reasons,
            revision,
            input,
        }
    }
}

/// A person as the record names one.
pub(crate) fn who(account: &str) -> Actor {
    Actor::Person(account.to_owned())
}
