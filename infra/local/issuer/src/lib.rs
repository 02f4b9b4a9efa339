//! Sign-in for the local stack: an OIDC issuer for invented people.
//!
//! SANDBOX. It gives anybody on this machine a token for any role, so it must never be reachable from
//! elsewhere and is no part of what is deployed: there, Cognito signs the tokens, and the API verifies them
//! the same way. It answers only on loopback names, so that a web page cannot reach it through a DNS trick.

mod codes;
mod error;
mod keys;
mod page;
mod people;
mod routes;

pub use error::IssuerError;

use axum::Router;
use codes::Codes;
use domain::Role;
use jsonwebtoken::{Algorithm, Header};
use keys::Keys;
use serde::Serialize;
use std::{path::Path, sync::Arc};
use time::{Duration, OffsetDateTime};

/// How long a token is good: a working day.
const GOOD: Duration = Duration::hours(12);

/// Tells the time.
type Now = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// The local issuer.
#[derive(Clone)]
pub struct Issuer {
    url: String,
    audience: String,
    keys: Arc<Keys>,
    codes: Arc<Codes>,
    now: Now,
}

/// What a token says.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    royal_roles: &'a [Role],
    iat: i64,
    nbf: i64,
    exp: i64,
    sandbox: bool,
}

impl Issuer {
    /// Opens the issuer whose key is kept in `dir`; the key is made on the first start. `url` is where the
    /// router is served, and the `iss` of every token; `audience` is the `aud`.
    ///
    /// # Errors
    /// When the key cannot be read, made or kept.
    pub fn open(dir: &Path, url: &str, audience: &str) -> Result<Self, IssuerError> {
        Ok(Self {
            url: url.trim_end_matches('/').to_owned(),
            audience: audience.to_owned(),
            keys: Arc::new(Keys::open(dir)?),
            codes: Arc::new(Codes::default()),
            now: Arc::new(OffsetDateTime::now_utc),
        })
    }

    /// The same with another clock, for a stack that has its own.
    #[must_use]
    pub fn with_clock(self, now: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), ..self }
    }

    /// Discovery, keys, the sign-in page and tokens.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// A token that says that its bearer is `person` and has these roles.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn token(&self, person: &str, roles: &[Role]) -> Result<String, IssuerError> {
        self.token_with(person, roles, None)
    }

    /// The same with what the asker wants to find in it.
    fn token_with(&self, person: &str, roles: &[Role], nonce: Option<&str>) -> Result<String, IssuerError> {
        let now = self.now();
        let claims = Claims {
            iss: &self.url,
            aud: &self.audience,
            sub: person,
            name: people::name_of(person),
            nonce,
            royal_roles: roles,
            iat: now.unix_timestamp(),
            nbf: now.unix_timestamp(),
            exp: (now + GOOD).unix_timestamp(),
            sandbox: true,
        };
        let header = Header { kid: Some(self.keys.id().to_owned()), ..Header::new(Algorithm::ES256) };
        Ok(jsonwebtoken::encode(&header, &claims, self.keys.signing())?)
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.codes
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whom tokens are for: the one client that there is.
    pub(crate) fn audience(&self) -> &str {
        &self.audience
    }

    /// The one address that somebody who signed in is sent back to.
    pub(crate) fn return_to(&self) -> String {
        format!("{}/signed-in", self.url)
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        (self.now)()
    }
}

#[cfg(test)]
mod tests;
