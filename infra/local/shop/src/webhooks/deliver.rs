//! Posts what is queued: signed, at least once, in no promised order, given up after four hours.

use super::sign::sign;
use crate::API_VERSION;
use crate::error::ShopError;
use crate::fail::Fail;
use crate::faults::{Fault, FaultKind};
use crate::shop::{Inner, Shop};
use crate::store::Store;
use futures::{StreamExt as _, stream};
use reqwest::{Client, redirect};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A delivery is tried this often after its first failure.
const RETRIES: u32 = 8;
/// The first retry waits so long, each next one twice as long: the last comes before four hours.
const FIRST_RETRY_MS: i64 = 56_000;
/// The receiver has so long to take the connection, and so long to answer.
const CONNECT: Duration = Duration::from_secs(1);
const ANSWER: Duration = Duration::from_secs(5);
const AT_ONCE: usize = 16;
const BATCH: usize = 64;
/// How long the loop rests when nothing is due.
const REST: Duration = Duration::from_millis(20);

/// A webhook that waits to be taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(super) id: i64,
    pub(super) topic: String,
    pub(super) uri: String,
    pub(super) body: String,
    /// The same at every attempt.
    pub(super) webhook_id: String,
    /// The same for everything that one change told.
    pub(super) event_id: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) triggered_at: OffsetDateTime,
    pub(super) attempts: u32,
    pub(super) due_ms: i64,
    /// Was kept back by a fault, which meets it once.
    pub(super) late: bool,
}

impl Delivery {
    pub(super) fn millis(at: OffsetDateTime) -> i64 {
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
    }

    /// By when it is due, so that what is due comes first.
    fn key(&self) -> String {
        format!("{:020}-{}", self.due_ms, self.id)
    }

    pub(super) fn keep(&self, store: &Store) -> Result<(), Fail> {
        store.put("delivery", &self.key(), self)
    }

    fn forget(&self, store: &Store) -> Result<(), Fail> {
        store.remove("delivery", &self.key())
    }
}

impl Shop {
    /// Delivers webhooks until the future is dropped.
    ///
    /// # Errors
    /// When no connections can be made at all, or the state cannot be read or written.
    pub async fn deliver(&self) -> Result<(), ShopError> {
        let client = Client::builder().connect_timeout(CONNECT).timeout(ANSWER).redirect(redirect::Policy::none());
        let client = client.no_proxy().build().map_err(|e| ShopError::State(format!("no client: {e}")))?;
        loop {
            let due = self.inner.due().map_err(|e| ShopError::State(e.message))?;
            if due.is_empty() {
                tokio::time::sleep(REST).await;
                continue;
            }
            let tried = stream::iter(due).map(|delivery| self.inner.attempt(&client, delivery));
            let ends: Vec<Result<(), Fail>> = tried.buffer_unordered(AT_ONCE).collect().await;
            ends.into_iter().collect::<Result<(), _>>().map_err(|e| ShopError::State(e.message))?;
        }
    }
}

impl Inner {
    fn due(&self) -> Result<Vec<Delivery>, Fail> {
        let now = Delivery::millis((self.settings.now)());
        self.with_store(|store| store.until("delivery", &format!("{now:020}~"), BATCH))
    }

    async fn attempt(&self, client: &Client, delivery: Delivery) -> Result<(), Fail> {
        let fresh = delivery.attempts == 0 && !delivery.late;
        let fault = if fresh { self.faults.take_webhook(&delivery.topic) } else { None };
        match fault.as_ref().map(|f| f.kind) {
            Some(FaultKind::WebhookLost) => return self.end(&delivery, None, "lost"),
            Some(FaultKind::WebhookLate) => return self.hold_back(delivery, fault.as_ref()),
            Some(FaultKind::WebhookTwice) => drop(self.post(client, &delivery).await),
            _ => {}
        }
        if self.post(client, &delivery).await {
            return self.end(&delivery, None, "delivered");
        }
        if delivery.attempts >= RETRIES {
            return self.end(&delivery, None, "given up");
        }
        let wait = FIRST_RETRY_MS.saturating_mul(1_i64 << delivery.attempts.min(RETRIES));
        let now = Delivery::millis((self.settings.now)());
        let again = Delivery {
            attempts: delivery.attempts.saturating_add(1),
            due_ms: now.saturating_add(wait),
            ..delivery.clone()
        };
        self.end(&delivery, Some(&again), "failed")
    }

    fn hold_back(&self, delivery: Delivery, fault: Option<&Fault>) -> Result<(), Fail> {
        let wait = fault.and_then(|f| i64::try_from(f.delay_ms).ok()).unwrap_or_default();
        let later = Delivery { late: true, due_ms: delivery.due_ms.saturating_add(wait), ..delivery.clone() };
        self.end(&delivery, Some(&later), "late")
    }

    /// Takes a delivery from the queue, or puts it back for later, and counts what became of it.
    fn end(&self, delivery: &Delivery, again: Option<&Delivery>, how: &str) -> Result<(), Fail> {
        self.with_store(|store| {
            let transaction = store.begin()?;
            delivery.forget(store)?;
            if let Some(again) = again {
                again.keep(store)?;
            }
            let count: u64 = store.get("delivered", how)?.unwrap_or_default();
            store.put("delivered", how, &count.saturating_add(1))?;
            transaction.commit()?;
            Ok(())
        })
    }

    /// Whether the receiver took it: any 2xx, nothing else.
    async fn post(&self, client: &Client, delivery: &Delivery) -> bool {
        let triggered = delivery.triggered_at.format(&Rfc3339).unwrap_or_default();
        let request = client
            .post(&delivery.uri)
            .header("Content-Type", "application/json")
            .header("X-Shopify-Topic", &delivery.topic)
            .header("X-Shopify-Hmac-Sha256", sign(&self.settings.client_secret, delivery.body.as_bytes()))
            .header("X-Shopify-Shop-Domain", &self.settings.shop_domain)
            .header("X-Shopify-API-Version", API_VERSION)
            .header("X-Shopify-Webhook-Id", &delivery.webhook_id)
            .header("X-Shopify-Triggered-At", triggered)
            .header("X-Shopify-Event-Id", &delivery.event_id);
        match request.body(delivery.body.clone()).send().await {
            Ok(answer) => answer.status().is_success(),
            Err(error) => {
                tracing::debug!(topic = %delivery.topic, %error, "a webhook was not taken");
                false
            }
        }
    }
}
