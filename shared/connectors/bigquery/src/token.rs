//! Access tokens of a service account (RFC 7523), each used until a minute before its end.

use crate::InsertError;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::header::CONTENT_TYPE;
use runtime::{
    Clock, Env,
    secrets::{SecretError, Secrets},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

/// The secret: the key file of a service account, as Google hands it out.
const SECRET: &str = "bigquery-key";
const SCOPE: &str = "https://www.googleapis.com/auth/bigquery.insertdata";
/// What is asked for, as a form has it: a signed assertion needs no escaping.
const GRANT: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
const FORM: &str = "application/x-www-form-urlencoded";
/// How long what we sign holds.
const HOLDS: Duration = Duration::minutes(10);
/// So much before its end a token is asked for again.
const EARLY: Duration = Duration::minutes(1);

#[derive(Deserialize)]
struct Key {
    client_email: String,
    private_key: String,
    token_uri: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    scope: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: i64,
}

/// Tokens, one at a time.
pub(crate) struct Tokens {
    secrets: Arc<Secrets>,
    clock: Arc<dyn Clock>,
    held: Mutex<Option<(String, OffsetDateTime)>>,
}

impl Tokens {
    pub(crate) fn new(env: &Env) -> Self {
        Self { secrets: Arc::clone(env.secrets()), clock: Arc::clone(env.clock()), held: Mutex::default() }
    }

    /// A token that holds for a while.
    pub(crate) async fn token(&self, http: &reqwest::Client) -> Result<String, InsertError> {
        let mut held = self.held.lock().await;
        let now = self.clock.now();
        if let Some((token, _)) = held.as_ref().filter(|(_, until)| now < *until) {
            return Ok(token.clone());
        }
        let granted = self.ask(http, now).await?;
        let until = now + Duration::seconds(granted.expires_in) - EARLY;
        *held = Some((granted.access_token.clone(), until));
        Ok(granted.access_token)
    }

    /// Asks again next time: the one in use was refused.
    pub(crate) async fn forget(&self) {
        *self.held.lock().await = None;
        self.secrets.invalidate(SECRET);
    }

    async fn ask(&self, http: &reqwest::Client, now: OffsetDateTime) -> Result<Granted, InsertError> {
        let key = self.key().await?;
        let form = format!("{GRANT}{}", signed(&key, now)?);
        let sent = http.post(&key.token_uri).header(CONTENT_TYPE, FORM).body(form).send().await;
        let response = sent.map_err(|error| retry(&format!("no token: {}", error.without_url())))?;
        let status = response.status();
        if !status.is_success() {
            return Err(retry(&format!("no token: its issuer answered {status}")));
        }
        response.json().await.map_err(|_| retry("no token: its issuer answered what is no answer"))
    }

    async fn key(&self) -> Result<Key, InsertError> {
        let secret = self.secrets.get(SECRET).await.map_err(|error| match error {
            SecretError::Missing { .. } => InsertError::Off(error.to_string()),
            SecretError::Retry { .. } => InsertError::Retry(error.to_string()),
        })?;
        let unusable = |_| InsertError::Refused(format!("secret `{SECRET}` is no key file of a service account"));
        serde_json::from_str(secret.expose()).map_err(unusable)
    }
}

fn signed(key: &Key, now: OffsetDateTime) -> Result<String, InsertError> {
    let (iat, exp) = (now.unix_timestamp(), (now + HOLDS).unix_timestamp());
    let claims = Claims { iss: &key.client_email, scope: SCOPE, aud: &key.token_uri, iat, exp };
    let unusable = |_| InsertError::Refused(format!("secret `{SECRET}` has no private key that signs"));
    let rsa = EncodingKey::from_rsa_pem(key.private_key.as_bytes()).map_err(unusable)?;
    jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &rsa).map_err(unusable)
}

fn retry(why: &str) -> InsertError {
    InsertError::Retry(why.to_owned())
}
