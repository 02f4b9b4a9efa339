//! The outbox: each notice once in each channel, as far as anybody can promise that.
//!
//! No channel knows an idempotency key. So a notice is claimed before it is sent, and what came of it is kept
//! with the claim: `sent` with the remote's id, `refused`, or `in doubt`. What certainly was not sent does not
//! count and is tried again later. After a crash, a time-out or a server fault nobody knows: the notice goes out
//! once more, and says that it may be a repetition; after a second doubt it does not go out again. A request that
//! is told of twice is a nuisance, one that is told of never may cost more.

use crate::{later, states::States};
use notices::{Channel, Fault, Notice};
use runtime::{Env, Failure};
use serde_json::json;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};
use store::run::{Claim, Run};
use time::Duration;

/// How long one invocation holds a notice: longer than it can take to send it, and shorter than a queue goes on to
/// deliver a message, so that the notice of a process that died is sent by another one.
const LEASE: Duration = Duration::seconds(15);
/// How often a notice may go out, its first sending included, while nobody knows whether it did.
const SENDINGS: u64 = 2;
/// Keys that are remembered in memory, so that not every sweep asks the table.
const REMEMBERED: usize = 10_000;

/// All channels, and what is known of each.
pub(crate) struct Outbox {
    env: Env,
    channels: Vec<Arc<dyn Channel>>,
    states: States,
    done: Mutex<BTreeSet<String>>,
}

impl Outbox {
    pub(crate) fn new(env: &Env) -> Self {
        let channels = notices::channels(env);
        Self { env: env.clone(), channels, states: States::new(env), done: Mutex::default() }
    }

    /// Finds out which channels are set up.
    pub(crate) async fn look(&self) {
        for channel in &self.channels {
            self.is_on(channel.as_ref()).await.ok();
        }
    }

    /// Whether it is known, without asking, that every channel is done with this notice.
    pub(crate) fn knows(&self, notice: &Notice) -> bool {
        self.channels.iter().all(|channel| self.is_done(&key(notice, channel.as_ref())))
    }

    /// Sends a notice in every channel in which it was not sent yet. One that fails keeps no other waiting.
    ///
    /// # Errors
    /// With the first channel that has to try again later.
    pub(crate) async fn send(&self, notice: &Notice, turn: &str) -> Result<(), Failure> {
        let mut result = Ok(());
        for channel in &self.channels {
            let sent = self.through(channel.as_ref(), notice, turn).await;
            result = result.and(sent);
        }
        result
    }

    async fn through(&self, channel: &dyn Channel, notice: &Notice, turn: &str) -> Result<(), Failure> {
        let key = key(notice, channel);
        if self.is_done(&key) {
            return Ok(());
        }
        if !self.is_on(channel).await? {
            self.count(channel, "off");
            return Ok(());
        }
        let now = self.env.clock().now();
        let claim = self.env.store().claim(("notify", &key), (&key, turn), (now, now + LEASE)).await.map_err(later)?;
        match claim {
            Claim::Ours(run) if run.attempts() > SENDINGS => self.end(channel, &key, &run, &DOUBT).await,
            Claim::Ours(run) => self.out(channel, notice, &key, &run).await,
            Claim::Busy => Err(Failure::Retry(format!("`{key}` is being sent"))),
            Claim::Completed | Claim::OtherPayload => {
                self.remember(&key);
                Ok(())
            }
        }
    }

    async fn out(&self, channel: &dyn Channel, notice: &Notice, key: &str, run: &Run) -> Result<(), Failure> {
        if !channel.reaches(notice.roles()) {
            return self.end(channel, key, run, &NOBODY).await;
        }
        let first = run.attempts() == 1;
        let sent = if first { channel.send(notice).await } else { channel.send(&notice.clone().again()).await };
        let end = match sent {
            Ok(receipt) => End { state: if first { "sent" } else { "sent again" }, why: None, id: receipt.id },
            Err(Fault::Refused(why)) => End { state: "refused", why: Some(why), id: None },
            Err(Fault::Doubt(why)) if !first => End { state: "in doubt", why: Some(why), id: None },
            Err(fault) => return Err(self.not_yet(channel, run, fault).await),
        };
        self.end(channel, key, run, &end).await
    }

    /// It did not go out, or nobody knows: the message has to come again.
    async fn not_yet(&self, channel: &dyn Channel, run: &Run, fault: Fault) -> Failure {
        let now = self.env.clock().now();
        let (outcome, left) = match &fault {
            Fault::Doubt(_) => ("doubt", self.env.store().leave_in_doubt(run, now).await),
            _ => ("later", self.env.store().postpone(run, now).await),
        };
        if let Err(error) = left {
            tracing::warn!(%error, "a notice that was not sent counts as begun");
        }
        self.count(channel, outcome);
        self.states.note(channel.name(), "failing", &fault.to_string()).await;
        Failure::Retry(fault.to_string())
    }

    async fn end(&self, channel: &dyn Channel, key: &str, run: &Run, end: &End) -> Result<(), Failure> {
        let now = self.env.clock().now();
        let kept = json!({ "state": end.state, "id": end.id, "why": end.why, "sendings": run.attempts() });
        self.env.store().finish(run, &kept.to_string(), now).await.map_err(later)?;
        self.remember(key);
        self.count(channel, end.state);
        self.tell(channel, key, end);
        if end.state.starts_with("sent") {
            self.states.note(channel.name(), "on", "").await;
        }
        Ok(())
    }

    fn tell(&self, channel: &dyn Channel, key: &str, end: &End) {
        let (channel, id, why) = (channel.name(), end.id.as_deref(), end.why.as_deref());
        match end.state {
            "sent" => tracing::info!(channel, notice.key = key, message.id = id, "notice sent"),
            "sent again" => tracing::warn!(channel, notice.key = key, message.id = id, "notice sent a second time"),
            state => tracing::error!(channel, notice.key = key, state, why, "notice not sent"),
        }
    }

    /// Whether a channel is set up. One that is not loses its notices, and says so once.
    async fn is_on(&self, channel: &dyn Channel) -> Result<bool, Failure> {
        match channel.ready().await {
            Ok(()) => {
                self.states.found(channel.name()).await;
                Ok(true)
            }
            Err(Fault::Off(why)) => {
                self.states.note(channel.name(), "off", &why).await;
                Ok(false)
            }
            Err(other) => Err(Failure::Retry(other.to_string())),
        }
    }

    fn count(&self, channel: &dyn Channel, outcome: &str) {
        self.env.metrics().count("notices_total", 1, &[("channel", channel.name()), ("outcome", outcome)]);
    }

    fn is_done(&self, key: &str) -> bool {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).contains(key)
    }

    fn remember(&self, key: &str) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if done.len() >= REMEMBERED {
            done.clear();
        }
        done.insert(key.to_owned());
    }
}

/// How the sending of a notice ended.
struct End {
    state: &'static str,
    why: Option<String>,
    id: Option<String>,
}

/// It was begun so often that it may be out, and nobody knows.
static DOUBT: End = End { state: "in doubt", why: None, id: None };
/// It is for roles in which nobody has an address.
static NOBODY: End = End { state: "nobody", why: None, id: None };

fn key(notice: &Notice, channel: &dyn Channel) -> String {
    format!("{}@{}", notice.key(), channel.name())
}
