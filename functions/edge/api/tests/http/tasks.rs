//! Giving agents work.

use crate::bench::{Answer, Bench};
use axum::{
    body::Body,
    http::{Method, header},
};
use domain::Role;
use serde_json::{Value, json};

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const OTTO: (&str, Role) = ("otto", Role::Owner);
const TASKS: &str = "/api/v1/orchestrator/tasks";

async fn give(bench: &Bench, who: (&str, Role), key: &str, body: &Value) -> Answer {
    let request = bench.ask(Method::POST, who, TASKS).header("idempotency-key", key);
    let request = request.header(header::CONTENT_TYPE, "application/json");
    bench.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_task_waits_for_its_agent_and_can_be_looked_up() {
    let bench = Bench::start().await;
    let body = json!({"agent": "product-scout/eu-home", "kind": "scan", "input": {"feed": "a.csv"}});
    let answer = bench.post(OLIVIA, TASKS, &body).await;
    insta::assert_json_snapshot!("created_task", answer.with(202));
    let shown = bench.get(OLIVIA, answer.header("location")).await;
    shown.with(200);
    insta::assert_json_snapshot!("shown_task", shown.steady());
    let listed = bench.get(OLIVIA, &format!("{TASKS}?status=READY")).await.with(200);
    assert_eq!(listed["items"][0]["id"], answer.json()["id"]);
    assert_eq!(bench.get(OLIVIA, &format!("{TASKS}?status=DONE")).await.with(200), json!({"items": []}));
}

#[tokio::test]
async fn the_same_key_of_the_same_person_is_the_same_task() {
    let bench = Bench::start().await;
    let body = json!({"agent": "product-scout", "kind": "scan", "input": {"feed": "a.csv"}});
    let first = give(&bench, OLIVIA, "k-1", &body).await.with(202);
    for _ in 0..3 {
        assert_eq!(give(&bench, OLIVIA, "k-1", &body).await.with(202), first);
    }
    let other = json!({"agent": "product-scout", "kind": "scan", "input": {"feed": "b.csv"}});
    give(&bench, OLIVIA, "k-1", &other).await.problem(409, "key-reused");
    assert_ne!(give(&bench, OTTO, "k-1", &other).await.with(202)["id"], first["id"]);
    let listed = bench.get(OLIVIA, TASKS).await.with(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_must_be_a_short_plain_text() {
    let bench = Bench::start().await;
    let body = json!({"agent": "product-scout", "kind": "scan"});
    for key in ["", "a b", &"k".repeat(256)] {
        give(&bench, OLIVIA, key, &body).await.problem(400, "query");
    }
}

#[tokio::test]
async fn what_an_agent_is_told_by_the_pipeline_nobody_else_can_tell_it() {
    let bench = Bench::start().await;
    for kind in ["reported", "action", "stopped", "news"] {
        let body = json!({"agent": "product-manager", "kind": kind, "input": {}});
        bench.post(OLIVIA, TASKS, &body).await.problem(422, "field");
    }
}

#[tokio::test]
async fn how_an_order_is_taxed_is_said_by_finance_or_an_owner_and_by_nobody_else_who_gives_work() {
    let bench = Bench::start().await;
    let decide = |order: &str| json!({"agent": "finance-tax", "kind": "decide", "input": {"order": order}});
    for (n, role) in [Role::Finance, Role::Owner].into_iter().enumerate() {
        bench.post(("fin", role), TASKS, &decide(&n.to_string())).await.with(202);
    }
    for role in [Role::Operations, Role::Marketing, Role::Support, Role::Auditor, Role::Agent] {
        bench.post(("other", role), TASKS, &decide("7")).await.problem(403, "forbidden");
    }
    let look = json!({"agent": "finance-tax", "kind": "vat", "input": {"order": "7"}});
    bench.post(("ops", Role::Operations), TASKS, &look).await.with(202);
    let listed = bench.get(OLIVIA, TASKS).await.with(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}
