//! What the sandbox tells of its own accord, signed as the services sign, and what is not theirs.

use super::bench::{Bench, NOON, SECRETS, number};
use crate::callback::{Rejected, Sender};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use depot::{Fault, FaultKind};
use domain::{News, news::Said, order::ParcelState};
use std::sync::{Arc, Mutex};
use time::Duration;
use tokio::{net::TcpListener, task::JoinSet};

/// One call as it came.
#[derive(Debug, Clone)]
struct Call {
    sender: Sender,
    signature: String,
    body: Vec<u8>,
}

#[derive(Clone, Default)]
struct Ear {
    calls: Arc<Mutex<Vec<Call>>>,
    /// Calls that are answered with a failure first.
    deaf: Arc<Mutex<usize>>,
}

async fn hear(State(ear): State<Ear>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let sender = Sender::named(&name).unwrap();
    let signature = headers[sender.header()].to_str().unwrap().to_owned();
    ear.calls.lock().unwrap().push(Call { sender, signature, body: body.to_vec() });
    let mut deaf = ear.deaf.lock().unwrap();
    match deaf.checked_sub(1) {
        Some(left) => {
            *deaf = left;
            StatusCode::INTERNAL_SERVER_ERROR
        }
        None => StatusCode::OK,
    }
}

async fn listening() -> (Bench, Ear, JoinSet<()>) {
    let ear = Ear::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/suppliers", listener.local_addr().unwrap());
    let router = Router::new().route("/suppliers/{name}", post(hear)).with_state(ear.clone());
    let mut server = JoinSet::new();
    server.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (Bench::with(&SECRETS, Some(url)).await, ear, server)
}

fn secret(sender: Sender) -> &'static str {
    SECRETS.iter().find(|(name, _)| *name == sender.secret()).unwrap().1
}

impl Ear {
    fn heard(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    fn news(&self) -> Vec<News> {
        let read = |call: Call| call.sender.read(secret(call.sender), Some(&call.signature), &call.body, NOON).unwrap();
        self.heard().into_iter().map(read).collect()
    }
}

#[tokio::test]
async fn every_step_is_told_by_our_own_number() {
    for name in ["cj", "printful"] {
        let (bench, ear, _server) = listening().await;
        bench.paid(name).await;
        for minutes in [0, 1, 2] {
            bench.pass(Duration::minutes(minutes)).await;
        }
        let mut states = Vec::new();
        for news in ear.news() {
            let Said::Parcel(parcel) = news.said else { panic!("{news:?}") };
            assert_eq!((parcel.supplier.as_str(), parcel.number), (name, number().to_string()));
            assert_eq!(parcel.tracking.is_some(), parcel.state >= Some(ParcelState::Shipped), "{name}");
            states.extend(parcel.state);
        }
        assert_eq!(states, [ParcelState::Placed, ParcelState::Shipped, ParcelState::Delivered], "{name}");
    }
}

#[tokio::test]
async fn a_followed_parcel_is_told_by_aftership_too() {
    let (bench, ear, _server) = listening().await;
    bench.paid("cj").await;
    bench.pass(Duration::minutes(1)).await;
    let tracking = bench.of("cj").find(number()).await.unwrap().unwrap().tracking.unwrap();
    bench.suppliers.carriers().follow(number(), &tracking.number).await.unwrap();
    bench.pass(Duration::minutes(2)).await;
    let told: Vec<News> = ear.news().into_iter().filter(|news| news.from == "supplier:aftership").collect();
    assert_eq!(told.len(), 1);
    let Said::Parcel(parcel) = &told[0].said else { panic!("{told:?}") };
    assert_eq!((parcel.state, &parcel.number), (Some(ParcelState::Delivered), &number().to_string()));
}

#[tokio::test]
async fn a_call_that_comes_again_is_the_same_news() {
    let (bench, ear, _server) = listening().await;
    bench.fault(Fault::once(FaultKind::DuplicateCallback));
    bench.paid("printful").await;
    *ear.deaf.lock().unwrap() = 1;
    for _ in 0..3 {
        bench.pass(Duration::seconds(10)).await;
    }
    let news = ear.news();
    assert_eq!(news.len(), 3, "twice, and the first once more because it was not taken");
    assert!(news.iter().all(|other| other.id == news[0].id), "{news:?}");
}

#[tokio::test]
async fn what_is_not_signed_by_who_it_says_is_rejected() {
    let (bench, ear, _server) = listening().await;
    for name in ["cj", "printful"] {
        bench.paid(name).await;
    }
    bench.pass(Duration::ZERO).await;
    let calls = ear.heard();
    assert!(calls.len() >= 2);
    for Call { sender, signature, body } in calls {
        let read = |secret: &str, signature: Option<&str>, body: &[u8]| sender.read(secret, signature, body, NOON);
        assert!(read(secret(sender), Some(&signature), &body).is_ok());
        let mut changed = body.clone();
        let last = changed.len() - 2;
        changed[last] ^= 1;
        let parsed: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let reserialised = serde_json::to_vec_pretty(&parsed).unwrap();
        let other = if sender == Sender::Printful { "00ff" } else { "another" };
        let hostile = [
            read(secret(sender), Some(&signature), &changed),
            read(secret(sender), Some(&signature), &reserialised),
            read(secret(sender), Some(&signature[1..]), &body),
            read(secret(sender), Some(""), &body),
            read(secret(sender), None, &body),
            read(other, Some(&signature), &body),
            read("", Some(&signature), &body),
        ];
        for (n, result) in hostile.into_iter().enumerate() {
            assert_eq!(result, Err(Rejected::Signature), "{sender:?} {n}");
        }
    }
}

#[test]
fn a_signed_message_that_means_nothing_to_us_is_kept_as_that_or_rejected() {
    let sign = |body: &str| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"10001");
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(aws_lc_rs::hmac::sign(&key, body.as_bytes()))
    };
    let read = |body: &str| Sender::Cj.read("10001", Some(&sign(body)), body.as_bytes(), NOON);
    let news = read(r#"{"messageId":"a1","type":"PRODUCT","params":{"pid":"1"}}"#).unwrap();
    assert_eq!((news.id.as_str(), news.topic.as_str(), news.said), ("cj:a1", "product", Said::Unused));
    for body in ["", "[]", "{}", r#"{"type":"ORDER","params":{"orderNumber":"1"}}"#, "not json"] {
        assert!(matches!(read(body), Err(Rejected::Malformed(_))), "{body}");
    }
}

#[test]
fn a_delivery_is_told_from_another_by_all_but_how_often_it_was_sent() {
    let read = |body: &serde_json::Value| {
        let (body, key) = (body.to_string(), hex::decode(secret(Sender::Printful)).unwrap());
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key);
        let signature = hex::encode(aws_lc_rs::hmac::sign(&key, body.as_bytes()));
        Sender::Printful.read(secret(Sender::Printful), Some(&signature), body.as_bytes(), NOON).unwrap().id
    };
    let told = |retries: u32, order: &str, when: &str| {
        let order = serde_json::json!({ "id": 1, "external_id": order, "status": "onhold" });
        let data = serde_json::json!({ "order": order });
        read(&serde_json::json!({ "type": "order_put_hold", "occurred_at": when, "retries": retries, "data": data }))
    };
    let (first, later) = ("2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
    assert_eq!(told(0, "a", first), told(3, "a", first), "the same, sent again");
    assert_ne!(told(0, "a", first), told(0, "b", first), "of another order");
    assert_ne!(told(0, "a", first), told(0, "a", later), "the same once more");
}
