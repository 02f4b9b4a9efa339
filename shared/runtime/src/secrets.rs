//! Secrets by name: the environment, then Secrets Manager, then memory.
//!
//! A secret is asked for again after a while, so that a rotated one arrives without a restart, and at once
//! after [`Secrets::invalidate`] (the remote answered 401). While Secrets Manager is unreachable the known
//! value stays in use: a short outage there must not stop work that needs nothing new. A secret that does
//! not exist switches off only the feature that needs it.
//!
//! In Secrets Manager all names begin with `ROYAL_SECRETS`, by default `royal/`: each environment has its own.

mod secret;
mod vault;

pub use secret::Secret;

use crate::{
    Clock,
    retry::{Rng, ThreadRng},
};
use aws_config::SdkConfig;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use time::OffsetDateTime;
use tokio::sync::Mutex as Turn;
use vault::{SecretsManager, Vault};

/// Environment variables of secrets begin with this.
const PREFIX: &str = "ROYAL_SECRET_";
/// The variable that says what names in Secrets Manager begin with, and what they begin with if it is not set.
const SHELF: (&str, &str) = ("ROYAL_SECRETS", "royal/");
/// For how long a fetched secret is used, at most, before it is fetched again.
const TTL: Duration = Duration::from_secs(5 * 60);
/// Up to this much earlier it is fetched again, so that not all environments ask in the same second.
const JITTER: Duration = Duration::from_secs(60);
/// How long a value that could not be refreshed is used before the next attempt.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// Why there is no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// There is no such secret: the feature that needs it is off.
    #[error("no secret `{name}`: set `{}` or store `{id}` in Secrets Manager", variable(name))]
    Missing {
        /// Name of the secret.
        name: String,
        /// Its name in Secrets Manager.
        id: String,
    },
    /// Whether there is one could not be found out: the same call may succeed later.
    #[error("secret `{name}` cannot be read now: {reason}")]
    Retry {
        /// Name of the secret.
        name: String,
        /// What failed.
        reason: String,
    },
}

/// Secrets by name (`shopify-token`).
pub struct Secrets {
    given: BTreeMap<String, Secret>,
    shelf: String,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    slots: Mutex<HashMap<String, Arc<Turn<Slot>>>>,
}

/// What is known of one secret. Its lock is held while it is fetched, so that a hundred callers ask once.
#[derive(Default)]
struct Slot {
    known: Option<Known>,
    failing: bool,
}

struct Known {
    /// Nothing where Secrets Manager has no such secret.
    secret: Option<Secret>,
    until: OffsetDateTime,
}

impl Secrets {
    /// Secrets from the environment as it is now, then from Secrets Manager, whose client is built at the
    /// first secret that the environment lacks.
    #[must_use]
    pub fn new(sdk: &SdkConfig, clock: Arc<dyn Clock>) -> Self {
        let vault = Arc::new(SecretsManager::new(sdk.clone()));
        let (variable, otherwise) = SHELF;
        let shelf = std::env::var_os(variable).and_then(|shelf| shelf.into_string().ok());
        let shelf = shelf.filter(|shelf| !shelf.is_empty()).unwrap_or_else(|| otherwise.to_owned());
        Self { shelf, ..Self::from_parts(environment(), vault, clock, Arc::new(ThreadRng)) }
    }

    /// Only the given secrets, by name, for the local stack and tests: no environment, no Secrets Manager.
    #[must_use]
    pub fn given<N, V>(values: impl IntoIterator<Item = (N, V)>, clock: Arc<dyn Clock>) -> Self
    where
        N: AsRef<str>,
        V: Into<String>,
    {
        let given = values.into_iter().filter_map(|(name, value)| Some((variable(name.as_ref()), Secret::new(value)?)));
        Self::from_parts(given.collect(), Arc::new(vault::Empty), clock, Arc::new(ThreadRng))
    }

    fn from_parts(
        given: BTreeMap<String, Secret>,
        vault: Arc<dyn Vault>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        Self { given, shelf: SHELF.1.to_owned(), vault, clock, rng, slots: Mutex::default() }
    }

    /// The secret `name`: from `ROYAL_SECRET_<NAME>` if that is set, else from Secrets Manager
    /// (`royal/<name>`, or as `ROYAL_SECRETS` says) or what was fetched from there in the last five minutes.
    ///
    /// # Errors
    /// When there is no such secret, or it is not known and Secrets Manager is unreachable.
    pub async fn get(&self, name: &str) -> Result<Secret, SecretError> {
        if let Some(secret) = self.given.get(&variable(name)) {
            return Ok(secret.clone());
        }
        let slot = self.slot(name);
        let mut slot = slot.lock().await;
        let now = self.clock.now();
        if slot.known.as_ref().is_none_or(|known| known.until <= now) {
            self.refresh(name, &mut slot).await?;
        }
        let secret = slot.known.as_ref().and_then(|known| known.secret.clone());
        secret.ok_or_else(|| SecretError::Missing { name: name.to_owned(), id: self.id(name) })
    }

    /// Forgets what was fetched: the remote refused the secret, so the next [`Secrets::get`] fetches it again.
    /// A secret from the environment stays as it is.
    pub fn invalidate(&self, name: &str) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.remove(name);
    }

    /// The name of a secret in Secrets Manager.
    fn id(&self, name: &str) -> String {
        format!("{}{name}", self.shelf)
    }

    fn slot(&self, name: &str) -> Arc<Turn<Slot>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(name.to_owned()).or_default())
    }

    async fn refresh(&self, name: &str, slot: &mut Slot) -> Result<(), SecretError> {
        match self.vault.fetch(&self.id(name)).await {
            Ok(secret) => {
                let until = self.clock.now() + TTL.saturating_sub(self.rng.up_to(JITTER));
                let known = Some(Known { secret, until });
                *slot = Slot { known, failing: false };
                Ok(())
            }
            Err(reason) => self.keep(name, slot, reason),
        }
    }

    /// Stays with what is known, and says so once until a refresh succeeds.
    fn keep(&self, name: &str, slot: &mut Slot, reason: String) -> Result<(), SecretError> {
        let Some(known) = &mut slot.known else {
            return Err(SecretError::Retry { name: name.to_owned(), reason });
        };
        known.until = self.clock.now() + RETRY_AFTER;
        if !std::mem::replace(&mut slot.failing, true) {
            tracing::warn!(reason, "`{name}` could not be refreshed, the known value stays in use");
        }
        Ok(())
    }
}

/// The environment variable of a secret: `shopify-token` is in `ROYAL_SECRET_SHOPIFY_TOKEN`.
fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('-', "_").to_ascii_uppercase())
}

/// The secrets among the environment's variables. What is not UTF-8 cannot be a secret of ours.
fn environment() -> BTreeMap<String, Secret> {
    std::env::vars_os()
        .filter_map(|(variable, value)| Some((variable.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(variable, _)| variable.starts_with(PREFIX))
        .filter_map(|(variable, value)| Some((variable, Secret::new(value)?)))
        .collect()
}

#[cfg(test)]
mod tests;
