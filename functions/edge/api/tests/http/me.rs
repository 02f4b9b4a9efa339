//! Whose token it is, and what is offered to them.

use crate::bench::Bench;
use axum::{
    body::Body,
    http::{Request, header},
};
use domain::Role;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const ROLES: [Role; 7] =
    [Role::Owner, Role::Finance, Role::Operations, Role::Marketing, Role::Support, Role::Auditor, Role::Agent];

fn may(me: &Value) -> BTreeSet<&str> {
    me["may"].as_array().unwrap().iter().map(|verb| verb.as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_role_is_told_who_it_is_and_what_it_may() {
    let bench = Bench::start().await;
    let me = bench.get(("olivia", Role::Owner), "/api/v1/me").await.with(200);
    let known = json!({
        "account": "olivia", "person": "olivia", "name": "Olivia Owner", "roles": ["owner"], "machine": false,
        "until": "2026-11-21T00:00:00Z", "sandbox": true, "may": me["may"],
        "topics": me["topics"],
    });
    assert_eq!(me, known);
    let mut all = BTreeMap::new();
    for role in ROLES {
        let me = bench.get(("grace", role), "/api/v1/me").await.with(200);
        assert_eq!((&me["roles"], &me["machine"]), (&json!([role.name()]), &json!(role == Role::Agent)));
        all.insert(role.name(), json!({ "may": me["may"], "topics": me["topics"] }));
    }
    insta::assert_json_snapshot!(all);
}

#[tokio::test]
async fn what_is_offered_is_what_is_allowed() {
    let bench = Bench::start().await;
    let reads = [
        ("audit.read", "/api/v1/audit"),
        ("approvals.read", "/api/v1/approvals"),
        ("budgets.read", "/api/v1/budgets"),
        ("ceo.read", "/api/v1/ceo/dashboard"),
        ("reports.read", "/api/v1/reports/pnl"),
        ("metrics.read", "/metrics"),
        ("policies.read", "/api/v1/policies"),
    ];
    for role in ROLES {
        let me = bench.get(("grace", role), "/api/v1/me").await.with(200);
        for (verb, path) in reads {
            let allowed = bench.get(("grace", role), path).await.status != 403;
            assert_eq!(may(&me).contains(verb), allowed, "{role} {verb}");
        }
    }
}

#[tokio::test]
async fn a_machine_with_a_persons_role_is_offered_nothing_of_people() {
    let bench = Bench::start().await;
    let token = bench.issuer.token("robot", &[Role::Owner, Role::Agent]).unwrap();
    let request = Request::get("/api/v1/me").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let me = bench.send(request.body(Body::empty()).unwrap()).await.with(200);
    assert_eq!(me["machine"], true);
    for verb in ["approvals.decide", "approvals.modify", "control.resume", "policies.propose", "actions.undo"] {
        assert!(!may(&me).contains(verb), "{verb}");
    }
    assert!(may(&me).contains("approvals.read"));
}

#[tokio::test]
async fn without_a_policy_the_ways_out_are_offered_and_nothing_else() {
    let bench = Bench::with(&[("ROYAL_POLICIES", "/nowhere")]).await;
    let me = bench.get(("sam", Role::Support), "/api/v1/me").await.with(200);
    for way_out in ["agents.pause", "approvals.decide", "approvals.read", "control.read", "control.stop"] {
        assert!(may(&me).contains(way_out), "{way_out}");
    }
    for more in ["actions.propose", "approvals.modify", "control.resume", "policies.propose", "tasks.create"] {
        assert!(!may(&me).contains(more), "{more}");
    }
    assert_eq!(me["topics"], json!([]));
    for role in [Role::Agent, Role::Auditor] {
        let me = bench.get(("grace", role), "/api/v1/me").await.with(200);
        assert_eq!(may(&me), BTreeSet::new(), "{role}");
    }
}

#[tokio::test]
async fn who_has_no_role_is_offered_nothing() {
    let bench = Bench::start().await;
    let token = bench.issuer.token("nobody", &[]).unwrap();
    let request = Request::get("/api/v1/me").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let me = bench.send(request.body(Body::empty()).unwrap()).await.with(200);
    assert_eq!((may(&me), &me["roles"]), (BTreeSet::new(), &json!([])));
}
