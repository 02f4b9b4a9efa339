//! Circuit breakers: an outside system that keeps failing is left alone for a while.
//!
//! Closed: calls go through. Open: calls are refused at once, so that a queue's messages come back later
//! instead of each waiting for a time-out. Half-open: a few single calls probe whether the system is back.
//! The state lives in the memory of one process; other environments of the same function find out themselves.
//! How much of what a system allows is used up is measured here too, as far as its answers tell.
//! The time comes from the clock port, which no kept crate allows.

mod machine;

pub use machine::{Limits, State};

use crate::{Clock, metrics::Metrics};
use machine::{Change, Machine};
use reqwest::{StatusCode, header::HeaderMap};
use std::{
    collections::BTreeMap,
    fmt::Display,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use time::OffsetDateTime;

/// The call was not made: the system is being left alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{system}` failed repeatedly and is left alone until {until}")]
pub struct Refused {
    /// The outside system.
    pub system: String,
    /// When a call may be tried again.
    pub until: OffsetDateTime,
}

/// Why a guarded call gave no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError<E: Display> {
    /// The call was not made.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The call was made and failed.
    #[error("{0}")]
    Failed(E),
}

/// How much of what an outside system allows is used up, in percent: 100 where it refused a request for that.
const USED: &str = "outside_limit_used_percent";
/// How often an outside system began to be left alone.
const LEFT_ALONE: &str = "outside_left_alone_total";

/// The circuit breaker of one outside system.
pub struct Breaker {
    system: String,
    clock: Arc<dyn Clock>,
    metrics: Arc<dyn Metrics>,
    machine: Mutex<Machine>,
}

impl Breaker {
    /// A closed breaker for `system`.
    #[must_use]
    pub fn new(system: impl Into<String>, limits: Limits, clock: Arc<dyn Clock>, metrics: Arc<dyn Metrics>) -> Self {
        Self { system: system.into(), clock, metrics, machine: Mutex::new(Machine::new(limits)) }
    }

    /// Measures what an answer says about how often the system may be asked: the refusal of too many requests, or
    /// `X-RateLimit-Limit` and `X-RateLimit-Remaining`, which most systems send with every answer.
    pub fn heard(&self, status: StatusCode, headers: &HeaderMap) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.uses(1, 1);
        } else if let Some((limit, left)) = number("x-ratelimit-limit").zip(number("x-ratelimit-remaining")) {
            self.uses(limit.saturating_sub(left), limit);
        }
    }

    /// Measures that `used` of what the system allows, `most`, is used up.
    pub fn uses(&self, used: u64, most: u64) {
        let percent = used.saturating_mul(100).checked_div(most).unwrap_or(100).min(100);
        self.metrics.peak(USED, i64::try_from(percent).unwrap_or(100), &[("system", &self.system)]);
    }

    /// Its state now.
    #[must_use]
    pub fn state(&self) -> State {
        self.machine().state(self.clock.now())
    }

    /// Makes `call` if the breaker lets it through. `counts` says which errors speak against the system:
    /// a time-out or a server fault does, a refused input does not.
    ///
    /// # Errors
    /// When the call was refused, or failed.
    pub async fn call<T, E: Display>(
        &self,
        counts: impl Fn(&E) -> bool,
        call: impl Future<Output = Result<T, E>>,
    ) -> Result<T, CallError<E>> {
        let permit = self.permit()?;
        match call.await {
            Err(error) if counts(&error) => {
                permit.failed();
                Err(CallError::Failed(error))
            }
            result => {
                permit.succeeded();
                result.map_err(CallError::Failed)
            }
        }
    }

    /// Whether a call would be let through now.
    ///
    /// # Errors
    /// As [`Breaker::permit`].
    pub fn ready(&self) -> Result<(), Refused> {
        self.permit().map(drop)
    }

    /// Leave to make one call; its outcome is reported on the permit.
    ///
    /// # Errors
    /// When the system is being left alone, or enough probes are under way.
    pub fn permit(&self) -> Result<Permit<'_>, Refused> {
        let now = self.clock.now();
        match self.machine().permit(now) {
            Ok(round) => Ok(Permit { breaker: self, round: Some(round) }),
            Err(until) => Err(Refused { system: self.system.clone(), until }),
        }
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, change: Option<Change>) {
        match change {
            Some(Change::Opened { until }) => {
                self.metrics.count(LEFT_ALONE, 1, &[("system", &self.system)]);
                tracing::warn!(system = self.system, %until, "outside system failed repeatedly and is left alone");
            }
            Some(Change::Closed) => tracing::info!(system = self.system, "outside system is back"),
            None => {}
        }
    }
}

/// Leave to make one call. Dropped without an outcome (the call was cancelled), it counts for nothing.
#[must_use = "the breaker learns from the call's outcome"]
pub struct Permit<'a> {
    breaker: &'a Breaker,
    round: Option<u64>,
}

impl Permit<'_> {
    /// The system answered.
    pub fn succeeded(mut self) {
        let round = self.round.take();
        let change = round.and_then(|round| self.breaker.machine().succeeded(round));
        self.breaker.report(change);
    }

    /// The system did not answer, or answered with a fault of its own.
    pub fn failed(mut self) {
        let now = self.breaker.clock.now();
        let round = self.round.take();
        let change = round.and_then(|round| self.breaker.machine().failed(round, now));
        self.breaker.report(change);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(round) = self.round {
            self.breaker.machine().abandoned(round);
        }
    }
}

/// One breaker per outside system, created at first use.
pub struct Breakers {
    limits: Limits,
    clock: Arc<dyn Clock>,
    metrics: Arc<dyn Metrics>,
    all: Mutex<BTreeMap<String, Arc<Breaker>>>,
}

impl Breakers {
    /// No breakers yet; all will have the same limits.
    #[must_use]
    pub fn new(limits: Limits, clock: Arc<dyn Clock>, metrics: Arc<dyn Metrics>) -> Self {
        Self { limits, clock, metrics, all: Mutex::default() }
    }

    /// The breaker of `system`.
    #[must_use]
    pub fn of(&self, system: &str) -> Arc<Breaker> {
        let (clock, metrics) = (Arc::clone(&self.clock), Arc::clone(&self.metrics));
        let new = || Arc::new(Breaker::new(system, self.limits, clock, metrics));
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(system.to_owned()).or_insert_with(new))
    }

    /// The state of every breaker that was ever used, by system, for a readiness report.
    #[must_use]
    pub fn states(&self) -> BTreeMap<String, State> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let state = |(system, breaker): (&String, &Arc<Breaker>)| (system.clone(), breaker.state());
        all.iter().map(state).collect()
    }
}

#[cfg(test)]
mod tests;
