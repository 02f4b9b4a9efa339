//! One key is one request, nobody asks without end, and it is noted that somebody watches.

use crate::bench::{Answer, Bench, publish, request};
use axum::{body::Body, http::Method};
use domain::Role;
use serde_json::{Value, json};
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

async fn keyed(bench: &Bench, path: &str, key: &str, body: &Value) -> Answer {
    let request = bench.ask(Method::POST, OLIVIA, path).header("idempotency-key", key);
    bench.send(request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_key_that_comes_with_another_request_is_refused() {
    let bench = Bench::start().await;
    let (one, two) = (request(publish(1), 1), request(publish(2), 1));
    bench.keep(&one).await;
    bench.keep(&two).await;
    let path = |record: &domain::Record| format!("/api/v1/approvals/{}/approve", record.proposal.id);
    for _ in 0..3 {
        keyed(&bench, &path(&one), "k", &json!({"digest": one.bound})).await.with(200);
    }
    keyed(&bench, &path(&two), "k", &json!({"digest": two.bound})).await.problem(409, "key-reused");
    keyed(&bench, &path(&two), "k2", &json!({"digest": two.bound})).await.with(200);
}

#[tokio::test]
async fn who_asks_too_often_waits_and_can_still_decide() {
    let bench = Bench::with(&[("ROYAL_READS_PER_SECOND", "1")]).await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(bench.get(OLIVIA, "/api/v1/control").await);
    }
    let refused = answers.iter().find(|answer| answer.status == 429).expect("forty at once are too many");
    refused.problem(429, "too-many");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    bench.get(("otto", Role::Owner), "/api/v1/control").await.with(200);
    let path = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    bench.post(OLIVIA, &path, &json!({"digest": record.bound})).await.with(200);
}

#[tokio::test]
async fn that_somebody_who_decides_was_here_is_noted_now_and_then() {
    let bench = Bench::start().await;
    let seen = async || {
        let fact = bench.env.store().fact("approvers").await.unwrap();
        fact.map(|fact| fact.fields["seen"].clone())
    };
    for who in [("anna", Role::Auditor), ("robot", Role::Agent)] {
        bench.get(who, "/api/v1/control").await.with(200);
    }
    assert_eq!(seen().await, None);
    bench.get(OLIVIA, "/api/v1/control").await.with(200);
    assert_eq!(seen().await.as_deref(), Some("2026-11-20T12:00:00Z"));
    bench.pass(Duration::minutes(9));
    bench.get(OLIVIA, "/api/v1/control").await.with(200);
    assert_eq!(seen().await.as_deref(), Some("2026-11-20T12:00:00Z"));
    bench.pass(Duration::minutes(1));
    bench.get(OLIVIA, "/api/v1/control").await.with(200);
    assert_eq!(seen().await.as_deref(), Some("2026-11-20T12:10:00Z"));
}
