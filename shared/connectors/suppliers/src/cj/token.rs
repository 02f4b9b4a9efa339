//! The access token, exchanged for the API key and used until CJ refuses it or it runs out.
//!
//! CJ makes one token in five minutes at most, and a token lives fifteen days: so it is kept, and asked for by one at
//! a time.

use crate::{
    Error,
    cj::answer,
    http::{Remote, ask},
};
use reqwest::Method;
use runtime::secrets::Secret;
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// The token in use.
pub(super) struct Tokens {
    /// Name of the key.
    secret: &'static str,
    slot: Mutex<Option<Secret>>,
}

impl Tokens {
    /// No token yet, for the key of this name.
    pub(super) fn of(secret: &'static str) -> Self {
        Self { secret, slot: Mutex::default() }
    }

    /// The token in use, or a new one.
    pub(super) async fn get(&self, remote: &Remote) -> Result<Secret, Error> {
        let key = remote.secret(self.secret).await?;
        let mut slot = self.slot.lock().await;
        if let Some(token) = &*slot {
            return Ok(token.clone());
        }
        let token = exchange(remote, &key).await.inspect_err(|_| remote.forget(self.secret))?;
        *slot = Some(token.clone());
        Ok(token)
    }

    /// Drops a token that CJ does not take any more, unless somebody else was first.
    pub(super) async fn forget(&self, refused: &Secret) {
        let mut slot = self.slot.lock().await;
        slot.take_if(|token| token.expose() == refused.expose());
    }
}

async fn exchange(remote: &Remote, key: &Secret) -> Result<Secret, Error> {
    let operation = ask("getAccessToken");
    let path = ["api2.0", "v1", "authentication", "getAccessToken"];
    let request = remote.request(Method::POST, &path, &[])?.json(&json!({ "apiKey": key.expose() }));
    let reply = remote.send(operation, request).await?;
    let data = answer::data(remote, operation, reply)?;
    let token = data.get("accessToken").and_then(Value::as_str).and_then(Secret::new);
    token.ok_or_else(|| remote.strange(operation, "no access token"))
}
