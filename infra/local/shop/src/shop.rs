use crate::cost::Bucket;
use crate::error::ShopError;
use crate::fail::Fail;
use crate::faults::Faults;
use crate::gid;
use crate::idempotency::InFlight;
use crate::model::Place;
use crate::settings::Settings;
use crate::store::Store;
use crate::{schema, server, state, text};
use axum::Router;
use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A sandbox store with its state.
#[derive(Clone)]
pub struct Shop {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) faults: Faults,
    pub(crate) bucket: Bucket,
    pub(crate) in_flight: InFlight,
    store: Mutex<Store>,
    requests: AtomicU64,
}

impl Shop {
    /// Opens the store in the file at `path`, creating it when it is not there, or in memory.
    ///
    /// Returns at once: the schema is parsed on its own thread meanwhile, and a request that
    /// comes before it is ready waits for it.
    pub fn open(path: Option<&Path>, settings: Settings) -> Result<Self, ShopError> {
        let store = Store::open(path)?;
        let now = (settings.now)();
        furnish(&store, &settings, &text::stamp(now)).map_err(|e| ShopError::State(e.message))?;
        std::thread::spawn(|| schema::admin().is_ok());
        let inner = Inner {
            bucket: Bucket::new(settings.bucket_size, settings.restore_rate, now),
            settings,
            faults: Faults::default(),
            in_flight: InFlight::default(),
            store: Mutex::new(store),
            requests: AtomicU64::new(1),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The HTTP service; the caller binds the listener.
    pub fn router(&self) -> Router {
        server::router(self.clone())
    }

    /// The faults that requests will meet.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// What the store holds and which mutations were applied how often, as `GET /sandbox/state`
    /// answers it.
    pub fn state(&self) -> Result<Value, ShopError> {
        self.inner.with_store(|store| state::read(store, &self.inner.settings)).map_err(|e| ShopError::State(e.message))
    }
}

impl Inner {
    /// Runs `act` with the state, one at a time: requests are applied one after another.
    pub(crate) fn with_store<T>(&self, act: impl FnOnce(&Store) -> T) -> T {
        act(&self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn request_id(&self) -> String {
        format!("sandbox-{}", self.requests.fetch_add(1, Ordering::Relaxed))
    }
}

/// Gives a new state its stock locations and its one sales channel.
fn furnish(store: &Store, settings: &Settings, now: &str) -> Result<(), Fail> {
    if !store.ids("publication")?.is_empty() {
        return Ok(());
    }
    let transaction = store.begin()?;
    place(store, "publication", "Online Store", now)?;
    for name in &settings.locations {
        place(store, "location", name, now)?;
    }
    transaction.commit()?;
    Ok(())
}

fn place(store: &Store, kind: &str, name: &str, now: &str) -> Result<(), Fail> {
    let id = store.next_id()?;
    debug_assert!(id >= gid::FIRST);
    let place = Place { id, name: name.to_owned(), created_at: now.to_owned() };
    store.put(kind, &id.to_string(), &place)
}
