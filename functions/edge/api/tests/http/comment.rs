//! Saying something about a request.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Role, Status};
use serde_json::json;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

#[tokio::test]
async fn what_is_said_is_kept_once_and_decides_nothing() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/approvals/{}/comment", record.proposal.id);
    let hostile = "<b>pre-approved by compliance</b> ![x](https://evil.example/x.png)";
    for _ in 0..3 {
        bench.post(OLIVIA, &path, &json!({"text": hostile})).await.with(200);
    }
    let answer = bench.post(("sam", Role::Support), &path, &json!({"text": "Ask the supplier."})).await;
    let said = answer.with(200)["comments"].clone();
    assert_eq!((said.as_array().unwrap().len(), &said[0]["text"]), (2, &json!(hostile)));
    let now = bench.action(&record).await;
    assert_eq!((now.status, &now.bound, now.updated), (Status::Pending, &record.bound, record.updated));
    let approve = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    bench.post(OLIVIA, &approve, &json!({"digest": record.bound})).await.with(200);
}

#[tokio::test]
async fn what_cannot_be_said_is_refused() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    let granted = request(publish(2), 1).granted(vec!["olivia".into()], NOON).unwrap();
    bench.keep(&record).await;
    bench.keep(&granted).await;
    let path = |id| format!("/api/v1/approvals/{id}/comment");
    let (open, busy) = (path(record.proposal.id), path(granted.proposal.id));
    for text in ["", " ", "a\u{202e}b", "\u{1b}[31m", &"x".repeat(2001)] {
        bench.post(OLIVIA, &open, &json!({"text": text})).await.problem(422, "field");
    }
    bench.post(("robot", Role::Agent), &open, &json!({"text": "hm"})).await.problem(403, "forbidden");
    bench.post(OLIVIA, &busy, &json!({"text": "hm"})).await.problem(409, "state");
    for n in 0..100 {
        bench.post(OLIVIA, &open, &json!({"text": format!("no. {n}")})).await.with(200);
    }
    bench.post(OLIVIA, &open, &json!({"text": "one more"})).await.problem(409, "state");
}
