//! What a day's record says in figures, small enough to be kept with the day's seal.

use super::AuditRecord;
use crate::{Record, Status, decision::Tier, task::Task};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A day in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Figures {
    /// Everything together.
    pub all: Tally,
    /// The same by cluster of the agent whose action or task it was.
    pub clusters: BTreeMap<String, Tally>,
    /// Records that could not be counted, because they or what they are about could not be understood.
    pub unread: u64,
}

/// Counts of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tally {
    /// Actions that policy judged for the first time, by the tier that they have now.
    pub judged: BTreeMap<Tier, u64>,
    /// Actions that came to an end, by how. What took another's place or was taken back was no decision and is not
    /// among them.
    pub ended: BTreeMap<Status, u64>,
    /// Of those, the ones that no person was asked about: policy or the CEO function decided.
    pub alone: u64,
    /// Of those, the ones that people decided. The rest ran out of time.
    pub people: u64,
    /// Executed actions that were undone.
    pub undone: u64,
    /// Tasks that were done.
    pub tasks_done: u64,
    /// Tasks that were given up.
    pub tasks_failed: u64,
}

/// What one record of the day adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An action was judged for the first time.
    Judged,
    /// The same, and that was its end: it was denied.
    Forbidden,
    /// An action came to an end.
    Ended(Status),
    /// What an action did was undone.
    Undone,
    /// A task was done.
    TaskDone,
    /// A task was given up.
    TaskFailed,
}

/// What is put on record about an action without changing where it is.
const ASIDE: [&str; 2] = ["commented", "erased"];
/// What is put on record about an action's first judgement.
const JUDGED: &str = "judged";
/// What is put on record when whoever proposed an action takes it back.
const WITHDRAWN: &str = "withdrawn";

impl Event {
    /// What `record` adds to its day, and the id of the action or task that it is about; most records add nothing.
    #[must_use]
    pub fn of(record: &AuditRecord) -> Option<(Self, &str)> {
        let (kind, id) = record.subject.split_once('#')?;
        let (what, result) = (record.entry.what.as_str(), record.entry.result.as_str());
        let event = match kind {
            "ACTION" => Self::of_action(what, result)?,
            "TASK" if result == "DONE" => Self::TaskDone,
            "TASK" if result == "FAILED" => Self::TaskFailed,
            _ => return None,
        };
        Some((event, id))
    }

    fn of_action(what: &str, result: &str) -> Option<Self> {
        let status = result.parse::<Status>().ok()?;
        match status {
            _ if ASIDE.contains(&what) || what == WITHDRAWN || status == Status::Superseded => None,
            Status::Undone => Some(Self::Undone),
            Status::Denied if what == JUDGED => Some(Self::Forbidden),
            _ if what == JUDGED => Some(Self::Judged),
            _ if status.settled() => Some(Self::Ended(status)),
            _ => None,
        }
    }
}

impl Figures {
    /// Adds what happened to an action.
    pub fn action(&mut self, event: Event, record: &Record) {
        self.each(record.proposal.agent.cluster(), |tally| tally.action(event, record));
    }

    /// Adds what happened to a task.
    pub fn task(&mut self, event: Event, task: &Task) {
        self.each(task.agent.cluster(), |tally| match event {
            Event::TaskDone => tally.tasks_done += 1,
            Event::TaskFailed => tally.tasks_failed += 1,
            Event::Judged | Event::Forbidden | Event::Ended(_) | Event::Undone => {}
        });
    }

    fn each(&mut self, cluster: &str, add: impl Fn(&mut Tally)) {
        add(&mut self.all);
        add(self.clusters.entry(cluster.to_owned()).or_default());
    }
}

impl Tally {
    fn action(&mut self, event: Event, record: &Record) {
        match event {
            Event::Judged => self.judged(record.decision.tier),
            Event::Forbidden => {
                self.judged(record.decision.tier);
                self.ended(Status::Denied, false);
            }
            Event::Ended(status) => self.ended(status, record.approval.is_some()),
            Event::Undone => self.undone += 1,
            Event::TaskDone | Event::TaskFailed => {}
        }
    }

    fn judged(&mut self, tier: Tier) {
        *self.judged.entry(tier).or_default() += 1;
    }

    fn ended(&mut self, status: Status, asked: bool) {
        *self.ended.entry(status).or_default() += 1;
        match asked {
            false => self.alone += 1,
            true if status != Status::Expired => self.people += 1,
            true => {}
        }
    }

    /// Actions that came to an end.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.ended.values().sum()
    }

    /// Of the actions that came to an end, how many no person was asked about, in whole percent; absent where none
    /// did.
    #[must_use]
    pub fn autonomy_percent(&self) -> Option<u64> {
        self.alone.saturating_mul(100).checked_div(self.decided())
    }
}
