//! The key that signs tokens: made once, kept in a file that only its owner reads.

use crate::IssuerError;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Name of the file in the issuer's folder.
const FILE: &str = "sign-in-key.der";

/// The key pair.
pub(crate) struct Keys {
    signing: EncodingKey,
    public: Jwk,
    id: String,
}

impl Keys {
    /// Reads the key in `dir`, or makes one and keeps it there.
    pub(crate) fn open(dir: &Path) -> Result<Self, IssuerError> {
        let path = dir.join(FILE);
        match fs::read(&path) {
            Ok(der) => Self::of(&der).ok_or(IssuerError::NotAKey { path }),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Self::make(dir, path),
            Err(cause) => Err(IssuerError::File { path, cause }),
        }
    }

    fn make(dir: &Path, path: PathBuf) -> Result<Self, IssuerError> {
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| IssuerError::NoRandomness)?;
        let keys = Self::of(der.as_ref()).ok_or(IssuerError::NoRandomness)?;
        match keep(dir, &path, der.as_ref()) {
            Ok(()) => Ok(keys),
            Err(cause) => Err(IssuerError::File { path, cause }),
        }
    }

    fn of(der: &[u8]) -> Option<Self> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).ok()?;
        let signing = EncodingKey::from_ec_der(der);
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::ES256).ok()?;
        let id = public.thumbprint(ThumbprintHash::SHA256).ok()?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Some(Self { signing, public, id })
    }

    /// The key that signs.
    pub(crate) const fn signing(&self) -> &EncodingKey {
        &self.signing
    }

    /// Its id: the thumbprint of its public half.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// What verifies, as a key set.
    pub(crate) fn published(&self) -> JwkSet {
        JwkSet { keys: vec![self.public.clone()] }
    }
}

/// Writes the whole file under another name first, so that a crash leaves no half a key.
fn keep(dir: &Path, path: &Path, der: &[u8]) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let fresh = path.with_extension("new");
    fs::write(&fresh, der)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600))?;
    }
    fs::rename(&fresh, path)
}
