//! Misbehaviour on purpose, for tests and demonstrations.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// HTTP 200 with `THROTTLED`; nothing is applied.
    Throttled,
    /// HTTP 200 with `INTERNAL_SERVER_ERROR`; nothing is applied.
    InternalErrorBefore,
    /// HTTP 200 with `INTERNAL_SERVER_ERROR`, after the effect was applied.
    InternalErrorAfter,
    /// The connection breaks; nothing is applied.
    DroppedBefore,
    /// The connection breaks after the effect was applied.
    DroppedAfter,
    /// HTTP 429 with `Retry-After: 2.0`; nothing is applied.
    TooManyRequests,
    /// The request is applied and answered after `delay_ms`.
    Delay,
    /// A webhook is never sent. `operation` is its topic (`orders/create`).
    WebhookLost,
    /// A webhook is sent twice.
    WebhookTwice,
    /// A webhook is sent `delay_ms` later, so after younger ones.
    WebhookLate,
}

impl FaultKind {
    /// Whether it meets webhooks that the shop sends, not requests that it gets.
    fn meets_webhooks(self) -> bool {
        matches!(self, Self::WebhookLost | Self::WebhookTwice | Self::WebhookLate)
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
    /// Only requests with this root field (`productSet`) meet it; without it every valid request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// How long a `Delay` lasts, in milliseconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delay_ms: u64,
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Fault {
    /// A fault that the next request meets once.
    pub fn once(kind: FaultKind) -> Self {
        Self { kind, times: 1, operation: None, delay_ms: 0 }
    }

    /// The same fault for requests with one root field only.
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }
}

/// The faults in waiting, met in the order they were added.
#[derive(Debug, Default)]
pub struct Faults(Mutex<VecDeque<Fault>>);

impl Faults {
    /// Adds faults behind those in waiting.
    pub fn add(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().extend(faults);
    }

    /// Forgets all faults in waiting.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The faults in waiting with the number of requests that each still meets.
    pub fn waiting(&self) -> Vec<Fault> {
        self.lock().iter().cloned().collect()
    }

    /// The fault that a webhook of this topic meets, used up by one.
    pub(crate) fn take_webhook(&self, topic: &str) -> Option<Fault> {
        self.take_of(|kind| kind.meets_webhooks(), &[topic])
    }

    /// The fault that a request with these root fields meets, used up by one.
    pub(crate) fn take(&self, operations: &[&str]) -> Option<Fault> {
        self.take_of(|kind| !kind.meets_webhooks(), operations)
    }

    fn take_of(&self, kind: impl Fn(FaultKind) -> bool, operations: &[&str]) -> Option<Fault> {
        let mut faults = self.lock();
        let meets = |f: &Fault| {
            let operation = f.operation.as_deref();
            f.times > 0 && kind(f.kind) && operation.is_none_or(|o| operations.contains(&o))
        };
        let fault = faults.iter_mut().find(|f| meets(f))?;
        fault.times = fault.times.saturating_sub(1);
        let taken = fault.clone();
        faults.retain(|f| f.times > 0);
        Some(taken)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
