//! Proposing through the API: in whose name, once, and into the gate's inbox.

use crate::bench::{Answer, Bench};
use axum::{body::Body, http::Method};
use domain::{ActionId, Author, Proposal, Role};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/actions";
pub(crate) const OLIVIA: (&str, Role) = ("Olivia", Role::Owner);

/// A request to pay this much.
pub(crate) fn expense(amount: &str) -> Value {
    json!({
        "action": {"type": "expense.pay", "bill": "2026-117", "payee": "Acme", "amount": {"amount": amount, "currency": "EUR"}},
        "case": {"title": "Rent", "description": "November", "reasoning": "It is due.", "dataSources": [], "riskFactors": [], "missing": [], "impact": {}, "alternatives": []}
    })
}

async fn keyed(bench: &Bench, who: (&str, Role), key: &str, body: &Value) -> Answer {
    let request = bench.ask(Method::POST, who, PATH).header("idempotency-key", key);
    bench.send(request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()).await
}

/// What the gate will find.
async fn inbox(bench: &Bench, answer: &Answer) -> Proposal {
    let id: ActionId = answer.with(202)["id"].as_str().unwrap().parse().unwrap();
    bench.env.store().proposal(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_person_proposes_in_their_own_name_and_is_its_author() {
    let bench = Bench::start().await;
    let answer = bench.post(OLIVIA, PATH, &expense("95.00")).await;
    let proposal = inbox(&bench, &answer).await;
    assert_eq!(proposal.agent.as_str(), "api");
    assert_eq!(proposal.authors, [Author { account: "Olivia".into(), human: "olivia".into() }]);
    assert_eq!(answer.header("location"), format!("{PATH}/{}", proposal.id));
    let shown = bench.get(OLIVIA, answer.header("location")).await.with(200);
    assert_eq!((&shown["status"], &shown["amount"]["amount"]), (&json!("PROPOSED"), &json!("95.00")));
    assert!(shown["decision"].is_null() && shown["tier"].is_null(), "{shown}");
}

#[tokio::test]
async fn a_machine_proposes_as_the_agent_that_it_is_and_as_no_other() {
    let bench = Bench::start().await;
    let as_agent = |agent: &str| {
        let mut body = expense("95.00");
        body["agent"] = json!(agent);
        body
    };
    let robot = ("finance-analyst", Role::Agent);
    for (body, name) in [(expense("1.00"), "finance-analyst"), (as_agent("finance-analyst/eu"), "finance-analyst/eu")] {
        let answer = bench.post(robot, PATH, &body).await;
        let proposal = inbox(&bench, &answer).await;
        assert_eq!((proposal.agent.as_str(), proposal.authors.len()), (name, 0));
    }
    let refused = [
        (robot, as_agent("product-scout")),
        (robot, as_agent("api")),
        (("api", Role::Agent), expense("1.00")),
        (("Robot_1", Role::Agent), expense("1.00")),
        (OLIVIA, as_agent("product-scout")),
        (("anna", Role::Auditor), expense("1.00")),
    ];
    for (who, body) in refused {
        bench.post(who, PATH, &body).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_key_makes_ten_requests_one_and_belongs_to_one_request() {
    let bench = Bench::start().await;
    let first = keyed(&bench, OLIVIA, "k1", &expense("95.00")).await;
    for _ in 0..9 {
        let again = keyed(&bench, OLIVIA, "k1", &expense("95.00")).await;
        assert_eq!((again.with(202), again.header("location")), (first.with(202), first.header("location")));
    }
    keyed(&bench, OLIVIA, "k1", &expense("96.00")).await.problem(409, "key-reused");
    let other = keyed(&bench, ("otto", Role::Owner), "k1", &expense("96.00")).await.with(202);
    assert_ne!(other["id"], first.with(202)["id"], "a key is its account's own");
}

#[tokio::test]
async fn a_request_that_came_again_after_the_gate_took_it_is_not_proposed_twice() {
    let bench = Bench::start().await;
    let first = keyed(&bench, OLIVIA, "k1", &expense("95.00")).await;
    let proposal = inbox(&bench, &first).await;
    let mut tx = bench.env.store().tx(crate::bench::NOON);
    tx.take(proposal.id).unwrap();
    tx.commit().await.unwrap();
    bench.keep(&crate::bench::request(proposal.clone(), 1)).await;
    assert_eq!(keyed(&bench, OLIVIA, "k1", &expense("95.00")).await.with(202)["id"], first.with(202)["id"]);
    assert!(bench.env.store().proposal(proposal.id).await.unwrap().is_none());
    keyed(&bench, OLIVIA, "k1", &expense("96.00")).await.problem(409, "key-reused");
}

#[tokio::test]
async fn what_is_no_action_is_refused_with_the_field_and_the_fix() {
    let bench = Bench::start().await;
    let with = |pointer: &str, value: Value| {
        let mut body = expense("95.00");
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let cases = [
        (with("/action/type", json!("money.burn")), 422),
        (with("/action/amount/amount", json!(95)), 422),
        (with("/action/amount/amount", json!("95.001")), 422),
        (with("/action/amount/currency", json!("XXXX")), 422),
        (with("/case/title", json!(null)), 422),
        (with("/case/reasoning", json!("x".repeat(70_000))), 413),
    ];
    for (body, status) in cases {
        let answer = bench.post(OLIVIA, PATH, &body).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    }
}
