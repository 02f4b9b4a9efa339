//! Bodies that come with a key: one key of one person is one request.

use super::{
    IdempotencyKey,
    body::{bytes, parsed},
};
use crate::{
    auth::{App, Permit},
    problem::{Kind, Problem},
};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use domain::Digest;
use serde::de::DeserializeOwned;
use store::run::Claim;
use time::Duration;

/// How long a key is known, at least.
const KNOWN: Duration = Duration::days(1);

/// A JSON body of a known shape, and the key that it came with.
pub(crate) struct Keyed<T>(pub(crate) T, pub(crate) Once);

/// The key of a request, and what the request was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Once(Option<(String, Digest)>);

impl<T: DeserializeOwned> FromRequest<App> for Keyed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let IdempotencyKey(key) = IdempotencyKey::from_request_parts(&mut parts, app).await?;
        let mut told = format!("{} {}\n", parts.method, parts.uri.path()).into_bytes();
        let bytes = bytes(Request::from_parts(parts, body), app).await?;
        let value = parsed(&bytes)?;
        told.extend_from_slice(&bytes);
        Ok(Self(value, Once(key.map(|key| (key, Digest::of_bytes(&told))))))
    }
}

impl Once {
    /// Takes note of the key. Doing the same again is for the operation itself to find out.
    ///
    /// # Errors
    /// When the key came with another request before, or the table does not answer.
    pub(crate) async fn claim(&self, permit: &Permit) -> Result<(), Problem> {
        let Some((key, request)) = &self.0 else {
            return Ok(());
        };
        let (now, name) = (permit.now(), format!("{}#{key}", permit.person().account));
        let (request, until) = (request.as_str(), now + KNOWN);
        match permit.store().claim(("api", &name), (request, request), (now, until)).await? {
            Claim::OtherPayload => Err(reused()),
            Claim::Ours(_) | Claim::Completed | Claim::Busy => Ok(()),
        }
    }
}

/// The key belongs to another request.
pub(crate) fn reused() -> Problem {
    let (what, fix) = ("it came before with another request", "use a new key for a new request");
    Problem::field(Kind::KeyReused, "Idempotency-Key", what, fix)
}
