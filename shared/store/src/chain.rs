//! Things whose every change is on record.

use crate::{StoreError, item, item::Item, keys};
use domain::{
    Control, Customer, Goal, Hash, InForce, Order, Record, Revision, Status, audit::Sealing, books::Entry,
    delegation::Delegations, journey::Journey, task::Task,
};
use serde::{Serialize, de::DeserializeOwned};
use time::OffsetDateTime;

/// A thing with a state and a chain of audit records.
pub trait Chained: Serialize + DeserializeOwned + Sync {
    /// First part of its partition key.
    const KIND: &'static str;

    /// Second part of its partition key.
    fn id(&self) -> String;

    /// Where it is.
    fn status(&self) -> &str;

    /// The time by which things of one status are listed.
    fn sort(&self) -> OffsetDateTime;

    /// What an index is to say of it, word by word, so that a list can be put in another order, or most of it be left
    /// out, before anything is read; words hold neither `#` nor `|`. Mostly nothing: every word is paid for each time
    /// the thing changes.
    fn line(&self) -> Vec<String> {
        Vec::new()
    }

    /// Random text in it that keeps digests of it from being guessed, where it holds something personal: the record
    /// of such a thing has digests in place of sentences.
    fn salt(&self) -> Option<&str> {
        None
    }
}

/// First part of the partition keys of what was refused at the API, which alone knows its shape.
pub const REFUSALS: &str = "REFUSALS";

/// First parts of the partition keys of everything whose every change is on record.
pub const KINDS: [&str; 13] = [
    Record::KIND,
    Task::KIND,
    Journey::KIND,
    Order::KIND,
    Control::KIND,
    Delegations::KIND,
    Goal::KIND,
    Sealing::KIND,
    Customer::KIND,
    Revision::KIND,
    InForce::KIND,
    Entry::KIND,
    REFUSALS,
];

/// A state as it was read: its version and the hash of its last audit record go into the next change.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// The state.
    pub value: T,
    /// Number of changes so far.
    pub seq: u64,
    /// Hash of the last audit record.
    pub head: Hash,
}

impl<T: Chained> Row<T> {
    /// Reads the row from its item.
    pub(crate) fn from_item(item: &Item) -> Result<Self, StoreError> {
        let value = parse(item)?;
        let head = serde_json::from_value(item::get_text(item, "head")?.into());
        let head = head.map_err(|error| item::corrupt(item, &error.to_string()))?;
        Ok(Self { value, seq: item::get_number(item, "seq")?, head })
    }
}

/// The JSON body of a row.
pub(crate) fn parse<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    serde_json::from_str(item::get_text(item, "body")?).map_err(|error| item::corrupt(item, &error.to_string()))
}

impl Chained for Record {
    const KIND: &'static str = "ACTION";

    fn id(&self) -> String {
        self.proposal.id.to_string()
    }

    fn status(&self) -> &str {
        self.status.name()
    }

    /// While people are asked, when others are to be asked as well or else the deadline; the end of the claim while it
    /// is executed; else the last change. So the clock lists what is due, and nothing else.
    fn sort(&self) -> OffsetDateTime {
        let due = self.approval.as_ref().map(domain::Approval::due);
        let claim = self.grant.as_ref().and_then(|grant| grant.claimed_until);
        match self.status {
            Status::Pending => due.unwrap_or(self.updated),
            Status::Executing | Status::Unknown => claim.unwrap_or(self.updated),
            _ => self.updated,
        }
    }

    /// Of a request that waits for people: deadline, when it was proposed, cents, tier, type, agent.
    fn line(&self) -> Vec<String> {
        let approval = self.approval.as_ref().filter(|_| self.status == Status::Pending);
        let Some(approval) = approval else { return Vec::new() };
        let action = &self.proposal.action;
        let cents = action.amount().and_then(|money| money.cents()).unwrap_or_default().max(0);
        vec![
            keys::instant(approval.deadline),
            keys::instant(self.proposal.at),
            format!("{cents:016}"),
            self.decision.tier.to_string(),
            action.kind().to_owned(),
            self.proposal.agent.to_string(),
        ]
    }

    fn salt(&self) -> Option<&str> {
        self.proposal.salt.as_deref()
    }
}

impl Chained for Task {
    const KIND: &'static str = "TASK";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn status(&self) -> &str {
        self.status.name()
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}

impl Chained for Journey {
    const KIND: &'static str = "JOURNEY";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn status(&self) -> &str {
        self.stage.name()
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}

impl Chained for Control {
    const KIND: &'static str = "CONTROL";

    fn id(&self) -> String {
        "switch".to_owned()
    }

    fn status(&self) -> &str {
        if self.stops.is_empty() { "RUNNING" } else { "STOPPED" }
    }

    fn sort(&self) -> OffsetDateTime {
        self.stops.values().map(|stop| stop.at).max().unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl Chained for Delegations {
    const KIND: &'static str = "DELEGATION";

    fn id(&self) -> String {
        self.to.clone()
    }

    fn status(&self) -> &str {
        if self.held.is_empty() { "NONE" } else { "HELD" }
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}
