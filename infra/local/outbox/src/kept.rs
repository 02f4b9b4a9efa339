//! What was sent.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};
use time::OffsetDateTime;

/// The most messages that are kept; the oldest go first.
const MOST: usize = 1000;

/// A service that the sandbox stands in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Mail.
    Sendgrid,
    /// Chat.
    Slack,
}

/// One message that a service took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Who took it.
    pub service: Service,
    /// Its id.
    pub id: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// The request's body.
    pub body: Value,
}

/// All messages, and how many requests were refused as invalid.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    messages: VecDeque<Message>,
    taken: u64,
    refused: Vec<String>,
}

impl Kept {
    /// Keeps a message and gives it an id.
    pub(crate) fn keep(&self, service: Service, at: OffsetDateTime, body: Value) -> String {
        let mut inner = self.lock();
        inner.taken += 1;
        let id = format!("sandbox-{}", inner.taken);
        inner.messages.push_back(Message { service, id: id.clone(), at, body });
        while inner.messages.len() > MOST {
            inner.messages.pop_front();
        }
        id
    }

    /// Remembers why a request was refused.
    pub(crate) fn refuse(&self, why: String) {
        let mut inner = self.lock();
        if inner.refused.len() < MOST {
            inner.refused.push(why);
        }
    }

    /// All messages, oldest first, and the reasons of all refusals.
    pub(crate) fn all(&self) -> (Vec<Message>, Vec<String>) {
        let inner = self.lock();
        (inner.messages.iter().cloned().collect(), inner.refused.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
