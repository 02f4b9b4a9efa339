use crate::support::{ENDPOINT, SET, Store, TOKEN, custom_id, graphql, lamp_input};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use shop::{Fault, FaultKind, ShopError};
use std::net::SocketAddr;
use time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn set_lamp() -> Value {
    json!({ "query": SET, "variables": { "identifier": custom_id("lamp-1"), "input": lamp_input() } })
}

/// How many times the lamp was set so far.
fn applied(store: &Store) -> u64 {
    let state = store.shop.state().unwrap();
    let count = &state["effects"]["orchestrator.sku=lamp-1"]["productSet"];
    count.as_u64().unwrap_or(0)
}

#[tokio::test]
async fn each_fault_shows_itself_and_applies_or_does_not() {
    let cases = [
        (FaultKind::Throttled, Some("THROTTLED"), 0),
        (FaultKind::InternalErrorBefore, Some("INTERNAL_SERVER_ERROR"), 0),
        (FaultKind::InternalErrorAfter, Some("INTERNAL_SERVER_ERROR"), 1),
        (FaultKind::Delay, None, 1),
    ];
    for (kind, code, effects) in cases {
        let store = Store::new();
        store.define_custom_id().await;
        store.shop.faults().add([Fault::once(kind).on("productSet")]);
        store.data("{ shop { name } }", json!({})).await;
        let (status, _, body) = store.send(graphql(set_lamp().to_string())).await.unwrap();
        assert_eq!(status, StatusCode::OK);
        let answer: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"].as_str(), code, "{kind:?}");
        assert_eq!(applied(&store), effects, "{kind:?}");
        store.set(custom_id("lamp-1"), lamp_input()).await;
        assert_eq!(applied(&store), effects + 1, "{kind:?}");
    }
}

#[tokio::test]
async fn too_many_requests_has_a_retry_after() {
    let store = Store::new();
    store.shop.faults().add([Fault::once(FaultKind::TooManyRequests)]);
    let body = json!({ "query": "{ shop { name } }" });
    let (status, headers, _) = store.send(graphql(body.to_string())).await.unwrap();
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers["retry-after"], "2.0");
}

/// Sends the lamp over a plain connection and reads until it is closed.
async fn exchange(address: SocketAddr) -> Vec<u8> {
    let body = set_lamp().to_string();
    let request = format!(
        "POST {ENDPOINT} HTTP/1.1\r\nHost: shop\r\nX-Shopify-Access-Token: {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    answer
}

#[tokio::test]
async fn a_dropped_connection_sends_not_one_byte() {
    for (kind, effects) in [(FaultKind::DroppedBefore, 0), (FaultKind::DroppedAfter, 1)] {
        let store = Store::new();
        store.define_custom_id().await;
        store.shop.faults().add([Fault::once(kind)]);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = axum::serve(listener, store.shop.router()).into_future();
        let answer = tokio::select! {
            _ = server => panic!("the server ended"),
            answer = exchange(address) => answer,
        };
        assert_eq!(String::from_utf8_lossy(&answer), "", "{kind:?}");
        assert_eq!(applied(&store), effects, "{kind:?}");
    }
}

#[tokio::test]
async fn faults_are_set_shown_and_cleared_over_http() {
    let store = Store::new();
    let post = |body: Value| {
        Request::post("/sandbox/faults")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    let fault = json!({ "kind": "throttled", "times": 2, "operation": "productSet" });
    let (status, _, body) = store.send(post(json!([fault]))).await.unwrap();
    assert_eq!(status, StatusCode::OK);
    let shown: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(shown, json!({ "faults": [fault] }));
    let once = json!({ "kind": "delay", "delay_ms": 1 });
    store.send(post(once)).await.unwrap();
    let (_, shown) = store.get("/sandbox/faults").await;
    assert!(shown.contains("delay_ms"));
    for bad in [json!({ "kind": "earthquake" }), json!({ "kind": "delay", "wait": 1 }), json!(5)] {
        let (status, _, _) = store.send(post(bad)).await.unwrap();
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    let clear = Request::delete("/sandbox/faults").body(Body::empty()).unwrap();
    store.send(clear).await.unwrap();
    assert_eq!(store.shop.faults().waiting(), []);
}

#[tokio::test]
async fn what_was_reserved_and_not_used_is_given_back() {
    let store = Store::new();
    let query = "{ products(first: 250) { nodes { variants(first: 1) { nodes { id } } } } }";
    let answer = store.ask(query, json!({})).await;
    let cost = &answer["extensions"]["cost"];
    let number = |name: &str| cost[name].as_i64().unwrap();
    assert_eq!(number("requestedQueryCost"), 46);
    assert_eq!(number("actualQueryCost"), 2);
    assert_eq!(cost["throttleStatus"]["currentlyAvailable"], 1998);
}

#[tokio::test]
async fn throttled_requests_name_what_is_available_and_apply_nothing() {
    let store = Store::open(None, |s| {
        s.bucket_size = 25;
        s.restore_rate = 5;
    });
    store.define_custom_id().await;
    let (code, answer) = store.refusal(SET, set_lamp()["variables"].clone()).await;
    assert_eq!(code, "THROTTLED");
    assert!(answer.get("data").is_none());
    let cost = &answer["extensions"]["cost"];
    assert_eq!(cost["actualQueryCost"], Value::Null);
    let needed = cost["requestedQueryCost"].as_u64().unwrap();
    let available = cost["throttleStatus"]["currentlyAvailable"].as_u64().unwrap();
    assert!(needed > available);
    assert_eq!(applied(&store), 0);
}

#[tokio::test]
async fn waiting_for_the_named_time_is_enough() {
    let store = Store::open(None, |s| {
        s.bucket_size = 60;
        s.restore_rate = 10;
    });
    let query = "mutation($i: ProductSetInput!) { a: productSet(input: $i) { userErrors { code } } \
        b: productSet(input: $i) { userErrors { code } } }";
    let variables = json!({ "i": { "title": "Two" } });
    for _ in 0..3 {
        store.data(query, variables.clone()).await;
    }
    let (code, answer) = store.refusal(query, variables.clone()).await;
    assert_eq!(code, "THROTTLED");
    let cost = &answer["extensions"]["cost"];
    let missing =
        cost["requestedQueryCost"].as_i64().unwrap() - cost["throttleStatus"]["currentlyAvailable"].as_i64().unwrap();
    store.advance(Duration::seconds(missing / 10));
    store.data(query, variables).await;
}

#[tokio::test]
async fn a_restart_keeps_the_state_and_its_idempotency_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let before = {
        let store = Store::open(Some(&path), |_| {});
        let lamp = store.lamp().await;
        store.publish(&lamp).await;
        store.shop.state().unwrap()
    };
    let store = Store::open(Some(&path), |s| s.locations = vec!["ignored".into()]);
    assert_eq!(store.shop.state().unwrap(), before);
    let again = store.set(custom_id("lamp-1"), lamp_input()).await;
    assert_eq!(again["id"], before["products"][0]["id"]);
    assert_eq!(applied(&store), 2);
}

#[test]
fn a_state_that_cannot_be_used_is_a_clear_error() {
    let settings = || shop::Settings::new("t", "d.myshopify.com", "EUR");
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/folder/shop.db");
    let error = shop::Shop::open(Some(&missing), settings()).err().unwrap();
    assert!(matches!(error, ShopError::Unusable { .. }), "{error}");
    let other = folder.path().join("other.db");
    std::fs::write(&other, "this is no database, whatever its name says").unwrap();
    let error = shop::Shop::open(Some(&other), settings()).err().unwrap();
    assert!(matches!(error, ShopError::Unusable { .. }), "{error}");
    let newer = folder.path().join("newer.db");
    rusqlite_version(&newer, 99);
    let error = shop::Shop::open(Some(&newer), settings()).err().unwrap();
    assert!(matches!(error, ShopError::OtherVersion { found: 99, .. }), "{error}");
}

fn rusqlite_version(path: &std::path::Path, version: i64) {
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.pragma_update(None, "user_version", version).unwrap();
}
