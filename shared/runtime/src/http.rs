//! The one HTTP client: every request has a time-out.

mod authorities;

use crate::Problems;
use authorities::Late;
use reqwest::ClientBuilder;
use rustls::{ClientConfig, crypto::CryptoProvider};
use std::{sync::Arc, time::Duration};

/// A client that gives up on a connection after 5 s and on a request after 30 s.
///
/// # Errors
/// When TLS cannot be set up on this machine.
pub fn client() -> Result<reqwest::Client, Problems> {
    builder()?.build().map_err(|error| Problems::one(format!("no HTTP client: {error}")))
}

/// The same for who needs something else of it than others.
///
/// # Errors
/// As [`client`].
pub fn builder() -> Result<ClientBuilder, Problems> {
    let tls = tls().map_err(|error| Problems::one(format!("no TLS: {error}")))?;
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .user_agent(concat!("royal-equips-orchestrator/", env!("CARGO_PKG_VERSION"))))
}

/// What `reqwest` sets up itself, but for when the authorities are read.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let own = || Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let provider = CryptoProvider::get_default().map_or_else(own, Arc::clone);
    let mut config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Late::new(provider)))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
