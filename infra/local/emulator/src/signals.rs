//! Wake-ups inside the process, so that an idle consumer costs nothing and a busy one does not
//! wait for a poll.
//!
//! A signal is a counter that only grows. A waiter subscribes first and looks second, so that a
//! change between the two is seen as a change, not lost.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// Messages of the queue with this row id came, went or became visible.
    Queue(i64),
    /// A schedule was written.
    Schedules,
    /// A DynamoDB write was applied.
    Tables,
}

/// The counters, by topic.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    topics: Mutex<HashMap<Topic, watch::Sender<u64>>>,
}

impl Signals {
    /// Wakes everybody subscribed to `topic`.
    pub(crate) fn wake(&self, topic: Topic) {
        self.with(topic, |sender| sender.send_modify(|n| *n = n.wrapping_add(1)));
    }

    /// A receiver that sees every [`Signals::wake`] of `topic` from now on.
    pub(crate) fn subscribe(&self, topic: Topic) -> watch::Receiver<u64> {
        self.with(topic, watch::Sender::subscribe)
    }

    fn with<T>(&self, topic: Topic, act: impl FnOnce(&watch::Sender<u64>) -> T) -> T {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        act(topics.entry(topic).or_insert_with(|| watch::Sender::new(0)))
    }
}
