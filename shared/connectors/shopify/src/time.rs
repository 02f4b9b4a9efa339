//! Waiting, as a port: a test brings a clock that jumps.

use async_trait::async_trait;
use rand::Rng as _;
use std::time::{Duration, Instant};

/// Tells how much time has passed, waits, and spreads waits.
#[async_trait]
pub trait Time: Send + Sync {
    /// Time since an instant that does not change.
    fn now(&self) -> Duration;

    /// Waits.
    async fn sleep(&self, wait: Duration);

    /// Any duration from zero to `most`, so that many clients do not come back at once.
    fn spread(&self, most: Duration) -> Duration;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemTime {
    start: Instant,
}

impl Default for SystemTime {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

#[async_trait]
impl Time for SystemTime {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn spread(&self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(rand::rng().random_range(0..=most))
    }
}
