//! What the store tells, to a listener on this machine.

use crate::orders::{lamps, post, stocked};
use crate::support::Store;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use shop::{Fault, FaultKind};
use std::sync::{Arc, Mutex};
use std::time::Duration as Real;
use time::Duration;

/// What one delivery carried.
#[derive(Clone)]
struct Told {
    topic: String,
    webhook: String,
    event: String,
    signature: String,
    body: Bytes,
}

#[derive(Clone, Default)]
struct Listener(Arc<Mutex<(Vec<Told>, u32)>>);

impl Listener {
    /// Listens, and refuses the first `refused` messages.
    async fn start(refused: u32) -> (Self, String) {
        let listener = Self(Arc::new(Mutex::new((Vec::new(), refused))));
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/shopify", port.local_addr().unwrap());
        let own = listener.clone();
        let take = move |headers: HeaderMap, body: Bytes| async move { own.take(&headers, body) };
        let serving = axum::serve(port, Router::new().fallback(any(take)));
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(async move { serving.await });
        tasks.detach_all();
        (listener, url)
    }

    fn take(&self, headers: &HeaderMap, body: Bytes) -> StatusCode {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let mut state = self.0.lock().unwrap();
        state.0.push(Told {
            topic: header("x-shopify-topic"),
            webhook: header("x-shopify-webhook-id"),
            event: header("x-shopify-event-id"),
            signature: header("x-shopify-hmac-sha256"),
            body,
        });
        if state.1 > 0 {
            state.1 -= 1;
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        StatusCode::OK
    }

    fn told(&self) -> Vec<Told> {
        self.0.lock().unwrap().0.clone()
    }

    /// Lets the store deliver until there are `count` messages, or nothing more comes.
    async fn after(&self, store: &Store, count: usize) -> Vec<Told> {
        let enough = async {
            while self.told().len() < count {
                tokio::time::sleep(Real::from_millis(5)).await;
            }
            tokio::time::sleep(Real::from_millis(60)).await;
        };
        tokio::select! {
            () = enough => {}
            stopped = store.shop.deliver() => panic!("{stopped:?}"),
            () = tokio::time::sleep(Real::from_secs(20)) => {}
        }
        self.told()
    }
}

async fn listening(refused: u32) -> (Store, Listener) {
    let (listener, url) = Listener::start(refused).await;
    let store = Store::open(None, |settings| settings.webhooks_url = Some(url));
    stocked(&store).await;
    listener.after(&store, 1).await;
    listener.0.lock().unwrap().0.clear();
    (store, listener)
}

fn topics(told: &[Told]) -> Vec<&str> {
    let mut topics: Vec<_> = told.iter().map(|t| t.topic.as_str()).collect();
    topics.sort_unstable();
    topics
}

const ORDERED: [&str; 4] = ["customers/create", "inventory_levels/update", "orders/create", "orders/paid"];

#[tokio::test]
async fn an_order_is_told_signed_over_its_very_bytes() {
    let (store, listener) = listening(0).await;
    post(&store, "/sandbox/orders", lamps(1, 1)).await;
    let told = listener.after(&store, 4).await;
    assert_eq!(topics(&told), ORDERED);
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, shop::CLIENT_SECRET.as_bytes());
    for message in &told {
        let tag = STANDARD.decode(&message.signature).unwrap();
        assert!(aws_lc_rs::hmac::verify(&key, &message.body, &tag).is_ok(), "{}", message.topic);
    }
    let of = |topic: &str| told.iter().find(|t| t.topic == topic).unwrap();
    let (created, paid) = (of("orders/create"), of("orders/paid"));
    assert_eq!(created.event, paid.event, "one action of a shopper");
    assert_ne!(created.webhook, paid.webhook, "two deliveries");
    let order: Value = serde_json::from_slice(&created.body).unwrap();
    assert!(order["id"].as_i64().unwrap() > 9_007_199_254_740_992);
    assert_eq!((&order["total_price"], &order["financial_status"]), (&json!("54.80"), &json!("paid")));
    assert_eq!(order["line_items"][0]["sku"], "LAMP-B");
}

#[tokio::test]
async fn what_is_not_taken_is_sent_again_under_the_same_id() {
    let (store, listener) = listening(0).await;
    listener.0.lock().unwrap().1 = 4;
    post(&store, "/sandbox/orders", lamps(1, 1)).await;
    assert_eq!(listener.after(&store, 4).await.len(), 4, "and not again at once");
    store.advance(Duration::seconds(56));
    let told = listener.after(&store, 8).await;
    assert_eq!(told.len(), 8);
    let mut ids: Vec<_> = told.iter().map(|t| &t.webhook).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "each twice");
}

#[tokio::test]
async fn a_message_can_be_lost_sent_twice_and_late() {
    let (store, listener) = listening(0).await;
    store.shop.faults().add([
        Fault::once(FaultKind::WebhookLost).on("orders/create"),
        Fault::once(FaultKind::WebhookTwice).on("orders/paid"),
        Fault { delay_ms: 60_000, ..Fault::once(FaultKind::WebhookLate).on("customers/create") },
    ]);
    post(&store, "/sandbox/orders", lamps(1, 1)).await;
    let told = listener.after(&store, 3).await;
    assert_eq!(topics(&told), ["inventory_levels/update", "orders/paid", "orders/paid"]);
    store.advance(Duration::minutes(1));
    assert_eq!(topics(&listener.after(&store, 4).await).first(), Some(&"customers/create"));
}

#[tokio::test]
async fn a_person_asks_to_be_forgotten() {
    let (store, listener) = listening(0).await;
    post(&store, "/sandbox/orders", lamps(1, 1)).await;
    let told = listener.after(&store, 4).await;
    let created = told.iter().find(|t| t.topic == "orders/create").unwrap();
    let order: Value = serde_json::from_slice(&created.body).unwrap();
    let customer = order["customer"]["id"].as_i64().unwrap();
    for request in ["data_request", "redact"] {
        post(&store, &format!("/sandbox/customers/{customer}/{request}"), json!({})).await;
    }
    post(&store, "/sandbox/shop/redact", json!({})).await;
    let told = listener.after(&store, 7).await;
    let redact = told.iter().find(|t| t.topic == "customers/redact").unwrap();
    let body: Value = serde_json::from_slice(&redact.body).unwrap();
    assert_eq!((&body["customer"]["id"], &body["orders_to_redact"]), (&json!(customer), &json!([order["id"]])));
    assert!(told.iter().any(|t| t.topic == "customers/data_request") && told.iter().any(|t| t.topic == "shop/redact"));
}
