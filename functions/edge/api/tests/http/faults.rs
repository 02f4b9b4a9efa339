//! Every call to the table fails once: what is decided is decided once all the same.

use crate::bench::{Bench, publish, request};
use domain::{Role, Status};
use emulator::When;
use serde_json::json;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

#[tokio::test]
async fn a_decision_survives_the_failure_of_any_call() {
    let bench = Bench::start().await;
    let mut n = 0;
    for when in [When::Before, When::After] {
        for k in 1.. {
            n += 1;
            let record = request(publish(n), 1);
            bench.keep(&record).await;
            let path = format!("/api/v1/approvals/{}/approve", record.proposal.id);
            let body = json!({"digest": record.bound});
            bench.aws.faults().reset();
            bench.aws.faults().fail_call(k, when);
            let answer = bench.post(OLIVIA, &path, &body).await;
            let calls = bench.aws.faults().calls();
            bench.aws.faults().reset();
            if answer.status != 200 {
                answer.problem(503, "unavailable");
                bench.post(OLIVIA, &path, &body).await.with(200);
            }
            let now = bench.action(&record).await;
            assert_eq!((now.status, now.approval.unwrap().votes.len()), (Status::Granted, 1), "{when:?} {k}");
            let shown = bench.get(OLIVIA, &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
            assert_eq!(shown["history"]["records"].as_array().unwrap().len(), 2, "{when:?} {k}");
            if k >= calls {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_a_problem_to_come_back_with() {
    let bench = Bench::start().await;
    bench.aws.faults().set(emulator::Faults { error_before: 1000, ..Default::default() });
    let answer = bench.get(OLIVIA, "/api/v1/control").await;
    let problem = answer.problem(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty());
    assert!(!problem.to_string().contains("dynamodb"), "{problem}");
    let ready = bench.get(OLIVIA, "/readyz").await.with(503);
    assert_eq!((&ready["ready"], &ready["table"]["reachable"]), (&json!(false), &json!(false)));
    assert_eq!(bench.get(OLIVIA, "/healthz").await.status, 200);
}

#[tokio::test]
async fn without_a_policy_people_can_stop_and_refuse_and_nothing_else() {
    let bench = Bench::with(&[("ROYAL_POLICIES", "/nowhere")]).await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let stop = json!({"scope": "all", "stopped": true, "reason": "fire"});
    let put = axum::http::Method::PUT;
    bench.with_body(put.clone(), ("robot", Role::Agent), "/api/v1/control", &stop).await.problem(503, "unavailable");
    bench.with_body(put.clone(), ("anna", Role::Auditor), "/api/v1/control", &stop).await.problem(503, "unavailable");
    bench.with_body(put.clone(), ("sam", Role::Support), "/api/v1/control", &stop).await.with(200);
    let go = json!({"scope": "all", "stopped": false});
    bench.with_body(put, OLIVIA, "/api/v1/control", &go).await.problem(503, "unavailable");
    let path = |verb: &str| format!("/api/v1/approvals/{}/{verb}", record.proposal.id);
    bench.post(OLIVIA, &path("approve"), &json!({"digest": record.bound})).await.problem(503, "unavailable");
    let no = json!({"digest": record.bound, "reason": "no"});
    bench.post(("frank", Role::Finance), &path("reject"), &no).await.problem(503, "unavailable");
    bench.post(OLIVIA, &path("reject"), &no).await.with(200);
    let ready = bench.get(OLIVIA, "/readyz").await.with(503);
    assert!(ready["policy"]["problem"].as_str().is_some_and(|text| text.contains("/nowhere")), "{ready}");
}
