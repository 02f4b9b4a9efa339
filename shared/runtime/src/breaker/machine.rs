//! The state machine alone: no lock, no clock.

use serde::Serialize;
use std::time::Duration;
use time::OffsetDateTime;

/// When a breaker opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Failures in a row that open it; at least one.
    pub failures: u32,
    /// How long it stays open.
    pub rest: Duration,
    /// Successful probes in a row that close it again; at least one.
    pub probes: u32,
}

impl Default for Limits {
    /// Opens after 5 failures, rests 30 s, closes after 2 successful probes.
    fn default() -> Self {
        Self { failures: 5, rest: Duration::from_secs(30), probes: 2 }
    }
}

/// What a breaker does with calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Lets every call through.
    Closed,
    /// Refuses every call.
    Open {
        /// Until when.
        #[serde(with = "time::serde::rfc3339")]
        until: OffsetDateTime,
    },
    /// Lets one call at a time through, to see whether the system is back.
    HalfOpen,
}

/// What a reported outcome changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Opened { until: OffsetDateTime },
    Closed,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Closed { failures: u32 },
    Open { until: OffsetDateTime },
    Probing { successes: u32, under_way: bool },
}

/// Every change of phase begins a new round. An outcome from an earlier round is ignored: it tells of the
/// system as it was before.
#[derive(Debug)]
pub(super) struct Machine {
    limits: Limits,
    phase: Phase,
    round: u64,
}

impl Machine {
    pub(super) const fn new(limits: Limits) -> Self {
        Self { limits, phase: Phase::Closed { failures: 0 }, round: 0 }
    }

    pub(super) fn state(&self, now: OffsetDateTime) -> State {
        match self.phase {
            Phase::Closed { .. } => State::Closed,
            Phase::Open { until } if now < until => State::Open { until },
            Phase::Open { .. } | Phase::Probing { .. } => State::HalfOpen,
        }
    }

    /// The round to report the call's outcome for, or the time until which calls are refused.
    pub(super) fn permit(&mut self, now: OffsetDateTime) -> Result<u64, OffsetDateTime> {
        match &mut self.phase {
            Phase::Closed { .. } => {}
            Phase::Open { until } if now < *until => return Err(*until),
            Phase::Probing { under_way: true, .. } => return Err(now),
            Phase::Probing { under_way, .. } => *under_way = true,
            Phase::Open { .. } => self.enter(Phase::Probing { successes: 0, under_way: true }),
        }
        Ok(self.round)
    }

    pub(super) fn succeeded(&mut self, round: u64) -> Option<Change> {
        if round != self.round {
            return None;
        }
        match &mut self.phase {
            Phase::Closed { failures } => *failures = 0,
            Phase::Open { .. } => {}
            Phase::Probing { successes, under_way } => {
                *successes = successes.saturating_add(1);
                *under_way = false;
                if *successes >= self.limits.probes {
                    self.enter(Phase::Closed { failures: 0 });
                    return Some(Change::Closed);
                }
            }
        }
        None
    }

    pub(super) fn failed(&mut self, round: u64, now: OffsetDateTime) -> Option<Change> {
        if round != self.round {
            return None;
        }
        if let Phase::Closed { failures } = &mut self.phase {
            *failures = failures.saturating_add(1);
            if *failures < self.limits.failures {
                return None;
            }
        }
        let until = now + self.limits.rest;
        self.enter(Phase::Open { until });
        Some(Change::Opened { until })
    }

    /// The call of this round has no outcome.
    pub(super) const fn abandoned(&mut self, round: u64) {
        if let Phase::Probing { under_way, .. } = &mut self.phase
            && round == self.round
        {
            *under_way = false;
        }
    }

    const fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.round = self.round.wrapping_add(1);
    }
}
