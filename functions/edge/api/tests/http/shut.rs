//! Policies that would let nobody out, and how people get out all the same.

use crate::{
    bench::{Bench, publish, request},
    revisions::{decides, edited, kept},
};
use axum::http::Method;
use domain::{Role, Status};
use policy::Policy;
use serde_json::json;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const ACCESS: &str = "royal/access.rego";
const RIGHTS: &str = "royal/rights.rego";

/// Whatever is asked, by whomever, is refused.
fn refuses_all() -> Policy {
    edited(ACCESS, |text| {
        text.replacen(
            "allowed if {\n\tcount(fitting)",
            "allowed if {\n\tcount(input.caller.roles) > 1000\n\tcount(fitting)",
            1,
        )
    })
}

/// Nobody who acts has any right: those who only look have them all.
fn grants_nobody() -> Policy {
    edited(RIGHTS, |text| {
        let line = |line: &str| match line.split_once("\": [") {
            Some((verb, _)) if verb.contains('.') && line.ends_with("],") => format!("{verb}\": [\"auditor\"],"),
            _ => line.to_owned(),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
    })
}

/// The rule that says who may do what says nothing.
fn says_nothing() -> Policy {
    edited(ACCESS, |text| {
        text.replacen(
            "\t\"findings\": refusals,\n}",
            "\t\"findings\": refusals,\n} if {\n\tcount(input.caller.roles) > 1000\n}",
            1,
        )
    })
}

/// It takes more steps than any rule may.
fn never_ends() -> Policy {
    edited(ACCESS, |text| {
        let long = "count([c | some a in rights.verbs; some b in rights.verbs; some c in rights.verbs]) == 1";
        text.replacen("allowed if {\n\tcount(fitting)", &format!("allowed if {{\n\t{long}\n\tcount(fitting)"), 1)
    })
}

async fn gets_out(bench: &Bench, hostile: &Policy) {
    let delivered = bench.env.policy().current(crate::bench::NOON);
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    kept(bench, hostile).await;
    decides(bench, hostile).await;
    let shut = bench.get(OLIVIA, "/api/v1/budgets").await;
    assert!([403, 503].contains(&shut.status.as_u16()), "{}", shut.text);
    let body = json!({"digest": record.bound, "reason": "not like this"});
    let id = record.proposal.id;
    let approve = bench.post(OLIVIA, &format!("/api/v1/approvals/{id}/approve"), &body).await;
    assert!([403, 503].contains(&approve.status.as_u16()), "{}", approve.text);

    bench.get(OLIVIA, "/api/v1/approvals").await.with(200);
    bench.post(OLIVIA, &format!("/api/v1/approvals/{id}/reject"), &body).await.with(200);
    assert_eq!(bench.action(&record).await.status, Status::Rejected);
    let stop = json!({"scope": "all", "stopped": true, "reason": "the policy is mad"});
    bench.with_body(Method::PUT, ("sam", Role::Support), "/api/v1/control", &stop).await.with(200);
    bench.get(OLIVIA, "/api/v1/policies/revisions").await.with(200);
    let back = json!({"revision": delivered.revision(), "reason": "the policy is mad"});
    for nobody in [Role::Auditor, Role::Agent] {
        let answer = bench.post(("x", nobody), "/api/v1/policies/rollback", &back).await;
        assert!([403, 503].contains(&answer.status.as_u16()) || nobody == Role::Auditor, "{}", answer.text);
    }
    bench.post(OLIVIA, "/api/v1/policies/rollback", &back).await.with(200);
    bench.get(OLIVIA, "/api/v1/budgets").await.with(200);
}

#[tokio::test]
async fn whatever_a_policy_says_people_refuse_stop_and_roll_back() {
    for hostile in [refuses_all(), grants_nobody(), says_nothing(), never_ends()] {
        let bench = Bench::start().await;
        gets_out(&bench, &hostile).await;
    }
}

#[tokio::test]
async fn the_way_out_is_no_way_in_for_machines_and_for_those_who_only_look() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    decides(&bench, &refuses_all()).await;
    let body = json!({"digest": record.bound, "reason": "no"});
    let path = format!("/api/v1/approvals/{}/reject", record.proposal.id);
    for nobody in [Role::Auditor, Role::Agent] {
        bench.post(("x", nobody), &path, &body).await.problem(403, "forbidden");
        let stop = json!({"scope": "all", "stopped": true, "reason": "no"});
        bench.with_body(Method::PUT, ("x", nobody), "/api/v1/control", &stop).await.problem(403, "forbidden");
        let back = json!({"revision": "0".repeat(64), "reason": "no"});
        bench.post(("x", nobody), "/api/v1/policies/rollback", &back).await.problem(403, "forbidden");
    }
    assert_eq!(bench.action(&record).await.status, Status::Pending);
}
