//! Faults that AWS shows and an embedded engine does not, by seed, and a count of every call.
//!
//! Whether call number n fails depends on the seed, the kind of fault and n alone, so a run
//! with the same calls in the same order meets the same faults.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often each fault happens, in calls (or messages) out of 1000. All zero by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Which of the equally likely runs this is.
    pub seed: u64,
    /// DynamoDB writes and transactions refused with a conflict, not applied.
    pub transaction_conflict: u16,
    /// Calls to any service refused as throttled, not applied.
    pub throttle: u16,
    /// Calls answered 500 without having been applied.
    pub error_before: u16,
    /// Calls answered 500 although they were applied.
    pub error_after: u16,
    /// SQS messages that stay visible although they were just delivered, or come back although
    /// they were deleted.
    pub duplicate_delivery: u16,
    /// SQS messages that become visible late.
    pub delayed_visibility: u16,
    /// The longest such delay in milliseconds.
    pub max_delay_ms: u32,
}

/// Whether a failing call takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The call fails and nothing happened.
    Before,
    /// The call fails although it was applied: the answer was lost.
    After,
}

/// Counts the AWS calls of a stack and makes chosen ones fail; clones share their state.
#[derive(Debug, Clone, Default)]
pub struct FaultControl {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    faults: Faults,
    calls: u64,
    armed: BTreeMap<u64, When>,
    log: BTreeMap<String, u64>,
    metered: bool,
    units: BTreeMap<String, u64>,
    met: BTreeMap<&'static str, u64>,
}

impl State {
    fn meets(&mut self, fault: &'static str) {
        let times = self.met.entry(fault).or_default();
        *times = times.saturating_add(1);
    }
}

impl FaultControl {
    /// Replaces the random faults from the next call on.
    pub fn set(&self, faults: Faults) {
        self.state().faults = faults;
    }

    /// Makes call number `k` after the last [`FaultControl::reset`] (the first is 1) fail with
    /// status 500, once.
    pub fn fail_call(&self, k: u64, when: When) {
        self.state().armed.insert(k, when);
    }

    /// How many AWS calls arrived over HTTP since the last reset, failed ones included.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Calls since the last reset, by `Service.Operation`.
    pub fn log(&self) -> BTreeMap<String, u64> {
        self.state().log.clone()
    }

    /// From now on, whether what AWS bills by the unit is counted.
    pub fn meter(&self, on: bool) {
        self.state().metered = on;
    }

    /// Tenths of units since the last reset: DynamoDB's request units by operation, as the engine reckons
    /// them with all indexes, and the `events` that were put on buses.
    pub fn units(&self) -> BTreeMap<String, u64> {
        self.state().units.clone()
    }

    /// How often each fault happened since the last reset.
    pub fn met(&self) -> BTreeMap<&'static str, u64> {
        self.state().met.clone()
    }

    pub(crate) fn meters(&self) -> bool {
        self.state().metered
    }

    /// Counts `tenths` of a unit, if units are counted.
    pub(crate) fn bill(&self, name: &str, tenths: u64) {
        let mut state = self.state();
        if state.metered {
            let units = state.units.entry(name.to_owned()).or_default();
            *units = units.saturating_add(tenths);
        }
    }

    /// Sets the counts to zero and forgets the calls that were to fail.
    pub fn reset(&self) {
        let mut state = self.state();
        state.calls = 0;
        state.armed.clear();
        state.log.clear();
        state.units.clear();
        state.met.clear();
    }

    /// Counts one call and says what is to happen to it.
    pub(crate) fn admit(&self, service: &str, operation: &str) -> Fate {
        let mut state = self.state();
        state.calls = state.calls.saturating_add(1);
        let number = state.calls;
        let count = state.log.entry(format!("{service}.{operation}"));
        let count = count.or_default();
        *count = count.saturating_add(1);
        let fate = match state.armed.remove(&number) {
            Some(When::Before) => Fate::ErrorBefore,
            Some(When::After) => Fate::ErrorAfter,
            None => state.faults.fate(number),
        };
        fate.fault().into_iter().for_each(|fault| state.meets(fault));
        fate
    }

    /// Whether this delivery or deletion of a message is to be a duplicate.
    pub(crate) fn duplicates(&self, message: i64, receives: i64) -> bool {
        let mut state = self.state();
        let key = mix(unsigned(message)).wrapping_add(unsigned(receives));
        let again = state.faults.draw(Kind::Duplicate, key, state.faults.duplicate_delivery);
        again.then(|| state.meets("duplicate_delivery"));
        again
    }

    /// How much later than asked for a message is to become visible, in milliseconds.
    pub(crate) fn delay_ms(&self, message: i64) -> i64 {
        let mut state = self.state();
        if !state.faults.draw(Kind::Delay, unsigned(message), state.faults.delayed_visibility) {
            return 0;
        }
        state.meets("delayed_visibility");
        let faults = &state.faults;
        let spread = u64::from(faults.max_delay_ms).saturating_add(1);
        let late = faults.hash(Kind::DelayLength, unsigned(message)).checked_rem(spread);
        late.and_then(|ms| i64::try_from(ms).ok()).unwrap_or(0)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to happen to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Served,
    ErrorBefore,
    ErrorAfter,
    Throttled,
    Conflict,
}

impl Fate {
    /// The fault that it is, in the words of [`Faults`].
    fn fault(self) -> Option<&'static str> {
        match self {
            Self::Served => None,
            Self::ErrorBefore => Some("error_before"),
            Self::ErrorAfter => Some("error_after"),
            Self::Throttled => Some("throttle"),
            Self::Conflict => Some("transaction_conflict"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Conflict = 1,
    Throttle,
    Before,
    After,
    Duplicate,
    Delay,
    DelayLength,
}

impl Faults {
    fn fate(&self, number: u64) -> Fate {
        let table = [
            (Kind::Conflict, self.transaction_conflict, Fate::Conflict),
            (Kind::Throttle, self.throttle, Fate::Throttled),
            (Kind::Before, self.error_before, Fate::ErrorBefore),
            (Kind::After, self.error_after, Fate::ErrorAfter),
        ];
        let hit = table.into_iter().find(|(kind, rate, _)| self.draw(*kind, number, *rate));
        hit.map_or(Fate::Served, |(_, _, fate)| fate)
    }

    fn draw(&self, kind: Kind, number: u64, per_mille: u16) -> bool {
        self.hash(kind, number) % 1000 < u64::from(per_mille)
    }

    fn hash(&self, kind: Kind, number: u64) -> u64 {
        mix(mix(self.seed.wrapping_add(kind as u64)).wrapping_add(number))
    }
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): spreads near inputs far apart.
fn mix(value: u64) -> u64 {
    let z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn unsigned(value: i64) -> u64 {
    u64::from_ne_bytes(value.to_ne_bytes())
}

#[cfg(test)]
mod tests;
