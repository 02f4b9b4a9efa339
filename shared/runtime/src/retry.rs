//! Trying again: exponential backoff with full jitter, bounded in attempts and in time.
//!
//! Full jitter (a wait anywhere between nothing and the bound, which doubles) spreads callers that failed
//! together better than a fixed wait with some noise on top. The random source, the sleeping and the time
//! are ports, so that a test sees every wait exactly; the kept crates add their jitter to the wait and bring
//! their own random source, so the loop stands here.

use crate::{Clock, clock::SystemClock};
use async_trait::async_trait;
use rand::Rng as _;
use std::{sync::Arc, time::Duration};
use time::OffsetDateTime;

/// A random source for waits.
pub trait Rng: Send + Sync {
    /// A duration, uniform from zero to `most`, both included.
    fn up_to(&self, most: Duration) -> Duration;
}

/// The thread's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreadRng;

impl Rng for ThreadRng {
    fn up_to(&self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(rand::rng().random_range(0..=most))
    }
}

/// Waits.
#[async_trait]
pub trait Sleeper: Send + Sync {
    /// Comes back after `duration`.
    async fn sleep(&self, duration: Duration);
}

/// Waits on tokio's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioSleeper;

#[async_trait]
impl Sleeper for TokioSleeper {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// What an error means for the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Another attempt would fail the same way.
    Stop,
    /// Another attempt may succeed.
    Again,
    /// Another attempt may succeed, but not before this time has passed (`Retry-After`, a throttle's answer).
    After(Duration),
}

/// How often and how long to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls in all, the first one included; at least one is made.
    pub attempts: u32,
    /// Bound of the first wait; each further bound is twice as long.
    pub first: Duration,
    /// No bound grows beyond this.
    pub most: Duration,
    /// No wait ends later than this after the first call began.
    pub total: Duration,
}

impl Limits {
    /// Bound of the wait after `failures` failed calls: `first * 2^(failures - 1)`, at most `most`.
    fn bound(&self, failures: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.most)
    }
}

impl Default for Limits {
    /// Four calls within 20 s, the waits at most 0.2, 0.4 and 0.8 s.
    fn default() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_millis(200),
            most: Duration::from_secs(5),
            total: Duration::from_secs(20),
        }
    }
}

/// Calls again what failed.
#[derive(Clone)]
pub struct Retry {
    limits: Limits,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    sleeper: Arc<dyn Sleeper>,
}

impl Retry {
    /// Retries on the machine's clock, timer and random source.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self::with_ports(limits, Arc::new(SystemClock), Arc::new(ThreadRng), Arc::new(TokioSleeper))
    }

    /// Retries on given ports. `clock` must advance while `sleeper` sleeps, or `total` bounds nothing.
    #[must_use]
    pub fn with_ports(limits: Limits, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>, sleeper: Arc<dyn Sleeper>) -> Self {
        Self { limits, clock, rng, sleeper }
    }

    /// Calls `call` until it succeeds, `verdict` says stop, or a limit is reached.
    ///
    /// # Errors
    /// With the last call's error.
    pub async fn run<T, E, Fut>(&self, verdict: impl Fn(&E) -> Verdict, mut call: impl FnMut() -> Fut) -> Result<T, E>
    where
        Fut: Future<Output = Result<T, E>>,
    {
        let start = self.clock.now();
        let mut failures = 0_u32;
        loop {
            let error = match call().await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            failures = failures.saturating_add(1);
            match self.wait(verdict(&error), failures) {
                Some(wait) if self.ends_in_time(start, wait) => self.sleeper.sleep(wait).await,
                _ => return Err(error),
            }
        }
    }

    fn ends_in_time(&self, start: OffsetDateTime, wait: Duration) -> bool {
        let elapsed = Duration::try_from(self.clock.now() - start).unwrap_or_default();
        elapsed.saturating_add(wait) <= self.limits.total
    }

    /// How long to wait before the next call, if there is one.
    ///
    /// On top of a wait that the remote asked for comes jitter too: it asked everybody for the same.
    fn wait(&self, verdict: Verdict, failures: u32) -> Option<Duration> {
        let least = match verdict {
            Verdict::Stop => return None,
            Verdict::Again => Duration::ZERO,
            Verdict::After(least) => least,
        };
        let jitter = || self.rng.up_to(self.limits.bound(failures));
        (failures < self.limits.attempts).then(|| least.saturating_add(jitter()))
    }
}

/// A short wait before trying again what another writer was first at: up to 5 ms, then 10, 20 …, by chance, so
/// that two writers do not meet again.
pub async fn give_way(round: u32) {
    let most = 5_u64 << round.min(6);
    tokio::time::sleep(Duration::from_millis(rand::random_range(0..=most))).await;
}

#[cfg(test)]
mod tests;
