//! Ways that lead nowhere, and headers that every answer has.

use crate::bench::Bench;
use axum::{
    body::Body,
    http::{Method, Request},
};
use domain::Role;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

#[tokio::test]
async fn an_unknown_path_is_a_problem_too() {
    let bench = Bench::start().await;
    for path in ["/", "/api/v1", "/api/v1/", "/api/v2/actions", "/api/v1/actions/x/y/z", "/.env"] {
        let problem = bench.get(OLIVIA, path).await.problem(404, "not-found");
        assert_eq!(problem["instance"], path);
    }
}

#[tokio::test]
async fn an_unknown_or_impossible_id_is_not_found() {
    let bench = Bench::start().await;
    let id = "0199a0a0-0000-7000-8000-000000000000";
    for kind in ["orchestrator/tasks", "approvals", "actions", "journeys"] {
        for id in [id, "5", "%ff", "..%2f..%2fetc", "'; drop table", "%E2%80%AE"] {
            let path = format!("/api/v1/{kind}/{}", id.replace(' ', "%20"));
            bench.get(OLIVIA, &path).await.problem(404, "not-found");
        }
    }
    for agent in ["nobody", "Product%20Scout", "product-scout~us"] {
        bench.get(OLIVIA, &format!("/api/v1/agents/{agent}")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused_with_those_it_has() {
    let bench = Bench::start().await;
    let cases = [
        (Method::DELETE, "/api/v1/actions"),
        (Method::POST, "/api/v1/control"),
        (Method::GET, "/api/v1/agents/product-scout/pause"),
        (Method::PATCH, "/api/v1/orchestrator/tasks"),
        (Method::OPTIONS, "/api/v1/approvals"),
        (Method::POST, "/healthz"),
    ];
    for (method, path) in cases {
        let request = bench.ask(method.clone(), OLIVIA, path).body(Body::empty()).unwrap();
        let answer = bench.send(request).await;
        answer.problem(405, "method");
        assert!(!answer.header("allow").is_empty(), "{method} {path}");
    }
}

#[tokio::test]
async fn a_query_that_is_wrong_is_named() {
    let bench = Bench::start().await;
    let cases = [
        ("actions?limit=0", "limit"),
        ("actions?limit=201", "limit"),
        ("actions?limit=-1", "limit"),
        ("actions?limit=many", "limit"),
        ("actions?status=SLEEPING", "status"),
        ("actions?colour=red", "colour"),
        ("actions?limit=1&limit=2", "limit"),
        ("actions?cursor=99.x", "cursor"),
        ("actions?cursor=0.%25%25", "cursor"),
        ("approvals?tier=LARGE", "tier"),
        ("approvals?cursor=7.", "cursor"),
        ("approvals?type=price.rise", "type"),
        ("approvals?agent=Product%20Scout", "agent"),
        ("journeys?stage=NOWHERE", "stage"),
        ("orchestrator/tasks?status=ready", "status"),
        ("activity?day=yesterday", "day"),
        ("activity?cursor=%25", "cursor"),
        ("activity?cursor=", "cursor"),
        ("activity?cursor=fn5-", "cursor"),
        ("actions?cursor=0.fn5-", "cursor"),
    ];
    bench.get(OLIVIA, "/api/v1/agents?cursor=").await.problem(400, "query");
    for (query, field) in cases {
        let problem = bench.get(OLIVIA, &format!("/api/v1/{query}")).await.wrong_query(field);
        assert!(problem["errors"][0]["fix"].as_str().is_some_and(|fix| !fix.is_empty()), "{query}: {problem}");
    }
}

#[tokio::test]
async fn every_answer_keeps_browsers_in_check_and_lets_no_other_origin_read() {
    let bench = Bench::start().await;
    for path in ["/healthz", "/docs", "/api/v1/actions", "/nowhere"] {
        let request = Request::get(path).header("origin", "https://evil.example").body(Body::empty()).unwrap();
        let answer = bench.send(request).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{path}");
    }
}

#[tokio::test]
async fn a_get_changes_nothing() {
    let bench = Bench::start().await;
    let record = crate::bench::request(crate::bench::publish(1), 1);
    bench.keep(&record).await;
    let writes = || {
        let log = bench.aws.faults().log();
        let is_write = |call: &str| ["Put", "Update", "Delete", "Transact"].iter().any(|verb| call.contains(verb));
        log.into_iter().filter(|(call, _)| is_write(call)).collect::<Vec<_>>()
    };
    // That somebody watches is noted now and then, whatever they look at.
    bench.get(OLIVIA, "/api/v1/control").await.with(200);
    let before = writes();
    let id = record.proposal.id;
    let paths = [
        "/healthz".to_owned(),
        "/readyz".to_owned(),
        "/metrics".to_owned(),
        "/docs".to_owned(),
        "/openapi.json".to_owned(),
        format!("/api/v1/approvals/{id}"),
        format!("/api/v1/approvals/{id}/approve"),
        format!("/api/v1/approvals/{id}/reject"),
        format!("/api/v1/actions/{id}"),
        "/api/v1/approvals".to_owned(),
        "/api/v1/agents/product-scout/pause".to_owned(),
        "/api/v1/ceo/dashboard".to_owned(),
        "/api/v1/control".to_owned(),
    ];
    for path in paths {
        for method in [Method::GET, Method::HEAD] {
            bench.send(bench.ask(method, OLIVIA, &path).body(Body::empty()).unwrap()).await;
        }
    }
    assert_eq!(writes(), before);
    assert_eq!(bench.action(&record).await, record);
}
