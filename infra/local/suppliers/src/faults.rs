//! Misbehaviour on purpose, for tests and demonstrations.

use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// HTTP 429 with a `Retry-After` of `delay_ms`; nothing is applied.
    TooManyRequests,
    /// HTTP 500; nothing is applied.
    InternalErrorBefore,
    /// HTTP 500, after the request was applied.
    InternalErrorAfter,
    /// The connection breaks; nothing is applied.
    DroppedBefore,
    /// The connection breaks after the request was applied.
    DroppedAfter,
    /// The request is applied, and no answer comes for a minute.
    Silent,
    /// The request is applied and answered after `delay_ms`.
    Slow,
    /// The credential is refused.
    Denied,
    /// What is asked about or ordered is out of stock.
    OutOfStock,
    /// The order costs a tenth more than was said.
    WrongPrice,
    /// The order ships ten times later than usual.
    Late,
    /// The order is paid and then not sent.
    Fails,
    /// A callback is sent twice.
    DuplicateCallback,
    /// A callback is never sent.
    LostCallback,
}

impl FaultKind {
    /// Whether it is met by requests, and not by orders or callbacks.
    pub(crate) const fn is_of_requests(self) -> bool {
        matches!(
            self,
            Self::TooManyRequests
                | Self::InternalErrorBefore
                | Self::InternalErrorAfter
                | Self::DroppedBefore
                | Self::DroppedAfter
                | Self::Silent
                | Self::Slow
                | Self::Denied
        )
    }

    /// Whether the request is applied all the same.
    pub(crate) const fn applies(self) -> bool {
        matches!(self, Self::InternalErrorAfter | Self::DroppedAfter | Self::Silent | Self::Slow)
    }
}

/// A fault that meets the next requests, orders or callbacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How often it is met.
    #[serde(default = "one")]
    pub times: u32,
    /// Only this operation (`createOrderV2`, `confirmOrder` …) meets it; without it every one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// How long an answer takes that is slow, or how long is to be waited, in milliseconds.
    #[serde(default)]
    pub delay_ms: u64,
}

const fn one() -> u32 {
    1
}

impl Fault {
    /// A fault that is met once.
    #[must_use]
    pub fn once(kind: FaultKind) -> Self {
        Self { kind, times: 1, operation: None, delay_ms: 0 }
    }

    /// The same for one operation only.
    #[must_use]
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }
}

/// The faults in waiting, met in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().extend(faults);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// The fault of a request for this operation, used up by one.
    pub(crate) fn of_request(&self, operation: &str) -> Option<Fault> {
        self.take(operation, FaultKind::is_of_requests)
    }

    /// Whether something of this kind is to go wrong with this operation, used up by one.
    pub(crate) fn has(&self, operation: &str, kind: FaultKind) -> bool {
        self.take(operation, |other| other == kind).is_some()
    }

    fn take(&self, operation: &str, wanted: impl Fn(FaultKind) -> bool) -> Option<Fault> {
        let mut faults = self.lock();
        let meets = |fault: &Fault| {
            fault.times > 0 && wanted(fault.kind) && fault.operation.as_deref().is_none_or(|only| only == operation)
        };
        let fault = faults.iter_mut().find(|fault| meets(fault))?;
        fault.times = fault.times.saturating_sub(1);
        let taken = fault.clone();
        faults.retain(|fault| fault.times > 0);
        Some(taken)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
