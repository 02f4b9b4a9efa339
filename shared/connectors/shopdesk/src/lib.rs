//! The shop as the settings name it, and the credential that a function has for it.
//!
//! There are two: one that may write, which the shop's executor alone holds, and one that only reads, for agents. So
//! no agent can change anything in the shop, whatever it does with its client.

use async_trait::async_trait;
use runtime::{
    Env, Problems,
    breaker::Breaker,
    secrets::{SecretError, Secrets},
};
use shopify::{Client, Endpoint, Gid, Meter, NoToken, Token, TokenSource};
use std::sync::Arc;

/// Name of the secret with which the shop is written.
pub const WRITES: &str = "shopify-token";
/// Name of the secret with which the shop is read.
pub const READS: &str = "shopify-read-token";

/// Name of the shop among outside systems.
pub const SYSTEM: &str = "shop";

/// What the shop allows, measured with its breaker.
struct Allowance(Arc<Breaker>);

impl Meter for Allowance {
    fn uses(&self, used: u64, most: u64) {
        self.0.uses(used, most);
    }
}

/// A token as the secrets have it now.
pub struct ShopToken {
    secrets: Arc<Secrets>,
    name: &'static str,
}

impl ShopToken {
    /// The token under this name.
    #[must_use]
    pub const fn new(secrets: Arc<Secrets>, name: &'static str) -> Self {
        Self { secrets, name }
    }
}

#[async_trait]
impl TokenSource for ShopToken {
    async fn token(&self) -> Result<Token, NoToken> {
        match self.secrets.get(self.name).await {
            Ok(secret) => Ok(Token::new(secret.expose())),
            Err(SecretError::Missing { .. }) => Err(NoToken::Missing),
            Err(error @ SecretError::Retry { .. }) => Err(NoToken::Unreadable(error.to_string())),
        }
    }

    async fn renewed(&self, _refused: &Token) -> Result<Token, NoToken> {
        self.secrets.invalidate(self.name);
        self.token().await
    }
}

/// A client with the token under this name, and where its token comes from; nothing where no shop is configured.
///
/// # Errors
/// When the shop's address is none.
pub fn client(env: &Env, name: &'static str) -> Result<Option<(Client, Arc<ShopToken>)>, Problems> {
    let Some(url) = &env.config().shop_url else { return Ok(None) };
    let endpoint = Endpoint::parse(url).map_err(|error| Problems::one(format!("`ROYAL_SHOP_URL`: {error}")))?;
    let tokens = Arc::new(ShopToken::new(Arc::clone(env.secrets()), name));
    let meter = Arc::new(Allowance(env.breakers().of(SYSTEM)));
    let own = env.config().own.location.as_deref().map(Gid::location);
    Ok(Some((Client::new(http()?, endpoint, tokens.clone()).metered_by(meter).keeping(own), tokens)))
}

/// A client that can only read; nothing where no shop is configured.
///
/// # Errors
/// As [`client`].
pub fn reader(env: &Env) -> Result<Option<Client>, Problems> {
    Ok(client(env, READS)?.map(|(client, _)| client.reading()))
}

/// An HTTP client with time-outs that follows no redirect: it would take the token along.
///
/// # Errors
/// When TLS cannot be set up on this machine.
pub fn http() -> Result<reqwest::Client, Problems> {
    let builder = runtime::http::builder()?.redirect(reqwest::redirect::Policy::none());
    builder.build().map_err(|error| Problems::one(format!("no HTTP client for the shop: {error}")))
}
