//! How often, and for how long altogether, a request is tried.

use crate::{Error, operation::Kind, time::Time};
use std::time::Duration;

/// Bounds of one call, all its attempts together.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Attempts, the first included.
    pub attempts: u32,
    /// Time spent waiting between them.
    pub waiting: Duration,
}

impl Default for Patience {
    /// Four attempts, and at most 15 s of waiting: well within one invocation.
    fn default() -> Self {
        Self { attempts: 4, waiting: Duration::from_secs(15) }
    }
}

/// First wait after a failure that says nothing about when to come back; doubled each time.
const FIRST: Duration = Duration::from_millis(250);

/// What is left of a call's patience.
pub(crate) struct Effort {
    attempts: u32,
    waiting: Duration,
    backoff: Duration,
}

impl Effort {
    pub(crate) const fn new(patience: Patience) -> Self {
        Self { attempts: patience.attempts, waiting: patience.waiting, backoff: FIRST }
    }

    /// Takes `wait` out of what is left, if it fits.
    pub(crate) fn afford(&mut self, wait: Duration) -> bool {
        match self.waiting.checked_sub(wait) {
            Some(left) => self.waiting = left,
            None => return false,
        }
        true
    }

    /// How long to wait before the next attempt, if there is one.
    pub(crate) fn wait_after(&mut self, error: &Error, kind: Kind, time: &dyn Time) -> Option<Duration> {
        self.attempts = self.attempts.saturating_sub(1);
        let wait = match error {
            _ if self.attempts == 0 => return None,
            Error::Throttled { after, .. } => after.saturating_add(time.spread(*after / 10)),
            Error::Unavailable { .. } => self.back_off(time),
            // The shop remembers the key, so the same request again is no second effect.
            Error::Unknown { .. } if kind == Kind::Keyed => self.back_off(time),
            Error::Rejected { .. } | Error::Denied { .. } | Error::CalledOff { .. } | Error::Unknown { .. } => {
                return None;
            }
        };
        self.afford(wait).then_some(wait)
    }

    fn back_off(&mut self, time: &dyn Time) -> Duration {
        let wait = self.backoff.saturating_add(time.spread(self.backoff));
        self.backoff = self.backoff.saturating_mul(2);
        wait
    }
}
