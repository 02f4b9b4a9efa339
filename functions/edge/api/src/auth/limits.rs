//! How often one caller may ask, in this process: so that nobody takes it away from all others.
//!
//! Decisions and reads are counted apart: whoever looks too often can still decide and stop. Callers are told apart by
//! account, after their token was verified; what comes without a good token never gets here.

use crate::problem::{Kind, Problem};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};
use runtime::config::Rates;
use std::num::NonZeroU32;

/// How much more than in the long run is allowed at once.
const BURST: u32 = 10;
/// Accounts that are remembered before those that rest are forgotten.
const CROWD: usize = 10_000;

/// The callers of this process.
pub(super) struct Limits {
    reads: Option<DefaultKeyedRateLimiter<String>>,
    writes: Option<DefaultKeyedRateLimiter<String>>,
}

impl Limits {
    pub(super) fn new(rates: Rates) -> Self {
        Self { reads: limiter(rates.reads), writes: limiter(rates.writes) }
    }

    /// Counts one request of `account`.
    ///
    /// # Errors
    /// When there were too many, with how long to wait.
    pub(super) fn count(&self, account: &str, reads: bool) -> Result<(), Problem> {
        let Some(limiter) = (if reads { &self.reads } else { &self.writes }) else {
            return Ok(());
        };
        if limiter.len() > CROWD {
            limiter.retain_recent();
        }
        limiter.check_key(&account.to_owned()).map_err(|until| {
            let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1);
            Problem::new(Kind::TooMany, format!("try again in {seconds} s")).after(seconds)
        })
    }
}

fn limiter(per_second: u32) -> Option<DefaultKeyedRateLimiter<String>> {
    let burst = NonZeroU32::new(per_second.saturating_mul(BURST))?;
    Some(RateLimiter::keyed(Quota::per_second(NonZeroU32::new(per_second)?).allow_burst(burst)))
}
