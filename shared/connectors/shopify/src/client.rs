//! The client: one shop, one credential.

use crate::{
    endpoint::Endpoint,
    leave::Leave,
    model::{Gid, ShopInfo},
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
/// Their errors say what the caller does next: see [`crate::Error`]. A clone is the same client: it shares what
/// was learned of the shop.
#[derive(Clone)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoint: Endpoint,
    pub(crate) tokens: Arc<dyn TokenSource>,
    pub(crate) time: Arc<dyn Time>,
    pub(crate) patience: Patience,
    pub(crate) bucket: Arc<Mutex<Bucket>>,
    /// Whether the mismatch of API versions was told.
    pub(crate) warned: Arc<AtomicBool>,
    /// Whether the shop knows our product key.
    pub(crate) defined: Arc<OnceCell<()>>,
    pub(crate) shop: Arc<OnceCell<ShopInfo>>,
    /// The location that holds stock of our own: it follows nobody's.
    pub(crate) own: Option<Gid>,
    /// Who is asked before something is changed.
    pub(crate) leave: Option<Arc<dyn Leave>>,
    /// Who hears how much of the bucket is gone.
    pub(crate) meter: Arc<dyn Meter>,
}

/// Hears how much of what the shop allows is used up.
pub trait Meter: Send + Sync {
    /// `used` of `most` points are gone; all of them where the shop refused a request for that.
    fn uses(&self, used: u64, most: u64);
}

impl Meter for () {
    fn uses(&self, _used: u64, _most: u64) {}
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
            bucket: Arc::default(),
            warned: Arc::default(),
            defined: Arc::default(),
            shop: Arc::default(),
            own: None,
            leave: None,
            meter: Arc::new(()),
        }
    }

    /// The same, telling `meter` how much of the shop's bucket is gone.
    #[must_use]
    pub fn metered_by(mut self, meter: Arc<dyn Meter>) -> Self {
        self.meter = meter;
        self
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_time(mut self, time: Arc<dyn Time>) -> Self {
        self.time = time;
        self
    }

    /// The same for a shop one of whose locations holds stock of our own.
    #[must_use]
    pub fn keeping(mut self, own: Option<Gid>) -> Self {
        self.own = own;
        self
    }

    /// The same with other bounds.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The same for a token that only reads: nothing is defined in the shop before it is asked. What was never defined
    /// there has no products of ours either.
    #[must_use]
    pub fn reading(self) -> Self {
        Self { defined: Arc::new(OnceCell::new_with(Some(()))), ..self }
    }

    /// The same client for one piece of work: `leave` is asked before each request that changes something.
    #[must_use]
    pub fn with_leave(&self, leave: Arc<dyn Leave>) -> Self {
        Self { leave: Some(leave), ..self.clone() }
    }

    /// The clock that waits are taken from.
    #[must_use]
    pub fn time(&self) -> &dyn Time {
        &*self.time
    }
}
