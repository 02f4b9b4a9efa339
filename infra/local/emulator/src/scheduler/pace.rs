//! The time that schedules see: the clock, or a multiple of its pace.

/// Maps the clock to schedule time. At speed 1 they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    speed: i64,
    clock_ms: i64,
    shown_ms: i64,
}

impl Pace {
    /// From `clock_ms` on, when schedule time was `shown_ms`, it runs `speed` times as fast.
    pub(crate) fn new(speed: u32, clock_ms: i64, shown_ms: i64) -> Self {
        Self { speed: i64::from(speed.max(1)), clock_ms, shown_ms }
    }

    /// Schedule time when the clock shows `clock_ms`.
    pub(crate) fn shown(&self, clock_ms: i64) -> i64 {
        let passed = clock_ms.saturating_sub(self.clock_ms);
        self.shown_ms.saturating_add(passed.saturating_mul(self.speed))
    }

    /// What the clock shows when schedule time reaches `shown_ms`.
    pub(crate) fn clock(&self, shown_ms: i64) -> i64 {
        let ahead = shown_ms.saturating_sub(self.shown_ms);
        let rounding = self.speed.saturating_sub(1);
        self.clock_ms.saturating_add(ahead.saturating_add(rounding).div_euclid(self.speed))
    }
}
