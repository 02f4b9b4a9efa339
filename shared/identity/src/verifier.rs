//! The one way from a token to a person.

use crate::{
    Denied, Person, Refused,
    keys::{Keys, NoKey},
    token,
};
use runtime::{Config, Env};
use time::OffsetDateTime;

/// Recognises people by their tokens, and keeps the issuer's keys.
pub struct Verifier {
    env: Env,
    keys: Keys,
}

impl Verifier {
    /// One that knows issuer, audience and the address of the keys from the settings in `env`.
    #[must_use]
    pub fn new(env: &Env) -> Self {
        Self { env: env.clone(), keys: Keys::default() }
    }

    /// The person that `header` (an `Authorization` header) proves at `now`.
    ///
    /// # Errors
    /// When the token is not accepted, the issuer's keys are not to be had, or a setting is missing.
    pub async fn bearer(&self, header: Option<&str>, now: OffsetDateTime) -> Result<Person, Denied> {
        let (scheme, token) = header.and_then(|header| header.split_once(' ')).unwrap_or_default();
        self.verify(Some(token).filter(|_| scheme.eq_ignore_ascii_case("bearer")), now).await
    }

    /// The person that `token` proves at `now`.
    ///
    /// # Errors
    /// As [`Verifier::bearer`].
    pub async fn verify(&self, token: Option<&str>, now: OffsetDateTime) -> Result<Person, Denied> {
        let (issuer, jwks) = configured(self.env.config())?;
        let (token, kid, algorithm) = token::read(token.ok_or(Refused::Absent)?)?;
        let key = self.keys.find(&self.env, jwks, &kid, now).await.map_err(|none| match none {
            NoKey::Unknown => Refused::Key.into(),
            NoKey::Unreachable(cause) => Denied::Unreachable(cause),
        })?;
        let claims = token::check(token, &key, algorithm, (issuer, &self.env.config().audience))?;
        Ok(claims.person(now)?)
    }
}

/// Issuer and address of its keys.
fn configured(config: &Config) -> Result<(&str, &str), Denied> {
    let issuer = config.issuer.as_deref().ok_or(Denied::NotConfigured("ROYAL_ISSUER"))?;
    Ok((issuer, config.jwks.as_deref().ok_or(Denied::NotConfigured("ROYAL_JWKS"))?))
}
