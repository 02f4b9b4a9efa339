//! The policy: what it says, edits of it, and why it decides what it decides.

use crate::{
    audit::judged,
    bench::{Bench, publish, request},
};
use axum::http::Method;
use domain::Role;
use serde_json::{Value, json};

const FRANK: (&str, Role) = ("frank", Role::Finance);
const SAM: (&str, Role) = ("sam", Role::Support);
const FILE: &str = "royal/thresholds.rego";

async fn text(bench: &Bench) -> (String, String) {
    let policy = bench.get(FRANK, "/api/v1/policies").await.with(200);
    let sources = policy["sources"].as_array().unwrap();
    let file = sources.iter().find(|file| file["name"] == FILE).unwrap();
    (policy["revision"].as_str().unwrap().to_owned(), file["text"].as_str().unwrap().to_owned())
}

/// The thresholds with another limit of what is paid without anybody.
async fn edited(bench: &Bench, limit: &str) -> (String, Value) {
    let (revision, text) = text(bench).await;
    let (before, after) = text.split_once("expense_pay := {").unwrap();
    let after = after.replacen("10000", limit, 1);
    (revision, json!([{"name": FILE, "text": format!("{before}expense_pay := {{{after}")}]))
}

#[tokio::test]
async fn the_policy_is_shown_with_every_number_and_what_it_means() {
    let bench = Bench::start().await;
    let answer = bench.get(SAM, "/api/v1/policies").await;
    let policy = answer.with(200);
    assert_eq!(answer.header("etag"), format!("\"{}\"", policy["revision"].as_str().unwrap()));
    let numbers = policy["thresholds"].as_array().unwrap();
    let pay = numbers.iter().find(|row| row["path"] == "expense_pay.low_up_to_cents").unwrap();
    assert_eq!((&pay["value"], &pay["unit"], &pay["group"]), (&json!(10_000), &json!("cents"), &json!("Finance")));
    assert!(pay["meaning"].as_str().unwrap().starts_with("expense.pay"), "{pay}");
    assert!(policy.get("problem").is_none());
    bench.get(("robot", Role::Agent), "/api/v1/policies").await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_edit_is_looked_at_and_every_problem_has_its_line_and_a_fix() {
    let bench = Bench::start().await;
    let (_, files) = edited(&bench, "12000").await;
    let fine = bench.post(FRANK, "/api/v1/policies/check", &json!({"files": files})).await.with(200);
    assert_eq!((&fine["valid"], &fine["files"]), (&json!(true), &json!([FILE])));
    assert_eq!(fine["moved"], json!([{"path": "expense_pay.low_up_to_cents", "from": 10_000, "to": 12_000}]));
    let (_, files) = edited(&bench, "12.000").await;
    let broken = bench.post(FRANK, "/api/v1/policies/check", &json!({"files": files})).await.with(200);
    assert_eq!(broken["valid"], false);
    let problem = &broken["problems"][0];
    assert!(
        problem["line"].as_u64().is_some() && problem["fix"].as_str().is_some_and(|fix| !fix.is_empty()),
        "{problem}"
    );
    for (body, field) in [
        (json!({"files": []}), "files"),
        (json!({"files": [{"name": "../etc/passwd", "text": ""}]}), "files[0].name"),
        (json!({"files": [{"name": "royal/x_test.rego", "text": ""}]}), "files[0].name"),
        (json!({"files": [{"name": FILE, "text": ""}, {"name": FILE, "text": ""}]}), "files[1].name"),
    ] {
        let problem = bench.post(FRANK, "/api/v1/policies/check", &body).await.problem(422, "field");
        assert_eq!(problem["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn what_policy_would_say_is_explained_with_the_nearest_way_to_less() {
    let bench = Bench::start().await;
    let pay = |amount: &str| crate::propose::expense(amount)["action"].clone();
    let path = "/api/v1/policies/explain";
    let said = bench.post(SAM, path, &json!({"action": pay("150.00")})).await.with(200);
    assert_eq!(said["decision"]["tier"], "MEDIUM", "{said}");
    let amount = json!({
        "changes": [{"field": "action.amount_cents", "value": 15_000, "instead": 10_000}], "tier": "LOW",
    });
    assert!(said["instead"].as_array().unwrap().contains(&amount), "{said}");
    let reasons = said["decision"]["reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|reason| reason["limit"] == "expense_pay.low_up_to_cents"), "{said}");
    let doubtful = json!({"action": pay("50.00"), "facts": {"budget_overflow": ["store"]}});
    let said = bench.post(SAM, path, &doubtful).await.with(200);
    assert_eq!(
        (&said["decision"]["tier"], &said["facts"]["context"]["budget_overflow"]),
        (&json!("HIGH"), &json!(["store"]))
    );
    assert!(said["consent"]["quorum"].as_u64().unwrap() >= 1);
    assert!(
        bench.get(SAM, "/api/v1/actions").await.with(200)["items"].as_array().unwrap().is_empty(),
        "asking proposes nothing"
    );
}

#[tokio::test]
async fn why_an_action_was_decided_is_told_from_what_the_rules_were_told() {
    let bench = Bench::start().await;
    let record = judged(&bench, 1, 12_000).await;
    let path = "/api/v1/policies/explain";
    let said = bench.post(SAM, path, &json!({"id": record.proposal.id})).await.with(200);
    assert_eq!((&said["decision"]["tier"], &said["facts"]["action"]["amount_cents"]), (&json!("HIGH"), &json!(12_000)));
    assert!(said.get("instead").is_none(), "another revision judged it");
    bench.post(SAM, path, &json!({"id": publish(9).id})).await.problem(404, "not-found");
    for body in [json!({}), json!({"id": record.proposal.id, "confidence": 50})] {
        bench.post(SAM, path, &body).await.problem(422, "field");
    }
}

#[tokio::test]
async fn an_edit_is_tried_on_what_was_decided() {
    let bench = Bench::start().await;
    for (n, cents) in [(1, 5_000), (2, 9_000), (3, 150_000), (4, 15_000)] {
        judged(&bench, n, cents).await;
    }
    bench.keep(&request(publish(5), 1)).await;
    let (_, text) = text(&bench).await;
    let (before, after) = text.split_once("expense_pay := {").unwrap();
    let after = after.replacen("10000", "20000", 1).replacen("100000", "200000", 1);
    let files = json!([{"name": FILE, "text": format!("{before}expense_pay := {{{after}")}]);
    let trial = json!({"files": files, "from": "2026-11-20", "to": "2026-11-20"});
    let found = bench.post(FRANK, "/api/v1/policies/backtest", &trial).await.with(200);
    let counts =
        ["compared", "withoutFacts", "unchanged", "stricter", "looser"].map(|name| found[name].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 2, 0, 2], "{found}");
    assert_eq!(found["newlyUnattended"]["amount"], "1500.00");
    assert_eq!(found["newlyAttended"]["amount"], "0.00");
    let tiers: Vec<_> =
        found["affected"].as_array().unwrap().iter().map(|one| (one["from"].clone(), one["to"].clone())).collect();
    assert!(
        tiers.contains(&(json!("HIGH"), json!("MEDIUM"))) && tiers.contains(&(json!("MEDIUM"), json!("LOW"))),
        "{found}"
    );
    assert!(found.get("next").is_none());
    let long = json!({"files": files, "from": "2026-11-20", "to": "2026-12-31"});
    bench.post(FRANK, "/api/v1/policies/backtest", &long).await.problem(422, "field");
}

#[tokio::test]
async fn an_edit_is_proposed_with_what_it_changes_and_nothing_else_happens() {
    let bench = Bench::start().await;
    let put = |who, body: Value| {
        let bench = &bench;
        async move { bench.with_body(Method::PUT, who, "/api/v1/policies", &body).await }
    };
    let (revision, files) = edited(&bench, "12000").await;
    let asked = put(FRANK, json!({"files": files, "replaces": revision, "reason": "prices rose"})).await;
    let proposed = asked.with(202);
    assert_eq!((&proposed["actionType"], &proposed["check"]["valid"]), (&json!("policy.publish"), &json!(true)));
    assert!(proposed["note"].as_str().unwrap().contains("Two other people"));
    let id = proposed["id"].as_str().unwrap().parse().unwrap();
    let proposal = bench.env.store().proposal(id).await.unwrap().unwrap();
    assert!(
        proposal.case.description.contains("expense_pay.low_up_to_cents: 12000 instead of 10000"),
        "{:?}",
        proposal.case
    );
    assert_eq!(bench.get(FRANK, "/api/v1/policies").await.with(200)["revision"], revision.as_str());
    put(FRANK, json!({"files": files, "replaces": "0".repeat(64), "reason": "x"})).await.problem(412, "precondition");
    put(FRANK, json!({"files": files, "replaces": "x", "reason": "x"})).await.problem(422, "field");
    let (_, broken) = edited(&bench, "12.000").await;
    let problem = put(FRANK, json!({"files": broken, "replaces": revision, "reason": "x"})).await.problem(422, "field");
    assert!(problem["problems"][0]["line"].as_u64().is_some(), "{problem}");
    let (_, same) = edited(&bench, "10000").await;
    put(FRANK, json!({"files": same, "replaces": revision, "reason": "x"})).await.problem(422, "field");
    put(SAM, json!({"files": files, "replaces": revision, "reason": "x"})).await.problem(403, "forbidden");
}
