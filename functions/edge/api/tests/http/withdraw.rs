//! Taking back what was proposed.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Author, Record, Role, Status};
use serde_json::{Value, json};

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const PUBLISHER: (&str, Role) = ("product-publisher", Role::Agent);

fn path(record: &Record) -> String {
    format!("/api/v1/actions/{}/withdraw", record.proposal.id)
}

#[tokio::test]
async fn an_agent_takes_back_its_own_and_nobody_elses() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let why = json!({"reason": "the supplier is out"});
    bench.post(("product-scout", Role::Agent), &path(&record), &why).await.problem(403, "forbidden");
    for _ in 0..3 {
        let answer = bench.post(PUBLISHER, &path(&record), &why).await.with(200);
        assert_eq!(answer["status"], "SUPERSEDED", "no cool-down for who changed their mind");
        assert_eq!(answer["note"], "withdrawn by product-publisher: the supplier is out");
    }
    let approve = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    bench.post(OLIVIA, &approve, &json!({"digest": record.bound})).await.problem(409, "decided");
}

#[tokio::test]
async fn people_take_back_what_they_asked_for_and_an_owner_whatever_it_is() {
    let bench = Bench::start().await;
    let mut proposal = publish(1);
    proposal.authors = vec![Author { account: "oscar".into(), human: "oscar".into() }];
    let own = request(proposal, 1);
    let other = request(publish(2), 1);
    for record in [&own, &other] {
        bench.keep(record).await;
    }
    let oscar = ("oscar", Role::Operations);
    bench.post(oscar, &path(&own), &json!({})).await.with(200);
    bench.post(oscar, &path(&other), &json!({})).await.problem(403, "forbidden");
    bench.post(("anna", Role::Auditor), &path(&other), &json!({})).await.problem(403, "forbidden");
    bench.post(OLIVIA, &path(&other), &json!({})).await.with(200);
}

#[tokio::test]
async fn only_what_nobody_has_decided_is_taken_back() {
    let bench = Bench::start().await;
    let ceo = Record { approval: None, ..request(publish(1), 1) }.becomes(Status::CeoReview, NOON).unwrap();
    let granted = request(publish(2), 1).granted(vec!["olivia".into()], NOON).unwrap();
    for record in [&ceo, &granted] {
        bench.keep(record).await;
    }
    assert_eq!(bench.post(OLIVIA, &path(&ceo), &json!({})).await.with(200)["status"], "REJECTED");
    let problem = bench.post(OLIVIA, &path(&granted), &json!({})).await.problem(409, "state");
    assert_eq!(problem["state"], "GRANTED");
    let answer = bench.post(OLIVIA, "/api/v1/actions", &crate::propose::expense("5.00")).await;
    let place = format!("{}/withdraw", answer.header("location"));
    let problem: Value = bench.post(OLIVIA, &place, &json!({})).await.problem(409, "state");
    assert_eq!(problem["state"], "PROPOSED");
}
