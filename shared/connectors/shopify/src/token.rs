//! The credential, which is fetched for each request so that it is rotated without a restart.

use async_trait::async_trait;
use std::fmt;
use zeroize::Zeroizing;

/// An Admin API access token. Debug never shows it, and its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// The token as the shop issued it, without surrounding space.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self(Zeroizing::new(secret.trim().to_owned()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

/// Why there is no token to use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoToken {
    /// Nobody has given one.
    #[error("there is no access token for the shop")]
    Missing,
    /// The place where it is kept does not answer now.
    #[error("the shop's access token cannot be read now: {0}")]
    Unreadable(String),
}

/// Where the token comes from.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// The token to use now.
    ///
    /// # Errors
    /// When there is none, or it cannot be read now.
    async fn token(&self) -> Result<Token, NoToken>;

    /// The token to use after the shop refused `refused`: a source with a cache reads anew.
    ///
    /// # Errors
    /// As [`TokenSource::token`].
    async fn renewed(&self, refused: &Token) -> Result<Token, NoToken> {
        let _ = refused;
        self.token().await
    }
}

/// A token that never changes.
#[async_trait]
impl TokenSource for Token {
    async fn token(&self) -> Result<Token, NoToken> {
        Ok(self.clone())
    }
}
