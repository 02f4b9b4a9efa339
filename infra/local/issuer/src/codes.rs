//! Authorization codes: each is exchanged once, within minutes, by whoever asked for it. They live as long as the
//! process.

use crate::people::Person;
use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};
use time::{Duration, OffsetDateTime};

/// The most codes that are open at once; the oldest ends first.
const MOST: usize = 64;
/// How long a code is open.
const GOOD: Duration = Duration::minutes(2);

/// What a code was given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// Who signed in.
    pub(crate) person: Person,
    /// The SHA-256 of what whoever asked keeps to themselves, in base64url (RFC 7636).
    pub(crate) challenge: String,
    /// What has to stand in the token, where it was asked for.
    pub(crate) nonce: Option<String>,
    /// When.
    pub(crate) at: OffsetDateTime,
}

impl Given {
    /// Whether it was asked for by whoever has `verifier`, and its time is not over at `now`.
    fn is_for(&self, verifier: &str, now: OffsetDateTime) -> bool {
        now - self.at < GOOD && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == self.challenge
    }
}

/// The codes that are open.
#[derive(Default)]
pub(crate) struct Codes(Mutex<VecDeque<(String, Given)>>);

impl Codes {
    /// A new code that nobody can guess; none where the system gives no random numbers.
    pub(crate) fn give(&self, given: Given) -> Option<String> {
        let mut bytes = [0_u8; 24];
        rand::fill(&mut bytes).ok()?;
        let code = URL_SAFE_NO_PAD.encode(bytes);
        let mut open = self.open();
        open.push_back((code.clone(), given));
        if open.len() > MOST {
            open.pop_front();
        }
        Some(code)
    }

    /// What `code` was given for, if `verifier` proves that it comes from whoever asked. It is used up either way: a
    /// code that somebody else got hold of is worth nothing to either.
    pub(crate) fn take(&self, code: &str, verifier: &str, now: OffsetDateTime) -> Option<Given> {
        let mut open = self.open();
        let at = open.iter().position(|(other, _)| other == code)?;
        let (_, given) = open.remove(at)?;
        Some(given).filter(|given| given.is_for(verifier, now))
    }

    fn open(&self) -> MutexGuard<'_, VecDeque<(String, Given)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
