//! Standing in for somebody.

use crate::bench::{Bench, NOON, publish, request};
use axum::{body::Body, http::Method};
use domain::{Author, Proposal, Record, Role, Status};
use serde_json::{Value, json};
use time::{Duration, format_description::well_known::Rfc3339};

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const FRANK: (&str, Role) = ("frank", Role::Finance);

fn path(record: &Record, verb: &str) -> String {
    format!("/api/v1/approvals/{}/{verb}", record.proposal.id)
}

fn to(account: &str, hours: i64) -> Value {
    let until = (NOON + Duration::hours(hours)).format(&Rfc3339).unwrap();
    json!({"to": account, "until": until, "reason": "on holiday"})
}

async fn waiting(bench: &Bench, n: u32) -> Record {
    let record = request(publish(n), 1);
    bench.keep(&record).await;
    record
}

#[tokio::test]
async fn who_stands_in_decides_one_request_in_the_others_place_and_no_other() {
    let bench = Bench::start().await;
    let (record, other) = (waiting(&bench, 1).await, waiting(&bench, 2).await);
    let body = json!({"digest": record.bound});
    bench.post(FRANK, &path(&record, "approve"), &body).await.problem(403, "forbidden");
    for _ in 0..2 {
        let given = bench.post(OLIVIA, &path(&record, "delegate"), &to("Frank", 8)).await.with(200);
        assert_eq!(
            (&given["from"], &given["to"], &given["roles"]),
            (&json!("olivia"), &json!("frank"), &json!(["owner"]))
        );
    }
    bench.post(FRANK, &path(&other, "approve"), &json!({"digest": other.bound})).await.problem(403, "forbidden");
    let decided = bench.post(FRANK, &path(&record, "approve"), &body).await.with(200);
    assert_eq!((&decided["votes"][0]["onBehalf"], &decided["status"]), (&json!("olivia"), &json!("GRANTED")));
    let shown = bench.get(OLIVIA, &format!("/api/v1/approvals/{}", record.proposal.id)).await.with(200);
    assert_eq!(shown["delegated"].as_array().unwrap().len(), 1, "said twice is said once");
    assert_eq!(shown["history"]["verified"], true);
}

#[tokio::test]
async fn a_standing_delegation_is_seen_ends_by_itself_and_can_be_taken_back() {
    let bench = Bench::start().await;
    bench.post(OLIVIA, "/api/v1/delegations", &to("frank", 8)).await.with(201);
    let (first, second, third) = (waiting(&bench, 1).await, waiting(&bench, 2).await, waiting(&bench, 3).await);
    let list = bench.get(("anna", Role::Auditor), "/api/v1/delegations").await.with(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    bench.post(FRANK, &path(&first, "approve"), &json!({"digest": first.bound})).await.with(200);
    let revoke = |who| bench.ask(Method::DELETE, who, "/api/v1/delegations/frank").body(Body::empty()).unwrap();
    bench.send(revoke(("otto", Role::Owner))).await.problem(404, "not-found");
    assert_eq!(bench.send(revoke(OLIVIA)).await.status, 204);
    bench.post(FRANK, &path(&second, "approve"), &json!({"digest": second.bound})).await.problem(403, "forbidden");
    bench.post(OLIVIA, "/api/v1/delegations", &to("frank", 2)).await.with(201);
    bench.pass(Duration::hours(2));
    bench.post(FRANK, &path(&third, "approve"), &json!({"digest": third.bound})).await.problem(403, "forbidden");
}

#[tokio::test]
async fn nobody_hands_on_what_they_may_not_decide_nor_to_who_must_not() {
    let bench = Bench::start().await;
    let mut proposal: Proposal = publish(1);
    proposal.authors = vec![Author { account: "frank.private".into(), human: "frank".into() }];
    let record = request(proposal, 1);
    bench.keep(&record).await;
    let hand = path(&record, "delegate");
    for who in [FRANK, ("sam", Role::Support), ("anna", Role::Auditor), ("robot", Role::Agent)] {
        bench.post(who, &hand, &to("otto", 8)).await.problem(403, "forbidden");
    }
    for name in ["olivia", "OLIVIA", "frank", "product-scout", "api"] {
        let problem = bench.post(OLIVIA, &hand, &to(name, 8)).await.problem(422, "field");
        assert_eq!(problem["errors"][0]["field"], "to", "{name}: {problem}");
    }
    bench.post(OLIVIA, &hand, &to("otto", 0)).await.problem(409, "state");
    assert_eq!(bench.action(&record).await.status, Status::Pending);
}

#[tokio::test]
async fn a_borrowed_voice_is_no_second_one() {
    let bench = Bench::start().await;
    let record = request(publish(1), 2);
    bench.keep(&record).await;
    bench.post(OLIVIA, &path(&record, "delegate"), &to("frank", 8)).await.with(200);
    let body = json!({"digest": record.bound});
    for who in [OLIVIA, FRANK] {
        assert_eq!(bench.post(who, &path(&record, "approve"), &body).await.with(200)["status"], "PENDING");
    }
    assert_eq!(
        bench.post(("otto", Role::Owner), &path(&record, "approve"), &body).await.with(200)["status"],
        "GRANTED"
    );
}
