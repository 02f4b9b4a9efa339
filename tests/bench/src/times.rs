//! Durations of many runs, and what is said of them.

use std::time::Duration;

/// Durations of one stage.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<u64>);

impl Times {
    /// Adds one.
    pub fn add(&mut self, took: Duration) {
        self.0.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// Adds those of another client.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Microseconds that `percent` out of a hundred did not exceed; nothing where nothing was measured.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Option<u64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied()
    }
}

/// How many happened in a second, in thousandths, when `count` took `took`.
#[must_use]
pub fn per_second(count: u64, took: Duration) -> u64 {
    let micros = u128::from(count) * 1_000_000_000;
    u64::try_from(micros / took.as_micros().max(1)).unwrap_or(u64::MAX)
}

/// A number of thousandths, written with one decimal.
#[must_use]
pub fn thousandths(value: u64) -> String {
    format!("{}.{}", value / 1000, value % 1000 / 100)
}

/// Microseconds, written as milliseconds with one decimal.
#[must_use]
pub fn millis(micros: Option<u64>) -> String {
    micros.map_or_else(|| "-".to_owned(), thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let mut times = Times::default();
        assert_eq!(times.percentile(50), None);
        (1..=100).for_each(|ms| times.add(Duration::from_millis(ms)));
        let found = [1, 50, 99, 100].map(|percent| times.percentile(percent));
        assert_eq!(found, [1_000, 50_000, 99_000, 100_000].map(Some));
    }

    #[test]
    fn a_rate_is_written_with_one_decimal() {
        assert_eq!(thousandths(per_second(3, Duration::from_secs(2))), "1.5");
        assert_eq!(millis(Some(1_250)), "1.2");
        assert_eq!(millis(None), "-");
    }
}
