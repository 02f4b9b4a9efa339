//! Requests of a run, by service and operation, as AWS would bill them.
//!
//! What functions call is counted by the emulator. What AWS itself does for a function is reckoned from the
//! invocations: an event-source mapping of a queue receives a batch and deletes it, one request each; a
//! mapping of a table's stream costs nothing.

use crate::world::World;
use anyhow::Result;
use std::collections::BTreeMap;

/// Counts of a run.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// AWS calls, as `Service.Operation`.
    pub calls: BTreeMap<String, u64>,
    /// Invocations by function since the process began.
    invocations: BTreeMap<String, u64>,
    /// Tenths of DynamoDB request units by operation; of metered runs only.
    pub units: BTreeMap<String, u64>,
    /// HTTP requests to the API.
    pub http: u64,
}

/// What is billed of a run, in thousandths of a unit for each gate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Billed {
    /// DynamoDB write request units, indexes included.
    pub writes: u64,
    /// DynamoDB read request units.
    pub reads: u64,
    /// SQS requests, those of event-source mappings included.
    pub sqs: u64,
    /// Events put on the bus.
    pub events: u64,
    /// Lambda invocations, those of the API included.
    pub invocations: u64,
    /// Requests to API Gateway.
    pub http: u64,
}

impl Usage {
    /// What was counted since the emulator's last reset. Invocations are counted since the process began.
    #[must_use]
    pub fn now(world: &World) -> Self {
        let faults = world.stack.aws().faults();
        let text = world.stack.env().registry().render();
        let http = world.requests();
        Self { calls: faults.log(), invocations: invocations(&text), units: faults.units(), http }
    }

    /// What came to it since `before`, of which only invocations and HTTP requests are looked at.
    #[must_use]
    pub fn since(mut self, before: &Self) -> Self {
        for (function, count) in &mut self.invocations {
            *count = count.saturating_sub(before.invocations.get(function).copied().unwrap_or(0));
        }
        self.http = self.http.saturating_sub(before.http);
        self
    }

    /// Invocations of each function.
    pub fn functions(&self) -> impl Iterator<Item = (&str, u64)> {
        self.invocations.iter().map(|(function, count)| (function.as_str(), *count)).filter(|(_, count)| *count > 0)
    }

    /// What AWS would bill for each of `gates`.
    #[must_use]
    pub fn billed(&self, gates: u64) -> Billed {
        let each = |total: u64| total.saturating_mul(1000) / gates.max(1);
        let units = |reads: bool| -> u64 {
            let of = |name: &str| ["get_item", "batch_get_item", "query"].contains(&name) == reads;
            let tables = self.units.iter().filter(|(name, _)| *name != "events");
            tables.filter(|(name, _)| of(name)).map(|(_, tenths)| tenths).sum()
        };
        let sent: u64 = self.calls.iter().filter(|(name, _)| name.starts_with("SQS.")).map(|(_, n)| n).sum();
        let queued: u64 = self.functions().filter(|(name, _)| *name != "relay").map(|(_, n)| n).sum();
        let all: u64 = self.functions().map(|(_, n)| n).sum();
        Billed {
            writes: each(units(false)) / 10,
            reads: each(units(true)) / 10,
            sqs: each(sent + 2 * queued),
            events: each(self.units.get("events").copied().unwrap_or(0)) / 10,
            invocations: each(all + self.http),
            http: each(self.http),
        }
    }
}

/// Invocations by function in Prometheus text.
fn invocations(text: &str) -> BTreeMap<String, u64> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("royal_invocations_total{")) {
        let function = line.split("function=\"").nth(1).and_then(|rest| rest.split('"').next());
        let count = line.rsplit(' ').next().and_then(|count| count.parse::<u64>().ok());
        if let (Some(function), Some(count)) = (function, count) {
            *found.entry(function.to_owned()).or_default() += count;
        }
    }
    found
}

/// Processor time of this process so far, in milliseconds (user and system; the kernel counts in hundredths).
///
/// # Errors
/// Where the system does not say.
pub fn cpu_millis() -> Result<u64> {
    Ok(millis(&std::fs::read_to_string("/proc/self/stat")?))
}

/// The same of the one thread that puts calls to the embedded database.
///
/// # Errors
/// Where the system does not say.
pub fn engine_millis() -> Result<u64> {
    let mut sum = 0;
    for task in std::fs::read_dir("/proc/self/task")? {
        // A thread may end while the list is read.
        let stat = std::fs::read_to_string(task?.path().join("stat")).unwrap_or_default();
        if stat.contains("(emulator-engine)") {
            sum += millis(&stat);
        }
    }
    Ok(sum)
}

/// The 14th and 15th field of a `stat` file.
fn millis(stat: &str) -> u64 {
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    ticks.sum::<u64>() * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invocations_are_read_from_what_the_stack_measures_itself() {
        let text = "royal_invocations_total{function=\"gate\",outcome=\"ok\"} 3\nroyal_other_total{function=\"gate\"} 7\n\
            royal_invocations_total{function=\"gate\",outcome=\"failed\"} 1\n";
        assert_eq!(invocations(text), BTreeMap::from([("gate".to_owned(), 4)]));
    }

    #[test]
    fn a_queue_is_received_from_and_deleted_from_and_a_stream_is_free() {
        let usage = Usage {
            calls: BTreeMap::from([("SQS.SendMessageBatch".to_owned(), 2), ("DynamoDB.GetItem".to_owned(), 9)]),
            invocations: BTreeMap::from([
                ("gate".to_owned(), 1),
                ("storefront".to_owned(), 1),
                ("relay".to_owned(), 4),
            ]),
            units: BTreeMap::from([
                ("get_item".to_owned(), 15),
                ("transact_write_items".to_owned(), 400),
                ("events".to_owned(), 30),
            ]),
            http: 2,
        };
        let billed = usage.billed(1);
        assert_eq!((billed.reads, billed.writes, billed.events), (1_500, 40_000, 3_000));
        assert_eq!((billed.sqs, billed.invocations, billed.http), (6_000, 8_000, 2_000));
    }
}
