//! The one HTTP client: every request has a time-out.

use crate::Problems;
use std::time::Duration;

/// A client that gives up on a connection after 5 s and on a request after 30 s.
///
/// # Errors
/// When TLS cannot be set up on this machine.
pub fn client() -> Result<reqwest::Client, Problems> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .user_agent(concat!("royal-equips-orchestrator/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Problems::one(format!("no HTTP client: {error}")))
}
