use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use time::OffsetDateTime;

/// The leaky bucket of one app in one store. Counts thousandths of a point, so that a refill of
/// less than one point is not lost.
pub(crate) struct Bucket {
    size: i64,
    rate: i64,
    level: Mutex<(i64, OffsetDateTime)>,
}

const MILLI: i64 = 1000;

impl Bucket {
    pub(crate) fn new(size: u32, rate: u32, now: OffsetDateTime) -> Self {
        let full = i64::from(size).saturating_mul(MILLI);
        Self { size: full, rate: i64::from(rate), level: Mutex::new((full, now)) }
    }

    /// Takes points out; answers whether there were enough.
    pub(crate) fn take(&self, points: u64, now: OffsetDateTime) -> bool {
        let wanted = milli(points);
        self.change(now, |level| {
            let enough = *level >= wanted;
            if enough {
                *level = level.saturating_sub(wanted);
            }
            enough
        })
    }

    /// Gives back what was reserved and not used.
    pub(crate) fn refund(&self, points: u64, now: OffsetDateTime) {
        self.change(now, |level| *level = level.saturating_add(milli(points)).min(self.size));
    }

    /// `extensions.cost` of an answer.
    pub(crate) fn report(&self, requested: u64, actual: Option<u64>, now: OffsetDateTime) -> Value {
        let available = self.change(now, |level| level.div_euclid(MILLI));
        json!({
            "requestedQueryCost": requested,
            "actualQueryCost": actual,
            "throttleStatus": {
                "maximumAvailable": self.size.div_euclid(MILLI),
                "currentlyAvailable": available,
                "restoreRate": self.rate,
            },
        })
    }

    fn change<T>(&self, now: OffsetDateTime, act: impl FnOnce(&mut i64) -> T) -> T {
        let mut guard = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let (level, at) = &mut *guard;
        let elapsed = i64::try_from((now - *at).whole_milliseconds().max(0)).unwrap_or(i64::MAX);
        *level = level.saturating_add(elapsed.saturating_mul(self.rate)).min(self.size);
        *at = now.max(*at);
        act(level)
    }
}

fn milli(points: u64) -> i64 {
    i64::try_from(points).unwrap_or(i64::MAX).saturating_mul(MILLI)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn an_empty_bucket_refuses_until_the_clock_has_refilled_it() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let bucket = Bucket::new(100, 10, start);
        assert!(bucket.take(90, start));
        assert!(!bucket.take(20, start));
        assert!(!bucket.take(20, start + Duration::milliseconds(999)));
        assert!(bucket.take(20, start + Duration::seconds(1)));
        bucket.refund(500, start + Duration::seconds(1));
        let report = bucket.report(20, Some(1), start + Duration::seconds(1));
        assert_eq!(report["throttleStatus"]["currentlyAvailable"], 100);
    }
}
