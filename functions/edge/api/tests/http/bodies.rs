//! Requests that are wrong: each is told what is wrong with it.

use crate::bench::Bench;
use axum::{
    body::Body,
    http::{Method, header},
};
use domain::Role;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const TASKS: &str = "/api/v1/orchestrator/tasks";

async fn send(bench: &Bench, kind: &str, body: impl Into<Body>) -> crate::bench::Answer {
    let request = bench.ask(Method::POST, OLIVIA, TASKS).header(header::CONTENT_TYPE, kind);
    bench.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn a_wrong_field_is_named_with_its_fix() {
    let bench = Bench::start().await;
    let cases = [
        (r#"{"kind":"scan"}"#, "agent"),
        (r#"{"agent":"product-scout","kind":"scan","colour":1}"#, "colour"),
        (r#"{"agent":"product-scout","kind":"scan","agent":"ceo"}"#, "agent"),
        (r#"{"agent":5,"kind":"scan"}"#, "agent"),
        (r#"{"agent":"Product Scout","kind":"scan"}"#, "agent"),
        (r#"{"agent":"product-nobody","kind":"scan"}"#, "agent"),
        (r#"{"agent":"product-scout","kind":"Scan it"}"#, "kind"),
        (r#"{"agent":"product-scout","kind":"reported"}"#, "kind"),
        (r#"[]"#, ""),
        (r#""scan""#, ""),
        (r#"null"#, ""),
    ];
    for (body, field) in cases {
        let problem = send(&bench, "application/json", body).await.problem(422, "field");
        let error = &problem["errors"][0];
        assert_eq!(error["field"], field, "{body}: {problem}");
        assert!(error["reason"].as_str().is_some_and(|text| !text.is_empty()), "{body}: {problem}");
        assert!(error["fix"].as_str().is_some_and(|text| !text.is_empty()), "{body}: {problem}");
        assert!(!problem.to_string().contains("NewTask"), "{body}: {problem}");
    }
}

#[tokio::test]
async fn what_is_no_json_in_utf_8_is_refused_with_its_place() {
    let bench = Bench::start().await;
    let deep = "[".repeat(10_000);
    for body in ["", "{", "{\"agent\":}", "nonsense", "{} {}", deep.as_str()] {
        let answer = send(&bench, "application/json; charset=utf-8", body.to_owned()).await;
        assert!([400, 422].contains(&answer.status.as_u16()), "{body:.20}: {}", answer.text);
    }
    let mut latin: Vec<u8> = br#"{"agent":"product-scout","kind":"sc"#.to_vec();
    latin.extend([0xe9, b'"', b'}']);
    let problem = send(&bench, "application/json", latin).await.problem(400, "syntax");
    assert!(problem["detail"].as_str().unwrap().contains("byte 35"), "{problem}");
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused() {
    let bench = Bench::start().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        send(&bench, kind, "{}").await.problem(415, "media-type");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let bench = Bench::start().await;
    let task = |size: usize| format!(r#"{{"agent":"product-scout","kind":"scan","input":"{}"}}"#, "x".repeat(size));
    send(&bench, "application/json", task(256 * 1024)).await.problem(413, "too-large");
    assert_eq!(send(&bench, "application/json", task(200 * 1024)).await.status, 202);
}
