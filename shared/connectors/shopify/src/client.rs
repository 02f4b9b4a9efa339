//! The client: one shop, one credential.

use crate::{
    endpoint::Endpoint,
    model::ShopInfo,
    patience::Patience,
    throttle::Bucket,
    time::{SystemTime, Time},
    token::TokenSource,
};
use std::sync::{Arc, Mutex, atomic::AtomicBool};
use tokio::sync::OnceCell;

/// Speaks to one shop's Admin GraphQL API.
///
/// Every method is one or a few requests, each tried within [`Patience`] where trying again is safe.
/// Their errors say what the caller does next: see [`crate::Error`].
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoint: Endpoint,
    pub(crate) tokens: Arc<dyn TokenSource>,
    pub(crate) time: Arc<dyn Time>,
    pub(crate) patience: Patience,
    pub(crate) bucket: Mutex<Bucket>,
    /// Whether the mismatch of API versions was told.
    pub(crate) warned: AtomicBool,
    /// Whether the shop knows our product key.
    pub(crate) defined: OnceCell<()>,
    pub(crate) shop: OnceCell<ShopInfo>,
}

impl Client {
    /// A client. `http` must have time-outs, and must not follow redirects: it would carry the token
    /// to wherever it is sent.
    #[must_use]
    pub fn new(http: reqwest::Client, endpoint: Endpoint, tokens: Arc<dyn TokenSource>) -> Self {
        Self {
            http,
            endpoint,
            tokens,
            time: Arc::new(SystemTime::default()),
            patience: Patience::default(),
            bucket: Mutex::default(),
            warned: AtomicBool::new(false),
            defined: OnceCell::new(),
            shop: OnceCell::new(),
        }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_time(mut self, time: Arc<dyn Time>) -> Self {
        self.time = time;
        self
    }

    /// The same with other bounds.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The clock that waits are taken from.
    #[must_use]
    pub fn time(&self) -> &dyn Time {
        &*self.time
    }
}
