//! What the table's stream says: the state of everything, and the order in which it came about.
//!
//! Looking here is no AWS call, so a test that counts calls can look as often as it likes.

use async_trait::async_trait;
use emulator::Handler;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

/// Statuses in which somebody has yet to do something.
const ACTIONS_AT_WORK: [&str; 5] = ["PROPOSED", "CEO_REVIEW", "GRANTED", "EXECUTING", "UNKNOWN"];
const STAGES_AT_WORK: [&str; 4] = ["VETTING", "PRICING", "REVIEW", "PUBLISHING"];

/// Status by partition key, and every change of one, in order.
#[derive(Default)]
pub(crate) struct Mirror(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    rows: BTreeMap<String, String>,
    changes: Vec<(String, String)>,
}

impl Mirror {
    /// How many things of this kind have this status.
    pub(crate) fn count(&self, kind: &str, status: &str) -> usize {
        self.seen().count(kind, status)
    }

    /// How many things of this kind there are.
    pub(crate) fn count_all(&self, kind: &str) -> usize {
        let seen = self.seen();
        seen.rows.keys().filter(|pk| pk.split('#').next() == Some(kind)).count()
    }

    /// How many things of this kind have one of these statuses, found without a look at the others.
    pub(crate) fn among(&self, kind: &str, statuses: &[&str]) -> usize {
        let seen = self.seen();
        let (from, to) = (format!("{kind}#"), format!("{kind}$"));
        seen.rows.range(from..to).filter(|(_, status)| statuses.contains(&status.as_str())).count()
    }

    /// Every change so far, as partition key and new status.
    pub(crate) fn changes(&self) -> Vec<(String, String)> {
        self.seen().changes.clone()
    }

    /// Whether nothing waits for anybody but people and the clock.
    pub(crate) fn is_at_rest(&self) -> bool {
        let seen = self.seen();
        let all = |statuses: &[&str], kind| statuses.iter().map(|status| seen.count(kind, status)).sum::<usize>();
        let work = all(&["READY"], "TASK") + all(&["-"], "PROPOSAL") + all(&["INPROGRESS"], "RUN");
        work + all(&ACTIONS_AT_WORK, "ACTION") == 0
            && all(&STAGES_AT_WORK, "JOURNEY") <= seen.count("TASK", "HELD")
            && seen.count("JOURNEY", "DECIDING") <= all(&["PENDING", "HELD"], "ACTION")
    }

    /// Everything that is not done.
    pub(crate) fn told(&self) -> String {
        let seen = self.seen();
        let open = seen.rows.iter().filter(|(_, status)| !["COMPLETED", "DONE", "-"].contains(&status.as_str()));
        open.map(|(pk, status)| format!("{pk} {status}")).collect::<Vec<_>>().join(", ")
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap()
    }
}

impl Seen {
    fn count(&self, kind: &str, status: &str) -> usize {
        let of = |pk: &str| pk.split('#').next() == Some(kind);
        self.rows.iter().filter(|(pk, found)| of(pk) && found.as_str() == status).count()
    }

    fn take(&mut self, record: &Value) {
        let images = &record["dynamodb"];
        if images["Keys"]["sk"]["S"] != "STATE" {
            return;
        }
        let pk = images["Keys"]["pk"]["S"].as_str().unwrap().to_owned();
        let Some(row) = images.get("NewImage").filter(|image| !image.is_null()) else {
            self.rows.remove(&pk);
            return;
        };
        let status = row["status"]["S"].as_str().unwrap_or("-").to_owned();
        self.rows.insert(pk.clone(), status.clone());
        self.changes.push((pk, status));
    }
}

#[async_trait]
impl Handler for Mirror {
    async fn invoke(&self, event: Value) -> Result<Value, String> {
        let mut seen = self.seen();
        event["Records"].as_array().unwrap().iter().for_each(|record| seen.take(record));
        Ok(Value::Null)
    }
}
