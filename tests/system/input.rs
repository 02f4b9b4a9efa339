//! What people and suppliers send by mistake, or on purpose.

use crate::{feed::Row, world::World};
use domain::{Role, journey::Stage};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const OWNER: (&str, Role) = ("owner@sandbox.example", Role::Owner);

/// Method, path, body as it is sent, and the answer that it deserves.
fn misfits(id: &str) -> Vec<(Method, String, Vec<u8>, u16)> {
    let approve = format!("approvals/{id}/approve");
    let post = |path: &str, body: Value, status| (Method::POST, path.to_owned(), body.to_string().into_bytes(), status);
    let raw = |body: &[u8], status| (Method::POST, approve.clone(), body.to_vec(), status);
    vec![
        post(&approve, json!({ "digest": "0".repeat(64), "tier": "LOW" }), 422),
        post(&approve, json!({ "digest": 7 }), 422),
        post(&approve, json!({}), 422),
        post(&approve, json!([]), 422),
        post(&approve, json!({ "digest": "0".repeat(64), "reason": "x".repeat(300_000) }), 413),
        post(&format!("approvals/{id}/reject"), json!({ "digest": "0".repeat(64) }), 422),
        post("approvals/nonsense/approve", json!({ "digest": "0".repeat(64) }), 404),
        raw(b"{\"digest\":", 400),
        raw(b"\xff\xfe\x00", 400),
        raw(b"", 400),
        post("orchestrator/tasks", json!({ "agent": "nobody-at-all", "kind": "scout" }), 422),
        post("orchestrator/tasks", json!({ "agent": "../../etc", "kind": "scout" }), 422),
        post("orchestrator/tasks", json!({ "agent": "product-scout", "kind": "x".repeat(10_000) }), 422),
        post("orchestrator/tasks", json!({ "agent": "product-scout", "kind": "action", "input": {} }), 422),
        (Method::PUT, "control".to_owned(), json!({ "scope": "everything", "stopped": true }).to_string().into(), 422),
        (Method::PUT, "control".to_owned(), json!({ "scope": "all", "stopped": "yes" }).to_string().into(), 422),
        (Method::GET, "approvals?limit=-1".to_owned(), Vec::new(), 400),
        (Method::GET, "approvals?cursor=%00%ff".to_owned(), Vec::new(), 404),
        (Method::GET, "actions?status=SOMETIMES".to_owned(), Vec::new(), 400),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_cannot_be_meant_is_refused_with_a_reason_and_changes_nothing() {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    let before = world.table().await.ledger();
    for (method, path, body, expected) in misfits(card["id"].as_str().unwrap()) {
        let shown: String = String::from_utf8_lossy(&body).chars().take(60).collect();
        let case = format!("{method} {path} {shown}");
        let request = world.request(OWNER, method, &path).header("content-type", "application/json").body(body);
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(status, expected, "{case}: {problem:#}");
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{case}: {problem:#}");
    }
    let form =
        world.request(OWNER, Method::POST, "orchestrator/tasks").body("agent=product-scout").send().await.unwrap();
    assert_eq!(form.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let endless = json!({ "agent": "product-scout", "kind": "scout", "input": "x".repeat(10_000_000) });
    // Whoever goes on sending may not get to read the refusal; nothing else is answered.
    if let Ok(answer) = world.request(OWNER, Method::POST, "orchestrator/tasks").json(&endless).send().await {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    world.settle().await;
    assert_eq!(world.table().await.ledger(), before);
}

/// Rows that no supplier should send, each with what is wrong in it.
fn broken_rows() -> Vec<Row> {
    let long: &'static str = Box::leak("9".repeat(1_000_000).into_boxed_str());
    vec![
        Row { price: "-49.95", ..Row::plain("negative") },
        Row { price: "NaN", ..Row::plain("not-a-number") },
        Row { price: "1e400", ..Row::plain("huge") },
        Row { price: long, ..Row::plain("long") },
        Row { price: "XYZ 49.95", ..Row::plain("currency") },
        Row { cost: "lots", ..Row::plain("cost") },
        Row { stock: "99999999999999999999", ..Row::plain("stock") },
        Row { stock: "-3", ..Row::plain("minus") },
    ]
}

/// What is said of each of them, and of a title without end.
const REASONS: [&str; 8] = [
    "is negative",
    "is not a number",
    "scientific notation",
    "too many digits",
    "no known currency",
    "is not a number",
    "is too large",
    "is too long",
];

/// What the scout last reported.
async fn report(world: &World) -> Value {
    let table = world.table().await;
    let tasks = table.bodies("TASK").into_iter().filter(|task| task["agent"] == "product-scout");
    tasks.max_by_key(|task| task["created"].as_str().unwrap().to_owned()).unwrap()["report"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_meant_is_reported_and_the_good_ones_go_on() {
    let mut rows = broken_rows();
    rows.push(Row { title: "t".repeat(1_000_000), ..Row::plain("endless") });
    rows.push(Row::plain("board"));
    let world = World::of(&rows).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.settle().await;
    let report = report(&world).await;
    let rejected = report["rejectedRows"]["first"].as_array().unwrap();
    let numbers: Vec<u64> = rejected.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 3, 4, 5, 6, 7, 8, 10], "each with its number: {report:#}");
    for (row, reason) in rejected.iter().zip(REASONS) {
        let told = row["reason"].as_str().unwrap();
        assert!(told.contains(reason) && told.len() < 400, "{told}");
    }
    assert_eq!((&report["turnedDown"]["out_of_stock"], &report["started"]), (&json!(1), &json!(1)), "{report:#}");
    assert_eq!(world.table().await.states("JOURNEY").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_is_no_text_is_reported_and_stops_nothing_else() {
    let world = World::of(&[]).await;
    let path = world.folder.path().join("products.csv");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend_from_slice(b"\xff\xfe\x00,\xc3\x28,broken\n");
    std::fs::write(&path, &bytes).unwrap();
    world.scout().await;
    world.settle().await;
    let told = report(&world).await;
    let reason = told["rejectedRows"]["first"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("not UTF-8"), "{told:#}");

    std::fs::remove_file(&path).unwrap();
    world.scout().await;
    world.settle().await;
    let (_, scout) = world.api(Role::Owner, Method::GET, "agents/product-scout", None).await;
    assert_eq!(scout["lastOutcome"], "failed", "a feed that is gone shows: {scout:#}");

    world.feed(&[Row::plain("board")]);
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
}
