//! What AWS does not take: sizes, times, counts.

use super::Check;
use crate::{Trigger, model::Function};

/// Calls at once that an account has, less the hundred that may not be reserved (AWS Lambda quotas).
const AT_ONCE: u32 = 900;

impl Check<'_> {
    pub(super) fn limits(&mut self) {
        let mut reserved = 0_u32;
        for function in &self.catalog.functions {
            for (holds, why) in limits(function) {
                if !holds {
                    self.problem(&function.name, why);
                }
            }
            reserved = reserved.saturating_add(function.concurrency());
            if reserved > AT_ONCE {
                let why = format!("brings what is reserved to {reserved} calls at once: an account has {AT_ONCE}");
                self.problem(&function.name, &why);
            }
        }
    }
}

fn limits(of: &Function) -> [(bool, &'static str); 5] {
    // A queue hands over more than ten only to whoever waits for them, the stream a thousand.
    let most = if of.wakes.on(Trigger::Stream) { 1000 } else { 10 };
    let least = if of.wakes.on(Trigger::Queue) { 2 } else { 1 };
    [
        (of.name().len() <= 40, "is too long: a name has at most 40 letters"),
        ((128..=10_240).contains(&of.memory_mb), "has `memory_mb` outside of 128 to 10240"),
        ((1..=900).contains(&of.timeout_seconds), "has `timeout_seconds` outside of 1 to 900"),
        ((1..=most).contains(&of.batch), "has a `batch` that it cannot get: at most 10 of a queue, 1000 of the stream"),
        (of.concurrency() >= least, "has too little `concurrency`: a queue calls two at once, others one"),
    ]
}
