//! Requests that want more than one person.

use crate::{
    bench::Bench,
    decide::{OLIVIA, OSCAR, path, waiting},
};
use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::json;

#[tokio::test]
async fn two_people_must_be_two_people() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 2).await;
    let body = json!({"digest": record.bound});
    for _ in 0..3 {
        let answer = bench.post(OLIVIA, &path(&record, "approve"), &body).await.with(200);
        assert_eq!((&answer["status"], answer["votes"].as_array().unwrap().len()), (&json!("PENDING"), 1));
    }
    let answer = bench.post(OSCAR, &path(&record, "approve"), &body).await.with(200);
    assert_eq!(answer["status"], "GRANTED");
    assert_eq!(bench.action(&record).await.grant.unwrap().by, ["olivia", "oscar"]);
}

#[tokio::test]
async fn whoever_agreed_can_still_refuse_while_others_are_asked() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 2).await;
    bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": record.bound})).await.with(200);
    let body = json!({"digest": record.bound, "reason": "I misread it"});
    let answer = bench.post(OLIVIA, &path(&record, "reject"), &body).await.with(200);
    assert_eq!((&answer["status"], answer["votes"].as_array().unwrap().len()), (&json!("REJECTED"), 1));
    // the agreement is gone, so sending it again is no repetition
    let again = bench.post(OLIVIA, &path(&record, "approve"), &json!({"digest": record.bound})).await;
    assert_eq!(again.problem(409, "decided")["decidedBy"], json!(["olivia"]));
}

#[tokio::test]
async fn a_version_that_is_insisted_on_must_be_the_one() {
    let bench = Bench::start().await;
    let record = waiting(&bench, 2).await;
    let body = json!({"digest": record.bound});
    bench.post(OLIVIA, &path(&record, "approve"), &body).await.with(200);
    let send = |tag: &'static str| {
        let request = bench.ask(Method::POST, OSCAR, &path(&record, "approve"));
        let request = request.header(header::IF_MATCH, tag).header(header::CONTENT_TYPE, "application/json");
        bench.send(request.body(Body::from(body.to_string())).unwrap())
    };
    let old = send("\"1\"").await.problem(412, "precondition");
    let since: Vec<_> = old["changes"].as_array().unwrap().iter().map(|change| change["what"].clone()).collect();
    assert_eq!(since, [json!("agreed")]);
    send("seven").await.problem(400, "query");
    assert_eq!(send("\"2\"").await.with(200)["status"], "GRANTED");
}
