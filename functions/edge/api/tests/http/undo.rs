//! Undoing what was executed.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Action, ActionId, Outcome, Record, Role, Status, life::Undo};
use serde_json::json;
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

/// Mug number `n` on sale since noon, and an hour's time to take it off again.
async fn published(bench: &Bench, n: u32) -> Record {
    let record = request(publish(n), 1).granted(vec!["olivia".into()], NOON).unwrap();
    let record = record.becomes(Status::Executing, NOON).unwrap().becomes(Status::Executed, NOON).unwrap();
    let inverse = record.proposal.action.inverse().unwrap();
    let undo = Undo { action: Box::new(inverse), minutes: 60, until: None }.opened(NOON);
    let outcome = Outcome { remote_id: Some("1".into()), link: None, detail: "on sale".into(), at: NOON };
    let record = Record { undo: Some(undo), outcome: Some(outcome), ..record };
    bench.keep(&record).await;
    record
}

fn path(record: &Record) -> String {
    format!("/api/v1/actions/{}/undo", record.proposal.id)
}

#[tokio::test]
async fn one_call_proposes_the_way_back_and_twice_is_once() {
    let bench = Bench::start().await;
    let record = published(&bench, 1).await;
    let mut ids = Vec::new();
    for reason in ["wrong picture", "wrong picture", "wrong price"] {
        let answer = bench.post(OLIVIA, &path(&record), &json!({"reason": reason})).await;
        ids.push(answer.with(202)["id"].as_str().unwrap().to_owned());
    }
    ids.dedup();
    let [id] = ids.as_slice() else { panic!("{ids:?}") };
    let id: ActionId = id.parse().unwrap();
    let proposal = bench.env.store().proposal(id).await.unwrap().unwrap();
    assert_eq!((proposal.undoes, proposal.authors[0].account.as_str()), (Some(record.proposal.id), "olivia"));
    assert!(matches!(proposal.action, Action::ProductUnpublish(_)));
}

#[tokio::test]
async fn a_way_back_that_failed_can_be_tried_again() {
    let bench = Bench::start().await;
    let record = published(&bench, 1).await;
    let why = json!({"reason": "wrong picture"});
    let first = bench.post(OLIVIA, &path(&record), &why).await.with(202)["id"].clone();
    let proposal = bench.env.store().proposal(first.as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    let mut tx = bench.env.store().tx(NOON);
    tx.take(proposal.id).unwrap();
    tx.commit().await.unwrap();
    bench.keep(&request(proposal, 1).noted(Status::Expired, "nobody came", NOON).unwrap()).await;
    let second = bench.post(OLIVIA, &path(&record), &why).await.with(202)["id"].clone();
    assert_ne!(first, second);
}

#[tokio::test]
async fn what_cannot_be_undone_says_why() {
    let bench = Bench::start().await;
    let (record, waiting) = (published(&bench, 1).await, request(publish(2), 1));
    bench.keep(&waiting).await;
    let why = json!({"reason": "wrong picture"});
    bench.post(("robot", Role::Agent), &path(&record), &why).await.problem(403, "forbidden");
    bench.post(("sam", Role::Support), &path(&record), &why).await.problem(403, "forbidden");
    let problem = bench.post(OLIVIA, &path(&waiting), &why).await.problem(409, "state");
    assert_eq!(problem["state"], "PENDING");
    bench.pass(Duration::minutes(61));
    let problem = bench.post(OLIVIA, &path(&record), &why).await.problem(409, "state");
    assert!(problem["until"].is_string() && problem["detail"].as_str().unwrap().contains("over"), "{problem}");
    bench.post(OLIVIA, &path(&request(publish(9), 1)), &why).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_people_proposed_themselves_is_undone_too() {
    let bench = Bench::start().await;
    let mut record = published(&bench, 1).await;
    record.proposal.id = ActionId::of("by a person");
    record.proposal.agent = "api".parse().unwrap();
    bench.keep(&record).await;
    bench.post(OLIVIA, &path(&record), &json!({"reason": "wrong picture"})).await.with(202);
}
