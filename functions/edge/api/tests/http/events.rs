//! The events that API Gateway sends, through the very conversion that runs on Lambda.

use crate::bench::{Bench, publish, request};
use domain::Role;
use lambda_http::{
    Adapter, Context, LambdaEvent,
    request::LambdaRequest,
    tower::{Service as _, ServiceExt},
};
use serde_json::{Value, json};

/// Feeds an event to the router as the Lambda runtime does, and gives what it would answer.
async fn invoke(bench: &Bench, event: &str) -> Value {
    let payload: LambdaRequest = serde_json::from_str(event).unwrap();
    let mut service = Adapter::from(bench.router.clone());
    let service = ServiceExt::<LambdaEvent<LambdaRequest>>::ready(&mut service).await.unwrap();
    let answer = service.call(LambdaEvent::new(payload, Context::default())).await.unwrap();
    serde_json::to_value(answer).unwrap()
}

fn sample(name: &str) -> String {
    let path = format!("{}/../../../events/api/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// A sample with a token that is good now, and the ids of a request that waits.
fn filled(bench: &Bench, name: &str, record: &domain::Record) -> String {
    sample(name)
        .replace("<token>", &bench.token("olivia", Role::Owner))
        .replace("<action id>", &record.proposal.id.to_string())
        .replace("<digest>", record.bound.as_str())
}

#[tokio::test]
async fn every_sample_event_is_answered() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let cases = [
        ("healthz", 200, json!("ok")),
        ("list-approvals", 200, json!(record.proposal.id)),
        ("create-task", 202, json!("READY")),
        ("approve", 200, json!("GRANTED")),
        ("stop", 200, json!(false)),
        ("without-token", 401, json!("/docs#problem-token")),
    ];
    for (name, status, wanted) in cases {
        let answer = invoke(&bench, &filled(&bench, name, &record)).await;
        assert_eq!(answer["statusCode"], status, "{name}: {answer}");
        assert_eq!(answer["isBase64Encoded"], false, "{name}");
        let text = answer["body"].as_str().unwrap();
        let body: Value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
        let found = match name {
            "healthz" => &body,
            "list-approvals" => &body["items"][0]["id"],
            "stop" => &body["running"],
            "without-token" => &body["type"],
            _ => &body["status"],
        };
        assert_eq!(found, &wanted, "{name}: {body}");
        assert_eq!(answer["headers"]["x-content-type-options"], "nosniff", "{name}");
    }
}

#[tokio::test]
async fn an_event_that_is_no_request_is_refused() {
    for event in ["{}", r#"{"Records":[]}"#, "[]"] {
        assert!(serde_json::from_str::<LambdaRequest>(event).is_err(), "{event}");
    }
}
