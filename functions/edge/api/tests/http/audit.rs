//! The record: looked at, checked and taken along.

use crate::bench::{Answer, Bench, NOON, publish, request};
use domain::{
    Actor, Record, Role,
    audit::{Check, Entry},
};
use policy::{AgentFacts, Input};
use serde_json::{Value, json};
use time::Duration;

const ANNA: (&str, Role) = ("anna", Role::Auditor);
const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

/// An action as the gate leaves it: judged, with what the rules were told.
pub(crate) async fn judged(bench: &Bench, n: u32, cents: i64) -> Record {
    let mut record = request(publish(n), 1);
    let mut input = Input {
        action: domain::Facts { kind: "expense.pay".into(), target: "payee:x".into(), ..Default::default() },
        agent: AgentFacts { name: "api".into(), cluster: "api".into(), probation: false },
        confidence: None,
        ..Default::default()
    };
    input.action.amount_cents = Some(cents);
    input.action.currency = Some("EUR".into());
    input.context.similar_24h_cents = Some(0);
    input.context.budget_overflow = Some(Vec::new());
    input.context.unwatched_hours = Some(0);
    let seen = input.seen();
    record.decision.input = domain::Digest::of_bytes(seen.as_bytes()).to_string();
    let entry = Entry::new(Actor::Function("gate".into()), "judged", record.status.name());
    let entry = Entry { input: Some(record.decision.input.clone()), revision: Some("r1".into()), ..entry };
    let mut tx = bench.env.store().tx(NOON);
    tx.create(&record, entry).unwrap();
    tx.keep_input(record.proposal.id, &record.decision.input, &seen).unwrap();
    tx.commit().await.unwrap();
    record
}

/// All pieces of JSON lines behind one another.
async fn lines(bench: &Bench, path: &str) -> Vec<String> {
    let (mut path, mut found) = (path.to_owned(), String::new());
    loop {
        let answer: Answer = bench.get(ANNA, &path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "application/jsonl"),
            "{}",
            answer.text
        );
        found.push_str(&answer.text);
        let link = answer.header("link");
        let Some(next) = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")) else { break };
        path = next.to_owned();
    }
    found.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_days_record_is_filtered_by_who_did_what_and_a_things_record_is_whole() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    bench.pass(Duration::minutes(1));
    let path = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    bench.post(OLIVIA, &path, &json!({"digest": record.bound})).await.with(200);
    let whats = async |query: &str| {
        let page = bench.get(ANNA, &format!("/api/v1/audit{query}")).await.with(200);
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["what"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(whats("").await, ["approved", "judged"]);
    assert_eq!(whats("?actor=olivia").await, ["approved"]);
    assert_eq!(whats("?what=judged&day=2026-11-20").await, ["judged"]);
    assert_eq!(whats("?day=2026-11-19").await, [""; 0]);
    let subject = format!("?subject=ACTION%23{}", record.proposal.id);
    assert_eq!(whats(&subject).await, ["approved", "judged"]);
    let first = bench.get(ANNA, &format!("/api/v1/audit{subject}&limit=1")).await.with(200);
    let next = format!("{subject}&limit=1&cursor={}", first["next"].as_str().unwrap());
    assert_eq!(whats(&next).await, ["judged"]);
    for n in 2..6 {
        bench.keep(&request(publish(n), 1)).await;
    }
    let (mut found, mut query) = (std::collections::BTreeSet::new(), "?what=judged&limit=1".to_owned());
    for page in 1.. {
        let answer = bench.get(ANNA, &format!("/api/v1/audit{query}")).await.with(200);
        found.extend(answer["items"].as_array().unwrap().iter().map(|item| item["subject"].to_string()));
        assert_eq!(found.len(), page.min(5), "one a page, each once");
        let Some(next) = answer["next"].as_str() else { break };
        query = format!("?what=judged&limit=1&cursor={next}");
    }
    for (query, field) in [("day=today", "day"), ("subject=X&day=2026-11-20", "day"), ("subject=X&cursor=x", "cursor")]
    {
        bench.get(ANNA, &format!("/api/v1/audit?{query}")).await.wrong_query(field);
    }
}

#[tokio::test]
async fn a_check_holds_until_somebody_changes_a_row() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/audit/verify?subject=ACTION%23{}", record.proposal.id);
    let fine = bench.get(ANNA, &path).await.with(200);
    assert_eq!((&fine["holds"], &fine["records"], &fine["faults"]), (&json!(true), &json!(1), &json!([])));
    let day = bench.get(ANNA, "/api/v1/audit/verify?day=2026-11-20").await.with(200);
    assert_eq!((&day["holds"], &day["unsealed"]), (&json!(true), &json!(1)), "{day}");
    bench.forge(&record).await;
    let forged = bench.get(ANNA, &path).await.with(200);
    assert_eq!(forged["holds"], false);
    assert!(forged["faults"][0]["why"].as_str().unwrap().contains("is not as record 1"), "{forged}");
    bench.get(ANNA, "/api/v1/audit/verify?subject=ACTION%23none").await.problem(404, "not-found");
    bench.get(ANNA, "/api/v1/audit/verify?subject=X&day=2026-11-20").await.problem(400, "query");
}

#[tokio::test]
async fn an_export_is_checked_with_nothing_else_at_hand() {
    let bench = Bench::start().await;
    for n in 0..5 {
        bench.keep(&request(publish(n), 1)).await;
        bench.pass(Duration::hours(9));
    }
    let found = lines(&bench, "/api/v1/audit/export?from=2026-11-20&to=2026-12-31").await;
    assert_eq!(found.len(), 7);
    let mut check = Check::default();
    found.iter().for_each(|line| check.line(line));
    let verdict = check.finish();
    assert!(verdict.holds(), "{:?}", verdict.faults);
    assert_eq!(verdict.records, 5);
    let mut cut = Check::default();
    found.iter().skip(1).for_each(|line| cut.line(line));
    assert!(!cut.finish().holds());
    bench.get(("frank", Role::Finance), "/api/v1/audit/export").await.problem(403, "forbidden");
    for query in ["from=2026-11-21&to=2026-11-20", "from=2025-01-01&to=2026-12-31", "to=x"] {
        bench.get(ANNA, &format!("/api/v1/audit/export?{query}")).await.problem(400, "query");
    }
    bench.get(ANNA, "/api/v1/audit/export?cursor=1.2.3").await.wrong_query("cursor");
}

#[tokio::test]
async fn decisions_are_handed_out_under_the_names_of_opa() {
    let bench = Bench::start().await;
    let record = judged(&bench, 1, 12_000).await;
    let found = lines(&bench, "/api/v1/audit/decisions?from=2026-11-19&to=2026-11-21").await;
    assert_eq!(found.len(), 1);
    let event: Value = serde_json::from_str(&found[0]).unwrap();
    assert_eq!(event["decision_id"], format!("{}/1", record.proposal.id));
    assert_eq!(event["bundles"]["royal"]["revision"], "r1");
    assert_eq!((&event["path"], &event["requested_by"]), (&json!("royal/risk/decision"), &json!("product-publisher")));
    assert_eq!(
        (&event["input"]["action"]["amount_cents"], &event["timestamp"]),
        (&json!(12_000), &json!("2026-11-20T12:00:00Z"))
    );
    bench.get(ANNA, "/api/v1/audit/decisions?cursor=1.x").await.wrong_query("cursor");
}
