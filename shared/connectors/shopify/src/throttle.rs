//! The shop's leaky bucket, as far as its answers tell.
//!
//! What a request will cost is only known from the answer to the last one of its kind: the formulas that
//! circulate are wrong. So the first request of a kind is guessed, and the rest are measured.

use serde::Deserialize;
use serde_json::Number;
use std::{collections::HashMap, time::Duration};

/// Points that a request is taken to cost before the shop has told.
const GUESS: u64 = 20;
/// How long to wait when the shop refuses a request and does not say what it has left.
const BLIND: Duration = Duration::from_secs(1);

/// `extensions.cost` of an answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cost {
    #[serde(deserialize_with = "whole")]
    requested_query_cost: u64,
    throttle_status: Status,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    #[serde(deserialize_with = "whole")]
    maximum_available: u64,
    #[serde(deserialize_with = "whole")]
    currently_available: u64,
    #[serde(deserialize_with = "whole")]
    restore_rate: u64,
}

/// The shop writes whole points, sometimes as `2000.0`.
fn whole<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let number = Number::deserialize(from)?.to_string();
    let digits = number.split('.').next().unwrap_or_default();
    digits.parse().map_err(|_| serde::de::Error::custom(format!("`{number}` is no number of points")))
}

impl Cost {
    /// Points that the request was taken to cost.
    pub(crate) const fn requested(&self) -> u64 {
        self.requested_query_cost
    }

    /// Points that are gone of the bucket, and how many there are at most.
    pub(crate) const fn used(&self) -> (u64, u64) {
        let status = &self.throttle_status;
        (status.maximum_available.saturating_sub(status.currently_available), status.maximum_available)
    }

    /// How long the bucket takes to fill up to this request.
    pub(crate) fn shortage(&self) -> Duration {
        let status = &self.throttle_status;
        let missing = self.requested_query_cost.saturating_sub(status.currently_available);
        refill(missing.max(1), status.restore_rate)
    }
}

/// How long the bucket takes to gain `points`.
fn refill(points: u64, rate: u64) -> Duration {
    let millis = points.saturating_mul(1000).checked_div(rate);
    millis.map_or(BLIND, |ms| Duration::from_millis(ms.saturating_add(1)))
}

/// How long to wait after a refusal.
pub(crate) fn after(cost: Option<&Cost>) -> Duration {
    cost.map_or(BLIND, Cost::shortage)
}

#[derive(Debug)]
struct Level {
    available: u64,
    maximum: u64,
    rate: u64,
    at: Duration,
}

/// What is known of the bucket, and what each kind of request cost last.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    level: Option<Level>,
    costs: HashMap<&'static str, u64>,
}

impl Bucket {
    /// How long a request must wait for room; when there is room, its cost is set aside.
    pub(crate) fn wait(&mut self, operation: &'static str, now: Duration) -> Duration {
        let cost = self.costs.get(operation).copied().unwrap_or(GUESS);
        let Some(level) = &mut self.level else {
            return Duration::ZERO;
        };
        level.restore(now);
        let missing = cost.min(level.maximum).saturating_sub(level.available);
        if missing == 0 {
            level.available = level.available.saturating_sub(cost);
            return Duration::ZERO;
        }
        refill(missing, level.rate)
    }

    /// Takes over what an answer says.
    pub(crate) fn learn(&mut self, operation: &'static str, cost: &Cost, now: Duration) {
        self.costs.insert(operation, cost.requested_query_cost);
        self.level = Some(Level {
            available: cost.throttle_status.currently_available,
            maximum: cost.throttle_status.maximum_available,
            rate: cost.throttle_status.restore_rate,
            at: now,
        });
    }
}

impl Level {
    fn restore(&mut self, now: Duration) {
        let passed = now.saturating_sub(self.at).as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        let gained = passed.saturating_mul(self.rate) / 1000;
        self.available = self.available.saturating_add(gained).min(self.maximum);
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn cost(requested: u64, available: u64) -> Cost {
        let status = json!({ "maximumAvailable": 2000.0, "currentlyAvailable": available, "restoreRate": 100.0 });
        serde_json::from_value(json!({ "requestedQueryCost": requested, "throttleStatus": status })).unwrap()
    }

    #[test]
    fn a_request_waits_until_the_bucket_can_pay_it() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.wait("A", Duration::ZERO), Duration::ZERO);
        bucket.learn("A", &cost(500, 300), Duration::ZERO);
        let wait = bucket.wait("A", Duration::ZERO);
        assert_eq!(wait, Duration::from_millis(2001));
        assert_eq!(bucket.wait("A", wait), Duration::ZERO);
        assert!(bucket.wait("A", wait) > Duration::ZERO, "it was set aside");
    }

    #[test]
    fn a_request_dearer_than_the_bucket_waits_for_a_full_one_and_is_sent() {
        let mut bucket = Bucket::default();
        bucket.learn("A", &cost(5000, 2000), Duration::ZERO);
        assert_eq!(bucket.wait("A", Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn what_is_used_is_what_is_missing_of_a_full_bucket() {
        assert_eq!(cost(10, 500).used(), (1500, 2000));
    }

    #[test]
    fn a_shortage_is_what_is_missing_over_what_is_restored() {
        assert_eq!(cost(1000, 400).shortage(), Duration::from_millis(6001));
        assert_eq!(after(None), BLIND);
        assert_eq!(refill(1, 0), BLIND, "a rate of nothing is not divided by");
    }
}
