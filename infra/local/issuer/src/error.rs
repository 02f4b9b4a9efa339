//! What can go wrong when the issuer starts or signs.

use std::{io, path::PathBuf};

/// Why there is no issuer, or no token.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// The key's file cannot be read or written: look at the folder.
    #[error("the sign-in key `{}` cannot be used: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The file holds something else: remove it, and everybody signs in again.
    #[error("`{}` is no sign-in key: remove the file to have a new one made", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
    },
    /// The system gave no random numbers.
    #[error("no key can be made: the system gives no random numbers")]
    NoRandomness,
    /// The token could not be signed.
    #[error("no token can be signed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}
