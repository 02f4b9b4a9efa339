//! Deciding many requests at once.

use crate::bench::{Bench, publish, request};
use domain::{Author, Record, Role, Status};
use serde_json::{Value, json};

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const PATH: &str = "/api/v1/approvals/bulk";

async fn some(bench: &Bench, count: u32) -> Vec<Record> {
    let mut records = Vec::new();
    for n in 0..count {
        let record = request(publish(n), 1);
        bench.keep(&record).await;
        records.push(record);
    }
    records
}

fn items(records: &[Record]) -> Vec<Value> {
    records.iter().map(|record| json!({"id": record.proposal.id, "digest": record.bound})).collect()
}

#[tokio::test]
async fn exactly_what_was_shown_is_decided_and_each_for_itself() {
    let bench = Bench::start().await;
    let records = some(&bench, 4).await;
    let mut shown = items(&records);
    shown[1]["digest"] = json!("0".repeat(64));
    shown.push(json!({"id": publish(77).id, "digest": "0".repeat(64)}));
    shown.swap(3, 4);
    let body = json!({"verb": "approve", "items": shown});
    for _ in 0..2 {
        let answer = bench.post(OLIVIA, PATH, &body).await.with(200);
        assert_eq!((&answer["done"], &answer["refused"]), (&json!(3), &json!(2)), "{answer}");
        assert_eq!(answer["items"][1]["problem"]["type"], "/docs#problem-changed");
        assert_eq!(answer["items"][3]["problem"]["status"], 404);
        assert_eq!(answer["items"][4]["decided"]["status"], "GRANTED");
    }
    let mut states = Vec::new();
    for record in &records {
        states.push(bench.action(record).await.status);
    }
    assert_eq!(states, [Status::Granted, Status::Pending, Status::Granted, Status::Granted]);
}

#[tokio::test]
async fn the_same_rules_hold_for_many_as_for_one() {
    let bench = Bench::start().await;
    let mut own = publish(1);
    own.authors = vec![Author { account: "olivia.private".into(), human: "olivia".into() }];
    let own = request(own, 1);
    bench.keep(&own).await;
    let shown = items(std::slice::from_ref(&own));
    let body = json!({"verb": "approve", "items": shown});
    for who in [OLIVIA, ("robot", Role::Agent), ("frank", Role::Finance)] {
        let answer = bench.post(who, PATH, &body).await.with(200);
        assert_eq!(answer["items"][0]["problem"]["status"], 403, "{answer}");
    }
    let no = json!({"verb": "reject", "items": shown, "reason": "too dear"});
    assert_eq!(bench.post(("otto", Role::Owner), PATH, &no).await.with(200)["done"], 1);
    assert_eq!(bench.action(&own).await.note.as_deref(), Some("too dear"));
}

#[tokio::test]
async fn what_is_no_list_of_requests_is_refused_whole() {
    let bench = Bench::start().await;
    let many = vec![json!({"id": publish(1).id, "digest": "0".repeat(64)}); 101];
    let cases = [
        json!({"verb": "approve", "items": []}),
        json!({"verb": "approve", "items": many}),
        json!({"verb": "reject", "items": &many[..1]}),
        json!({"verb": "burn", "items": &many[..1]}),
        json!({"items": &many[..1]}),
        json!({"verb": "approve", "items": [{"id": publish(1).id}]}),
    ];
    for body in cases {
        assert_eq!(bench.post(OLIVIA, PATH, &body).await.status, 422, "{body}");
    }
}
