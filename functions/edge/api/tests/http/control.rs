//! The stop switch.

use crate::bench::{Answer, Bench};
use axum::{
    body::Body,
    http::{Method, header},
};
use domain::Role;
use futures::future::join_all;
use serde_json::{Value, json};

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const SAM: (&str, Role) = ("sam", Role::Support);
const PATH: &str = "/api/v1/control";

async fn put(bench: &Bench, who: (&str, Role), body: &Value) -> Answer {
    bench.with_body(Method::PUT, who, PATH, body).await
}

#[tokio::test]
async fn one_put_turns_one_stop_on_or_off() {
    let bench = Bench::start().await;
    let empty = bench.get(OLIVIA, PATH).await;
    assert_eq!(
        (empty.with(200), empty.header("etag")),
        (json!({"running": true, "stops": [], "approversSeen": "2026-11-20T12:00:00Z"}), "\"0\"")
    );
    let stopped = put(&bench, SAM, &json!({"scope": "spend", "stopped": true, "reason": "a bill is odd"})).await;
    insta::assert_json_snapshot!(stopped.with(200));
    assert_eq!(stopped.header("etag"), "\"1\"");
    put(&bench, SAM, &json!({"scope": "action:price.change", "stopped": true, "reason": "x"})).await.with(200);
    let running = put(&bench, OLIVIA, &json!({"scope": "all", "stopped": false})).await;
    assert_eq!(running.with(200)["stops"].as_array().unwrap().len(), 2, "what is not stopped stays as it is");
    assert_eq!(running.header("etag"), "\"2\"");
}

#[tokio::test]
async fn a_stop_is_lifted_by_others_than_the_one_who_asks_and_is_on_until_then() {
    let bench = Bench::start().await;
    put(&bench, SAM, &json!({"scope": "all", "stopped": true, "reason": "fire"})).await.with(200);
    let go = json!({"scope": "all", "stopped": false, "reason": "the fire is out"});
    let asked = put(&bench, OLIVIA, &go).await;
    let proposed = asked.with(202);
    assert_eq!((&proposed["status"], &proposed["actionType"]), (&json!("PROPOSED"), &json!("control.resume")));
    assert_eq!(asked.header("location"), format!("/api/v1/actions/{}", proposed["id"].as_str().unwrap()));
    assert_eq!(bench.get(OLIVIA, PATH).await.with(200)["running"], false);
    let id = proposed["id"].as_str().unwrap().parse().unwrap();
    let waiting = bench.env.store().proposal(id).await.unwrap().unwrap();
    let authors: Vec<&str> = waiting.authors.iter().map(|author| author.account.as_str()).collect();
    assert_eq!((authors, waiting.agent.as_str()), (vec!["olivia"], "api"));
    assert_eq!(waiting.case.reasoning, "the fire is out");
    assert!(waiting.case.description.contains("sam stopped it"), "{}", waiting.case.description);
    put(&bench, SAM, &go).await.problem(403, "forbidden");
}

#[tokio::test]
async fn asking_twice_with_one_key_is_asking_once() {
    let bench = Bench::start().await;
    put(&bench, SAM, &json!({"scope": "all", "stopped": true, "reason": "fire"})).await.with(200);
    put(&bench, SAM, &json!({"scope": "spend", "stopped": true, "reason": "bill"})).await.with(200);
    let send = |scope: &str| {
        let request = bench.ask(Method::PUT, OLIVIA, PATH).header("idempotency-key", "k1");
        let body = json!({"scope": scope, "stopped": false}).to_string();
        bench.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap())
    };
    let first = send("all").await.with(202);
    assert_eq!(send("all").await.with(202)["id"], first["id"]);
    send("spend").await.problem(409, "key-reused");
}

#[tokio::test]
async fn a_stop_that_is_on_keeps_who_why_and_since_when() {
    let bench = Bench::start().await;
    let first = put(&bench, SAM, &json!({"scope": "all", "stopped": true, "reason": "fire"})).await.with(200);
    bench.pass(time::Duration::minutes(5));
    let second = put(&bench, OLIVIA, &json!({"scope": "all", "stopped": true, "reason": "smoke"})).await;
    assert_eq!((second.with(200), second.header("etag")), (first, "\"1\""));
}

#[tokio::test]
async fn a_stop_without_a_reason_or_of_nothing_is_refused() {
    let bench = Bench::start().await;
    let cases = [
        (json!({"scope": "all", "stopped": true}), "reason"),
        (json!({"scope": "all", "stopped": true, "reason": " "}), "reason"),
        (json!({"scope": "everything", "stopped": true, "reason": "x"}), "scope"),
        (json!({"scope": "cluster:marketng", "stopped": true, "reason": "x"}), "scope"),
        (json!({"scope": "agent:product-nobody", "stopped": true, "reason": "x"}), "scope"),
        (json!({"scope": "action:price.rise", "stopped": true, "reason": "x"}), "scope"),
        (json!({"scope": "all", "stopped": "yes", "reason": "x"}), "stopped"),
        (json!({"scope": "all", "reason": "x"}), "stopped"),
    ];
    for (body, field) in cases {
        let problem = put(&bench, OLIVIA, &body).await.problem(422, "field");
        assert_eq!(problem["errors"][0]["field"], field, "{body}: {problem}");
    }
    assert_eq!(bench.get(OLIVIA, PATH).await.with(200)["running"], true);
}

#[tokio::test]
async fn whoever_insists_on_an_old_version_is_refused() {
    let bench = Bench::start().await;
    put(&bench, SAM, &json!({"scope": "all", "stopped": true, "reason": "fire"})).await.with(200);
    let send = |tag: &'static str| {
        let request = bench.ask(Method::PUT, OLIVIA, PATH).header(header::IF_MATCH, tag);
        let body = json!({"scope": "all", "stopped": false}).to_string();
        bench.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap())
    };
    send("\"0\"").await.problem(412, "precondition");
    send("\"1\"").await.with(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stops_of_many_people_at_once_are_all_on() {
    let bench = Bench::start().await;
    let scopes = ["all", "spend", "cluster:product", "agent:product-scout"];
    let sent = scopes.map(|scope| {
        let bench = &bench;
        async move { put(bench, OLIVIA, &json!({"scope": scope, "stopped": true, "reason": "x"})).await.status }
    });
    assert!(join_all(sent).await.iter().all(|status| *status == 200));
    let control = bench.get(OLIVIA, PATH).await.with(200);
    assert_eq!(control["stops"].as_array().unwrap().len(), scopes.len());
}
