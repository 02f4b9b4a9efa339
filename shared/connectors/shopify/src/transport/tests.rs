//! Every way in which a call can end, told apart.

use crate::{
    Error, Meter, NoToken, Patience, Token, TokenSource,
    operation::{INVENTORY_SET, Operation, PRODUCT_STATUS, SHOP_INFO},
    testing::{Script, Stub, client, payload, quiet, token},
};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

async fn call(operation: &Operation, script: Vec<Script>) -> (Result<Value, Error>, usize) {
    let stub = Stub::start(script).await;
    let (client, _) = client(&stub.address, token());
    let result = client.send(operation, json!({ "key": "k" })).await;
    (result, stub.seen().len())
}

/// The name of an error's variant.
fn name(error: &Error) -> &'static str {
    match error {
        Error::Rejected { .. } => "rejected",
        Error::Throttled { .. } => "throttled",
        Error::Denied { .. } => "denied",
        Error::Unavailable { .. } => "unavailable",
        Error::CalledOff { .. } => "called off",
        Error::Unknown { .. } => "unknown",
    }
}

fn root_null(root: &str) -> Value {
    json!({ root: null })
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_unknown_and_is_not_sent_again() {
    let root = "productUpdate";
    let inside = json!([root, "product", "id"]);
    let generic = json!([{ "code": "GENERIC_ERROR", "field": null, "message": "try again" }]);
    let cases = [
        ("dropped", Script::Drop),
        ("broken off", Script::Break),
        ("500", Script::status(500)),
        ("502", Script::status(502)),
        ("503", Script::status(503)),
        ("504", Script::status(504)),
        ("408", Script::status(408)),
        ("a page of HTML", Script::Say(200, vec![], "<html>".into())),
        ("an empty answer", Script::json(&json!({}))),
        ("server fault", Script::error("INTERNAL_SERVER_ERROR", &json!([root]), &root_null(root))),
        ("server fault before data", Script::error("INTERNAL_SERVER_ERROR", &Value::Null, &Value::Null)),
        ("an unheard-of code", Script::error("NEW_CODE", &json!([root]), &root_null(root))),
        (
            "a scope missing for a part of the answer",
            Script::error("ACCESS_DENIED", &inside, &json!({ root: { "product": null } })),
        ),
        ("generic error", payload(root, json!({ "userErrors": generic }))),
    ];
    for (what, step) in cases {
        let (result, sent) = call(&PRODUCT_STATUS, vec![step]).await;
        assert_eq!((name(&result.unwrap_err()), sent), ("unknown", 1), "{what}");
    }
}

#[tokio::test]
async fn what_the_shop_certainly_did_not_do_is_told_apart_from_doubt() {
    let root = "productUpdate";
    let problem = json!([{ "field": ["product", "id"], "message": "Product does not exist" }]);
    let cases = [
        ("rejected", payload(root, json!({ "userErrors": problem }))),
        ("rejected", Script::error("INVALID_FIELD_ARGUMENTS", &json!([root]), &root_null(root))),
        ("rejected", Script::error("undefinedField", &json!(["mutation", root, "x"]), &Value::Null)),
        ("rejected", Script::status(400)),
        ("rejected", Script::status(422)),
        ("denied", Script::status(401)),
        ("denied", Script::status(402)),
        ("denied", Script::status(403)),
        ("denied", Script::status(404)),
        ("denied", Script::status(423)),
        ("denied", Script::Say(301, vec![("location", "http://127.0.0.1:1/")], String::new())),
        ("denied", Script::error("ACCESS_DENIED", &json!([root]), &root_null(root))),
    ];
    for (wanted, step) in cases {
        let (result, sent) = call(&PRODUCT_STATUS, vec![step]).await;
        assert_eq!((name(&result.unwrap_err()), sent), (wanted, 1));
    }
}

#[tokio::test]
async fn a_refusal_names_field_code_and_message() {
    let problem = json!([{ "code": "HANDLE_NOT_UNIQUE", "field": ["input", "handle"], "message": "Taken" }]);
    let step = payload("productUpdate", json!({ "userErrors": problem }));
    let error = call(&PRODUCT_STATUS, vec![step]).await.0.unwrap_err();
    assert!(error.has_code("HANDLE_NOT_UNIQUE"));
    assert_eq!(error.to_string(), "the shop rejects `ProductStatus`: `input.handle`: Taken (HANDLE_NOT_UNIQUE)");
}

#[tokio::test]
async fn a_question_is_asked_again_whatever_happened_to_its_answer() {
    let lost = || {
        vec![
            Script::Drop,
            Script::status(503),
            Script::error("INTERNAL_SERVER_ERROR", &json!(["shop"]), &root_null("shop")),
        ]
    };
    let mut script = lost();
    script.push(payload("shop", json!({ "name": "x" })));
    let (result, sent) = call(&SHOP_INFO, script).await;
    assert_eq!((result.unwrap(), sent), (json!({ "name": "x" }), 4));
    let mut script = lost();
    script.push(Script::Drop);
    let (result, sent) = call(&SHOP_INFO, script).await;
    assert_eq!((name(&result.unwrap_err()), sent), ("unavailable", 4));
}

#[tokio::test]
async fn a_change_with_an_idempotency_key_is_sent_again_as_it_was() {
    let root = "inventorySetQuantities";
    let busy = json!([{ "code": "IDEMPOTENCY_CONCURRENT_REQUEST", "field": null, "message": "wait" }]);
    let stub = Stub::start(vec![Script::Drop, payload(root, json!({ "userErrors": busy })), quiet(root)]).await;
    let (client, _) = client(&stub.address, token());
    let sent: Result<Value, _> = client.send(&INVENTORY_SET, json!({ "key": "k" })).await;
    assert!(sent.is_ok());
    let seen = stub.seen();
    let body = |request: &String| request.split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!((seen.len(), body(&seen[0])), (3, body(&seen[2])));
}

#[tokio::test]
async fn a_shop_that_cannot_be_reached_has_done_nothing() {
    let (client, time) = client("http://127.0.0.1:9", token());
    let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
    assert_eq!(name(&sent.unwrap_err()), "unavailable");
    let waits = [250, 500, 1000].map(Duration::from_millis);
    assert_eq!(time.waited(), waits);
}

fn throttled(available: u64) -> Script {
    let status = json!({ "maximumAvailable": 2000.0, "currentlyAvailable": available, "restoreRate": 100.0 });
    let cost = json!({ "requestedQueryCost": 500, "actualQueryCost": null, "throttleStatus": status });
    let error = json!({ "message": "Throttled", "extensions": { "code": "THROTTLED" } });
    Script::json(&json!({ "errors": [error], "extensions": { "cost": cost } }))
}

#[tokio::test]
async fn a_throttled_request_waits_as_long_as_the_bucket_needs_and_is_sent_again() {
    let stub = Stub::start(vec![throttled(200), quiet("productUpdate")]).await;
    let (client, time) = client(&stub.address, token());
    let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
    assert!(sent.is_ok());
    assert_eq!(time.waited(), [Duration::from_millis(3001)]);
}

#[tokio::test]
async fn a_wait_longer_than_patience_is_left_to_the_caller() {
    let stub = Stub::start(vec![throttled(0)]).await;
    let (client, time) = client(&stub.address, token());
    let client = client.with_patience(Patience { attempts: 4, waiting: Duration::from_secs(4) });
    for _ in 0..2 {
        // The second time it is not even sent: the bucket is known to be too low.
        let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
        assert_eq!(name(&sent.unwrap_err()), "throttled");
    }
    assert_eq!((stub.seen().len(), time.waited().len()), (1, 0));
}

#[tokio::test]
async fn too_many_requests_waits_as_long_as_the_shop_asks() {
    let busy = Script::Say(429, vec![("Retry-After", "2.0")], String::new());
    let stub = Stub::start(vec![busy, quiet("productUpdate")]).await;
    let (client, time) = client(&stub.address, token());
    let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
    assert!(sent.is_ok());
    assert_eq!(time.waited(), [Duration::from_secs(2)]);
}

/// Keeps what it hears.
#[derive(Default)]
struct Heard(Mutex<Vec<(u64, u64)>>);

impl Meter for Heard {
    fn uses(&self, used: u64, most: u64) {
        self.0.lock().unwrap().push((used, most));
    }
}

#[tokio::test]
async fn what_every_answer_says_of_the_bucket_is_measured_and_a_refusal_is_a_full_one() {
    let status = json!({ "maximumAvailable": 2000.0, "currentlyAvailable": 1900, "restoreRate": 100.0 });
    let cost = json!({ "requestedQueryCost": 10, "actualQueryCost": 10, "throttleStatus": status });
    let paid = Script::json(&json!({ "data": { "productUpdate": {} }, "extensions": { "cost": cost } }));
    let busy = Script::Say(429, vec![("Retry-After", "2.0")], String::new());
    let stub = Stub::start(vec![throttled(200), busy, paid]).await;
    let (client, _) = client(&stub.address, token());
    let heard = Arc::new(Heard::default());
    let sent: Result<Value, _> = client.metered_by(heard.clone()).send(&PRODUCT_STATUS, json!({})).await;
    assert!(sent.is_ok());
    assert_eq!(*heard.0.lock().unwrap(), [(1, 1), (1, 1), (100, 2000)]);
}

/// Gives out an old token until the shop refuses it.
struct Rotated;

#[async_trait]
impl TokenSource for Rotated {
    async fn token(&self) -> Result<Token, NoToken> {
        Ok(Token::new("old"))
    }

    async fn renewed(&self, refused: &Token) -> Result<Token, NoToken> {
        assert_eq!(refused, &Token::new("old"));
        Ok(Token::new("new"))
    }
}

struct Without(NoToken);

#[async_trait]
impl TokenSource for Without {
    async fn token(&self) -> Result<Token, NoToken> {
        Err(self.0.clone())
    }
}

#[tokio::test]
async fn a_rotated_token_is_taken_up_without_a_restart() {
    let stub = Stub::start(vec![Script::status(401), quiet("productUpdate")]).await;
    let (client, _) = client(&stub.address, Arc::new(Rotated));
    let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
    assert!(sent.is_ok());
    let seen = stub.seen();
    assert!(seen[0].contains("x-shopify-access-token: old"));
    assert!(seen[1].contains("x-shopify-access-token: new"));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let cases = [(NoToken::Missing, "denied"), (NoToken::Unreadable("secrets are away".into()), "unavailable")];
    for (why, wanted) in cases {
        let stub = Stub::start(vec![]).await;
        let (client, _) = client(&stub.address, Arc::new(Without(why)));
        let sent: Result<Value, _> = client.send(&PRODUCT_STATUS, json!({})).await;
        assert_eq!((name(&sent.unwrap_err()), stub.seen().len()), (wanted, 0));
    }
}

#[tokio::test]
async fn another_api_version_is_noticed_once() {
    let served = |version| {
        let body = json!({ "data": { "shop": {} } }).to_string();
        Script::Say(200, vec![("X-Shopify-API-Version", version)], body)
    };
    let stub = Stub::start(vec![served("2026-07"), served("2026-10")]).await;
    let (client, _) = client(&stub.address, token());
    for noticed in [false, true] {
        let _: Value = client.send(&SHOP_INFO, json!({})).await.unwrap();
        let warned = client.warned.load(std::sync::atomic::Ordering::Relaxed);
        assert_eq!(warned, noticed);
    }
}

#[test]
fn a_token_is_never_shown() {
    let shown = format!("{:?}", Token::new("shpat_secret"));
    assert_eq!(shown, "Token([redacted])");
}
