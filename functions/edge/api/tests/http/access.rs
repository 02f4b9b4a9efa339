//! Who may do what: every route asks, and machines never decide.

use crate::bench::{Bench, publish, request};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::{
    AgentName, Role, Status, TaskId,
    task::{Task, TaskStatus},
};
use serde_json::{Value, json};

/// Method, path and body of one request to every protected route.
fn all() -> Vec<(Method, String, Value)> {
    let id = publish(1).id;
    let digest = "0".repeat(64);
    let get = |path: &str| (Method::GET, path.to_owned(), Value::Null);
    let mut all: Vec<_> = [
        "/metrics",
        "/api/v1/me",
        "/api/v1/orchestrator/tasks",
        "/api/v1/agents",
        "/api/v1/agents/product-scout",
        "/api/v1/approvals",
        "/api/v1/actions",
        "/api/v1/journeys",
        "/api/v1/orders",
        "/api/v1/orders/product-scout",
        "/api/v1/activity",
        "/api/v1/ceo/dashboard",
        "/api/v1/control",
        "/api/v1/budgets",
        "/api/v1/clusters/product/status",
        "/api/v1/clusters/product/metrics",
        "/api/v1/ceo/goals",
        "/api/v1/ceo/decisions",
        "/api/v1/reports/days",
        "/api/v1/reports/export",
        "/api/v1/reports/pnl",
        "/api/v1/audit",
        "/api/v1/audit/verify",
        "/api/v1/audit/export",
        "/api/v1/audit/decisions",
        "/api/v1/policies",
        "/api/v1/customers/product-scout",
    ]
    .map(get)
    .into();
    all.extend([
        get(&format!("/api/v1/orchestrator/tasks/{}", TaskId::of("x"))),
        get(&format!("/api/v1/approvals/{id}")),
        get(&format!("/api/v1/actions/{id}")),
        get(&format!("/api/v1/actions/{id}/replay")),
        get("/api/v1/policies/revisions"),
        get("/api/v1/policies/shadow"),
        (Method::DELETE, "/api/v1/policies/shadow".into(), Value::Null),
        (Method::POST, "/api/v1/policies/shadow".into(), json!({"files": []})),
        (Method::POST, "/api/v1/policies/rollback".into(), json!({"revision": digest, "reason": "no"})),
        get(&format!("/api/v1/journeys/{id}")),
        (Method::POST, "/api/v1/orchestrator/tasks".into(), json!({"agent": "product-scout", "kind": "scan"})),
        (Method::POST, "/api/v1/agents/product-scout/heartbeat".into(), json!({})),
        (Method::POST, "/api/v1/agents/product-scout/pause".into(), json!({"reason": "it errs"})),
        (Method::POST, "/api/v1/agents/product-scout/resume".into(), json!({})),
        (Method::POST, format!("/api/v1/approvals/{id}/approve"), json!({"digest": digest})),
        (Method::POST, format!("/api/v1/approvals/{id}/reject"), json!({"digest": digest, "reason": "no"})),
        get("/api/v1/approvals/groups"),
        get("/api/v1/delegations"),
        (Method::DELETE, "/api/v1/delegations/frank".into(), Value::Null),
        (
            Method::POST,
            "/api/v1/delegations".into(),
            json!({"to": "frank", "until": "2027-01-01T00:00:00Z", "reason": "no"}),
        ),
        (
            Method::POST,
            "/api/v1/approvals/bulk".into(),
            json!({"verb": "approve", "items": [{"id": id, "digest": digest}]}),
        ),
        (Method::POST, format!("/api/v1/approvals/{id}/comment"), json!({"text": "hm"})),
        (
            Method::POST,
            format!("/api/v1/approvals/{id}/delegate"),
            json!({"to": "frank", "until": "2027-01-01T00:00:00Z", "reason": "no"}),
        ),
        (
            Method::POST,
            format!("/api/v1/approvals/{id}/modify"),
            json!({"digest": digest, "changes": {}, "reason": "no"}),
        ),
        (Method::POST, format!("/api/v1/approvals/{id}/modify/preview"), json!({"digest": digest, "changes": {}})),
        (Method::POST, format!("/api/v1/actions/{id}/undo"), json!({"reason": "no"})),
        (Method::POST, format!("/api/v1/actions/{id}/withdraw"), json!({})),
        get(&format!("/api/v1/actions/{id}/slip")),
        (Method::POST, format!("/api/v1/actions/{id}/confirm"), json!({"state": "PLACED", "number": "1"})),
        (Method::POST, "/api/v1/actions".into(), crate::propose::expense("1.00")),
        (Method::POST, "/api/v1/ceo/goals".into(), json!({"goal": "x", "from": "1", "to": "2", "reason": "no"})),
        (Method::POST, "/api/v1/policies/check".into(), json!({"files": []})),
        (Method::POST, "/api/v1/policies/explain".into(), json!({"id": id})),
        (Method::POST, "/api/v1/policies/backtest".into(), json!({"files": [], "from": "x", "to": "x"})),
        (Method::PUT, "/api/v1/policies".into(), json!({"files": [], "replaces": digest, "reason": "no"})),
        (Method::DELETE, "/api/v1/customers/product-scout".into(), Value::Null),
        (Method::PUT, "/api/v1/control".into(), json!({"scope": "all", "stopped": true, "reason": "no"})),
    ]);
    all
}

#[tokio::test]
async fn no_protected_route_answers_without_a_token() {
    let bench = Bench::start().await;
    for (method, path, body) in all() {
        let request = Request::builder().method(&method).uri(&path).header(header::CONTENT_TYPE, "application/json");
        let answer = bench.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_documented_route_that_wants_a_token_is_in_the_list_above() {
    let bench = Bench::start().await;
    let document = bench.send(Request::get("/openapi.json").body(Body::empty()).unwrap()).await.json();
    let mut documented: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.get("security").is_some() {
                documented.push(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    let plain = |path: &str| {
        let parts = path.split('/').map(|part| match part {
            "product-scout" => "{id}",
            "product" => "{cluster}",
            "frank" => "{to}",
            "pnl" => "{kind}",
            part if part.len() == 36 => "{id}",
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let mut listed: Vec<String> = all().iter().map(|(method, path, _)| format!("{method} {}", plain(path))).collect();
    documented.sort();
    listed.sort();
    assert_eq!(documented, listed);
}

#[tokio::test]
async fn a_role_does_what_the_policy_gives_it_and_nothing_more() {
    let bench = Bench::start().await;
    let task = json!({"agent": "product-scout", "kind": "scan"});
    let pause = json!({"reason": "it errs"});
    let stop = json!({"scope": "all", "stopped": true, "reason": "fire"});
    let go = json!({"scope": "all", "stopped": false});
    let cases = [
        (Role::Operations, Method::POST, "/api/v1/orchestrator/tasks", &task, 202),
        (Role::Support, Method::POST, "/api/v1/orchestrator/tasks", &task, 403),
        (Role::Auditor, Method::POST, "/api/v1/orchestrator/tasks", &task, 403),
        (Role::Agent, Method::POST, "/api/v1/orchestrator/tasks", &task, 403),
        (Role::Operations, Method::POST, "/api/v1/agents/product-scout/pause", &pause, 200),
        (Role::Marketing, Method::POST, "/api/v1/agents/product-scout/pause", &pause, 403),
        (Role::Marketing, Method::POST, "/api/v1/agents/marketing-copy/pause", &pause, 200),
        (Role::Support, Method::PUT, "/api/v1/control", &stop, 200),
        (Role::Support, Method::PUT, "/api/v1/control", &go, 403),
        (Role::Agent, Method::PUT, "/api/v1/control", &go, 403),
        (Role::Auditor, Method::PUT, "/api/v1/control", &stop, 403),
        (Role::Operations, Method::PUT, "/api/v1/control", &go, 202),
    ];
    for (role, method, path, body, status) in cases {
        let answer = bench.with_body(method.clone(), ("somebody", role), path, body).await;
        assert_eq!(answer.status.as_u16(), status, "{role} {method} {path}: {}", answer.text);
    }
    let reads = [
        (Role::Auditor, "/api/v1/activity", 200),
        (Role::Agent, "/api/v1/activity", 403),
        (Role::Agent, "/api/v1/approvals", 200),
        (Role::Support, "/metrics", 403),
        (Role::Auditor, "/metrics", 200),
    ];
    for (role, path, status) in reads {
        assert_eq!(bench.get(("somebody", role), path).await.status.as_u16(), status, "{role} {path}");
    }
}

#[tokio::test]
async fn a_machine_that_decides_is_refused_and_the_attempt_is_on_the_record_once() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    let body = json!({"digest": record.bound});
    for _ in 0..3 {
        let problem = bench.post(("robot", Role::Agent), &path, &body).await.problem(403, "forbidden");
        assert!(problem["codes"].as_array().unwrap().contains(&json!("machine_decides")), "{problem}");
    }
    // a machine stays one, whatever other roles its token claims
    let both = bench.issuer.token("robot-2", &[Role::Agent, Role::Owner]).unwrap();
    let request = Request::post(&path).header(header::AUTHORIZATION, format!("Bearer {both}"));
    let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap();
    bench.send(request).await.problem(403, "forbidden");

    assert_eq!(bench.action(&record).await, record, "nothing about the action has changed");
    let shown = bench.get(("anna", Role::Auditor), &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
    let refused = shown["refused"].as_array().unwrap();
    let who: Vec<_> = refused.iter().map(|attempt| attempt["person"].as_str().unwrap()).collect();
    assert_eq!(who, ["robot", "robot-2"]);
    assert_eq!(refused[0]["status"], "PENDING");
    let day = bench.get(("anna", Role::Auditor), "/api/v1/activity").await.with(200);
    let attempts = day["items"].as_array().unwrap().iter().filter(|item| item["what"] == "refused to approve").count();
    assert_eq!(attempts, 2);
}

#[tokio::test]
async fn nobody_decides_what_they_asked_for_or_have_no_role_for() {
    let bench = Bench::start().await;
    let task = Task {
        id: TaskId::of("mug"),
        agent: "product-publisher".parse::<AgentName>().unwrap(),
        kind: "publish".into(),
        input: Value::Null,
        reply_to: None,
        journey: None,
        status: TaskStatus::Done,
        report: Value::Null,
        error: None,
        by: "olivia".into(),
        created: crate::bench::NOON,
        updated: crate::bench::NOON,
    };
    bench.keep(&task).await;
    let mut proposal = publish(1);
    proposal.task = Some(task.id);
    let record = request(proposal, 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/approvals/{}/approve", record.proposal.id);
    let body = json!({"digest": record.bound});
    let own = bench.post(("olivia", Role::Owner), &path, &body).await.problem(403, "forbidden");
    assert_eq!(own["codes"], json!(["own_request"]));
    for role in [Role::Finance, Role::Support, Role::Marketing, Role::Auditor] {
        bench.post(("somebody", role), &path, &body).await.problem(403, "forbidden");
    }
    assert_eq!(bench.action(&record).await.status, Status::Pending);
    bench.post(("otto", Role::Owner), &path, &body).await.with(200);
}

#[tokio::test]
async fn a_card_says_whether_its_reader_may_decide_and_looking_is_no_attempt() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/approvals/{}", record.proposal.id);
    let owner = bench.get(("olivia", Role::Owner), &path).await.with(200);
    let auditor = bench.get(("anna", Role::Auditor), &path).await.with(200);
    assert_eq!((&owner["you"]["mayDecide"], &auditor["you"]["mayDecide"]), (&json!(true), &json!(false)));
    assert_eq!(auditor["refused"], json!([]));
}
