//! Misbehaviour on purpose, for tests and demonstrations.

use crate::Service;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// HTTP 429 with `Retry-After: 1`; nothing is taken.
    TooManyRequests,
    /// HTTP 500; nothing is taken.
    InternalErrorBefore,
    /// HTTP 500, after the message was taken.
    InternalErrorAfter,
    /// The connection breaks; nothing is taken.
    DroppedBefore,
    /// The connection breaks after the message was taken.
    DroppedAfter,
    /// The message is taken, and no answer comes for a minute.
    Silent,
    /// The credential is refused.
    Denied,
}

impl FaultKind {
    /// Whether the message is taken all the same.
    pub(crate) const fn takes(self) -> bool {
        matches!(self, Self::InternalErrorAfter | Self::DroppedAfter | Self::Silent)
    }
}

/// A fault that meets the next requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many requests meet it.
    #[serde(default = "one")]
    pub times: u32,
    /// Only requests to this service meet it; without it, requests to either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

const fn one() -> u32 {
    1
}

/// The faults in waiting, met in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, faults: Vec<Fault>) {
        self.lock().extend(faults);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// The fault that a request to `service` meets, used up by one.
    pub(crate) fn take(&self, service: Service) -> Option<FaultKind> {
        let mut faults = self.lock();
        let meets = |fault: &Fault| fault.times > 0 && fault.service.is_none_or(|only| only == service);
        let fault = faults.iter_mut().find(|fault| meets(fault))?;
        fault.times = fault.times.saturating_sub(1);
        let kind = fault.kind;
        faults.retain(|fault| fault.times > 0);
        Some(kind)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
