//! The shop's write credential and the client that carries it.

use async_trait::async_trait;
use runtime::{
    Problems,
    secrets::{SecretError, Secrets},
};
use shopify::{NoToken, Token, TokenSource};
use std::{sync::Arc, time::Duration};

/// Name of the secret.
const NAME: &str = "shopify-token";

/// The token as the secrets have it now.
pub(crate) struct ShopToken {
    secrets: Arc<Secrets>,
}

impl ShopToken {
    pub(crate) const fn new(secrets: Arc<Secrets>) -> Self {
        Self { secrets }
    }
}

#[async_trait]
impl TokenSource for ShopToken {
    async fn token(&self) -> Result<Token, NoToken> {
        match self.secrets.get(NAME).await {
            Ok(secret) => Ok(Token::new(secret.expose())),
            Err(SecretError::Missing { .. }) => Err(NoToken::Missing),
            Err(error @ SecretError::Retry { .. }) => Err(NoToken::Unreadable(error.to_string())),
        }
    }

    async fn renewed(&self, _refused: &Token) -> Result<Token, NoToken> {
        self.secrets.invalidate(NAME);
        self.token().await
    }
}

/// A client with time-outs that follows no redirect: it would take the token along.
pub(crate) fn http() -> Result<reqwest::Client, Problems> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("royal-equips-orchestrator/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Problems::one(format!("no HTTP client for the shop: {error}")))
}
