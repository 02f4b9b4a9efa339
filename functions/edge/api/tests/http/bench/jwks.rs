//! Where the issuer's keys are fetched from: a set of keys that a test can change, and a count of fetches.

use axum::{Json, Router, http::StatusCode, response::IntoResponse as _, routing::get};
use issuer::Issuer;
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tower::ServiceExt as _;

#[derive(Default)]
struct Shared {
    keys: Mutex<Option<Value>>,
    fetches: AtomicUsize,
}

/// A server of keys on loopback.
pub(crate) struct JwksServer {
    shared: Arc<Shared>,
    port: u16,
}

impl JwksServer {
    /// Serves the keys of `issuer`.
    pub(crate) async fn start(issuer: &Issuer) -> Self {
        let shared = Arc::new(Shared::default());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = Arc::clone(&shared);
        let router = Router::new().route("/jwks.json", get(move || answer(Arc::clone(&serving))));
        #[allow(clippy::disallowed_methods, reason = "a test is no Lambda function: nothing freezes its tasks")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        let server = Self { shared, port };
        server.publish(Some(published(issuer).await));
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/jwks.json", self.port)
    }

    /// Publishes other keys, or fails from now on.
    pub(crate) fn publish(&self, keys: Option<Value>) {
        *self.shared.keys.lock().unwrap() = keys;
    }

    /// Publishes one key more.
    pub(crate) fn add(&self, key: Value) {
        let mut keys = self.shared.keys.lock().unwrap();
        keys.as_mut().unwrap()["keys"].as_array_mut().unwrap().push(key);
    }

    pub(crate) fn fetches(&self) -> usize {
        self.shared.fetches.load(Ordering::Relaxed)
    }
}

async fn answer(shared: Arc<Shared>) -> axum::response::Response {
    shared.fetches.fetch_add(1, Ordering::Relaxed);
    match shared.keys.lock().unwrap().clone() {
        Some(keys) => Json(keys).into_response(),
        None => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// What `issuer` publishes.
pub(crate) async fn published(issuer: &Issuer) -> Value {
    let request = axum::http::Request::get("/jwks.json").header("host", "localhost");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let answer = issuer.router().oneshot(request).await.unwrap();
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    let keys: Value = serde_json::from_slice(&bytes).unwrap();
    assert_ne!(keys, json!({ "keys": [] }));
    keys
}

impl super::Bench {
    /// What the issuer publishes now.
    pub(crate) fn jwks_value(&self) -> Value {
        self.jwks.shared.keys.lock().unwrap().clone().unwrap()
    }

    /// The same as text.
    pub(crate) fn jwks_text(&self) -> String {
        self.jwks_value()["keys"][1].to_string()
    }
}
