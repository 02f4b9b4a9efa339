//! Which channels work, where everybody can see it: the fact `channel:<name>`.
//!
//! This function's memory is its own; the API shows what stands in the table. It is written when it changes,
//! not with every notice.

use runtime::Env;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use store::{StoreError, fact::Fact};

/// What was last said of each channel.
pub(crate) struct States {
    env: Env,
    known: Mutex<BTreeMap<&'static str, &'static str>>,
}

impl States {
    pub(crate) fn new(env: &Env) -> Self {
        Self { env: env.clone(), known: Mutex::default() }
    }

    /// Notes that a channel is set up, unless it is known to fail: only a notice that goes out shows that it works.
    pub(crate) async fn found(&self, channel: &'static str) {
        let fails = self.known().get(channel).is_some_and(|state| *state == "failing");
        if !fails {
            self.note(channel, "on", "").await;
        }
    }

    /// Notes the state of a channel, and logs a change of it once.
    pub(crate) async fn note(&self, channel: &'static str, state: &'static str, why: &str) {
        if self.known().insert(channel, state) == Some(state) {
            return;
        }
        match state {
            "on" => tracing::info!(channel, "notices go out"),
            state => tracing::warn!(channel, state, why, "notices do not go out"),
        }
        if let Err(error) = self.write(channel, state, why).await {
            self.known().remove(channel);
            tracing::warn!(channel, %error, "the state of a channel could not be noted");
        }
    }

    async fn write(&self, channel: &str, state: &str, why: &str) -> Result<(), StoreError> {
        let source = format!("channel:{channel}");
        let fields: BTreeMap<String, String> = [("state", state), ("why", why)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        if self.env.store().fact(&source).await?.is_some_and(|fact| fact.fields == fields) {
            return Ok(());
        }
        let now = self.env.clock().now();
        let mut tx = self.env.store().tx(now);
        let noted = tx.note(&Fact { source, fields, at: now });
        let retry = |error: store::CommitError| StoreError::Retry(error.to_string());
        noted.map_err(retry)?;
        tx.commit().await.map_err(retry)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<&'static str, &'static str>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
