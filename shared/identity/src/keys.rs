//! The issuer's public keys, fetched when they are needed and kept.
//!
//! A key id that is not known makes us fetch them again, because the issuer may have changed keys; but
//! not more often than every half minute, whoever sends whatever. Kept keys are refreshed every hour, so
//! that a key that the issuer withdrew does not live on here; while the issuer does not answer they are
//! used for some hours more.

use jsonwebtoken::jwk::{Jwk, JwkSet};
use runtime::Env;
use std::sync::{PoisonError, RwLock};
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

/// Age at which kept keys are fetched again.
const FRESH: Duration = Duration::hours(1);
/// Age at which kept keys are no longer used.
const USABLE: Duration = Duration::hours(6);
/// The least time between two fetches.
const PAUSE: Duration = Duration::seconds(30);
/// The same after one that failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::seconds(2);
/// The largest answer that is read, in bytes.
const LARGEST: usize = 256 * 1024;

/// Why there is no key.
#[derive(Debug)]
pub(crate) enum NoKey {
    /// The issuer has no such key.
    Unknown,
    /// The issuer could not be asked.
    Unreachable(String),
}

/// The issuer's keys as they were last fetched.
#[derive(Default)]
pub(crate) struct Keys {
    kept: RwLock<Kept>,
    /// Held while fetching: one fetch serves all who wait, and whoever has a known key does not wait.
    fetching: Mutex<()>,
}

#[derive(Default)]
struct Kept {
    keys: Vec<Jwk>,
    fetched: Option<OffsetDateTime>,
    tried: Option<OffsetDateTime>,
    failure: Option<String>,
}

impl Keys {
    /// The key `kid` of the issuer whose keys are at `url`.
    pub(crate) async fn find(&self, env: &Env, url: &str, kid: &str, now: OffsetDateTime) -> Result<Jwk, NoKey> {
        if let Some(key) = self.read(|kept| kept.fresh(kid, now)) {
            return Ok(key);
        }
        let _one_at_a_time = self.fetching.lock().await;
        if self.read(|kept| kept.fresh(kid, now).is_none() && kept.may_fetch(now)) {
            let fetched = fetch(env, url).await;
            self.kept.write().unwrap_or_else(PoisonError::into_inner).take(fetched, now);
        }
        self.read(|kept| kept.usable(kid, now))
    }

    fn read<T>(&self, get: impl FnOnce(&Kept) -> T) -> T {
        get(&self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn take(&mut self, fetched: Result<Vec<Jwk>, String>, now: OffsetDateTime) {
        self.tried = Some(now);
        match fetched {
            Ok(keys) => {
                self.keys = keys;
                self.fetched = Some(now);
                self.failure = None;
            }
            Err(cause) => self.failure = Some(cause),
        }
    }

    fn get(&self, kid: &str) -> Option<&Jwk> {
        let is = |key: &&Jwk| key.common.key_id.as_deref() == Some(kid);
        self.keys.iter().find(is)
    }

    fn is_younger(&self, age: Duration, now: OffsetDateTime) -> bool {
        self.fetched.is_some_and(|fetched| now - fetched < age)
    }

    fn fresh(&self, kid: &str, now: OffsetDateTime) -> Option<Jwk> {
        self.get(kid).filter(|_| self.is_younger(FRESH, now)).cloned()
    }

    fn usable(&self, kid: &str, now: OffsetDateTime) -> Result<Jwk, NoKey> {
        match (self.get(kid), &self.failure) {
            (Some(key), _) if self.is_younger(USABLE, now) => Ok(key.clone()),
            (_, Some(cause)) => Err(NoKey::Unreachable(cause.clone())),
            (_, None) => Err(NoKey::Unknown),
        }
    }

    fn may_fetch(&self, now: OffsetDateTime) -> bool {
        let pause = match self.failure {
            Some(_) => PAUSE_AFTER_FAILURE,
            None => PAUSE,
        };
        self.tried.is_none_or(|tried| now - tried >= pause || now < tried)
    }
}

async fn fetch(env: &Env, url: &str) -> Result<Vec<Jwk>, String> {
    let told = |error: reqwest::Error| error.without_url().to_string();
    let answer = env.http().get(url).send().await.map_err(told)?;
    let mut answer = answer.error_for_status().map_err(told)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(told)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LARGEST {
            return Err("the answer is too large for a set of keys".to_owned());
        }
    }
    let set: JwkSet =
        serde_json::from_slice(&bytes).map_err(|error| format!("the answer is no set of keys: {error}"))?;
    Ok(set.keys)
}
