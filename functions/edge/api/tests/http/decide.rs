//! Deciding: what is bound, what counts, what comes too late.

use crate::bench::{Bench, publish, request};
use domain::{Proposal, Record, Role, Status};
use serde_json::json;
use time::Duration;

pub(crate) const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
pub(crate) const OSCAR: (&str, Role) = ("oscar", Role::Operations);

pub(crate) fn path(record: &Record, verb: &str) -> String {
    format!("/api/v1/approvals/{}/{verb}", record.proposal.id)
}

pub(crate) async fn waiting(bench: &Bench, quorum: u32) -> Record {
    let record = request(publish(1), quorum);
    bench.keep(&record).await;
    record
}

#[tokio::test]
async fn an_approval_grants_exactly_what_was_shown() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    let answer = bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": record.bound})).await;
    insta::assert_json_snapshot!(answer.with(200));
    assert_eq!(answer.header("etag"), "\"2\"");
    let now = bench.action(&record).await;
    assert_eq!(now.status, Status::Granted);
    assert!(now.grant_holds());
    assert_eq!(now.grant.unwrap().by, ["olivia"]);
    let shown = bench.get(OLIVIA, &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
    assert_eq!(shown["history"]["verified"], true);
    let last = shown["history"]["records"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["by"], &last["what"], &last["result"]),
        (&json!("olivia"), &json!("approved"), &json!("GRANTED"))
    );
    assert_eq!(last["input"], json!(record.bound));
}

#[tokio::test]
async fn a_rejection_keeps_its_reason_for_the_agent() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    let body = json!({"digest": record.bound, "reason": "too dear"});
    let answer = bench.post(OSCAR, &path(&record, "reject"), &body).await;
    assert_eq!(answer.with(200)["status"], "REJECTED");
    let now = bench.action(&record).await;
    assert_eq!((now.status, now.note.as_deref()), (Status::Rejected, Some("too dear")));
}

#[tokio::test]
async fn money_that_was_reserved_is_free_again_after_a_rejection() {
    let bench = Bench::start().await;
    let mut record = request(publish(1), 1);
    record.reserved = vec!["cluster:product".into()];
    bench.keep(&record).await;
    let body = json!({"digest": record.bound, "reason": "no"});
    bench.post(OSCAR, &path(&record, "reject"), &body).await.with(200);
    assert!(bench.action(&record).await.reserved.is_empty());
}

#[tokio::test]
async fn what_the_person_did_not_see_is_not_approved_and_the_difference_is_shown() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    let seen = "a".repeat(64);
    let answer = bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": seen})).await;
    answer.problem(409, "changed");
    insta::assert_json_snapshot!(answer.steady());
    assert_eq!(answer.json()["current"]["digest"], json!(record.bound));
    assert_eq!(bench.action(&record).await, record);
}

#[tokio::test]
async fn the_same_click_ten_times_is_one_decision() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    let body = json!({"digest": record.bound});
    for _ in 0..10 {
        let answer = bench.post(OLIVIA, &path(&record, "approve"), &body).await.with(200);
        assert_eq!(answer["status"], "GRANTED");
    }
    let shown = bench.get(OLIVIA, &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
    assert_eq!(shown["history"]["records"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_decided_says_by_whom() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    let no = json!({"digest": record.bound, "reason": "no"});
    bench.post(OSCAR, &path(&record, "reject"), &no).await.with(200);
    let answer = bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": record.bound})).await;
    answer.problem(409, "decided");
    insta::assert_json_snapshot!(answer.steady());
    let shown = bench.get(OLIVIA, &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
    assert_eq!(shown["refused"][0]["person"], "olivia", "the attempt that lost is on the record");
}

#[tokio::test]
async fn after_the_deadline_nothing_is_decided_even_if_the_clock_has_not_come_by() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    bench.pass(Duration::hours(24));
    for (verb, body) in
        [("approve", json!({"digest": record.bound})), ("reject", json!({"digest": record.bound, "reason": "no"}))]
    {
        bench.post(OLIVIA, &path(&record, verb), &body).await.problem(409, "expired");
    }
    assert_eq!(bench.action(&record).await.status, Status::Pending, "the clock expires it, not a reader");
}

#[tokio::test]
async fn what_a_stop_has_set_aside_can_be_refused_but_not_approved() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1).becomes(Status::Held, crate::bench::NOON).unwrap();
    bench.keep(&record).await;
    bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": record.bound})).await.problem(409, "decided");
    let no = json!({"digest": record.bound, "reason": "no"});
    assert_eq!(bench.post(OLIVIA, &path(&record, "reject"), &no).await.with(200)["status"], "REJECTED");
}

#[tokio::test]
async fn what_never_asked_anybody_cannot_be_decided() {
    let bench = Bench::start().await;
    let proposal: Proposal = publish(1);
    let asked = request(proposal.clone(), 1);
    let granted = Record::judged(proposal, asked.decision.clone(), Status::Proposed).unwrap();
    let granted = granted.granted(vec!["policy".into()], crate::bench::NOON).unwrap();
    bench.keep(&granted).await;
    let body = json!({"digest": granted.bound});
    bench.post(OLIVIA, &path(&granted, "approve"), &body).await.problem(404, "not-found");
    let nothing = request(publish(2), 1);
    bench.post(OLIVIA, &path(&nothing, "approve"), &body).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_reason_is_required_to_refuse_and_must_be_plain_text() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 1).await;
    for reason in [None, Some(""), Some("  "), Some("a\u{202e}b")] {
        let mut body = json!({"digest": record.bound});
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        let problem = bench.post(OSCAR, &path(&record, "reject"), &body).await.problem(422, "field");
        assert_eq!(problem["errors"][0]["field"], "reason", "{problem}");
    }
    assert_eq!(bench.action(&record).await.status, Status::Pending);
}
