//! What a million gates cost on AWS, from counted requests.
//!
//! List prices of `us-east-1` without free tiers, as published in November 2026. Prices are in
//! thousandths of a dollar for a million.

use crate::usage::Billed;

/// DynamoDB on demand, write request units (1 KB; transactional ones count twice).
pub const WRITE_UNITS: u64 = 625;
/// DynamoDB on demand, read request units (4 KB, consistent; the emulator counts half ones for others).
pub const READ_UNITS: u64 = 125;
/// SQS standard queues, requests.
pub const SQS: u64 = 400;
/// EventBridge, custom events.
pub const EVENTS: u64 = 1_000;
/// Lambda, requests.
pub const INVOCATIONS: u64 = 200;
/// API Gateway HTTP APIs, requests.
pub const HTTP: u64 = 1_000;
/// Lambda on arm64, a GB-second in billionths of a dollar.
pub const GB_SECOND: u64 = 13_333;
/// What an invocation is reckoned to take: 20 ms at 256 MB, which a warm function of ours stays below when
/// it waits for two or three calls of DynamoDB.
pub const INVOCATION_GB_MICROSECONDS: u64 = 5_000;

/// One line of the bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is billed.
    pub what: &'static str,
    /// Thousandths of it for each gate.
    pub each: u64,
    /// Thousandths of a dollar for a million gates.
    pub cost: u64,
}

/// The bill of a million gates.
#[must_use]
pub fn bill(billed: &Billed) -> Vec<Line> {
    let line = |what, each: u64, price: u64| Line { what, each, cost: each * price / 1000 };
    // GB-microseconds of a million gates are as many GB-seconds of one
    let seconds = billed.invocations * INVOCATION_GB_MICROSECONDS / 1000;
    vec![
        line("DynamoDB write request units", billed.writes, WRITE_UNITS),
        line("DynamoDB read request units", billed.reads, READ_UNITS),
        line("SQS requests", billed.sqs, SQS),
        line("EventBridge events", billed.events, EVENTS),
        line("Lambda invocations", billed.invocations, INVOCATIONS),
        Line {
            what: "Lambda time (20 ms at 256 MB each)",
            each: billed.invocations,
            cost: seconds * GB_SECOND / 1_000_000,
        },
        line("API Gateway requests", billed.http, HTTP),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_gates_cost_what_their_requests_cost() {
        let one = Billed { writes: 10_000, reads: 8_000, sqs: 6_000, events: 3_000, invocations: 8_000, http: 2_000 };
        let costs: Vec<u64> = bill(&one).iter().map(|line| line.cost).collect();
        assert_eq!(costs, [6_250, 1_000, 2_400, 3_000, 1_600, 533, 2_000]);
    }
}
