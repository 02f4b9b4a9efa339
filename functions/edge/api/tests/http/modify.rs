//! Changing what a request asks for.

use crate::bench::{Bench, NOON, request};
use domain::{Action, ActionId, Author, Money, Proposal, Record, Role, Status, action::ExpensePay, proposal::Case};
use serde_json::{Value, json};

const FRANK: (&str, Role) = ("frank", Role::Finance);

/// A request to pay a bill, which finance or an owner decides.
async fn bill(bench: &Bench) -> Record {
    let action: Action =
        ExpensePay { bill: "7".into(), payee: "Acme".into(), amount: Money::eur_cents(500_000) }.into();
    let proposal =
        Proposal::new(ActionId::of("bill"), "finance-analyst".parse().unwrap(), action, Case::default(), NOON);
    let mut record = request(proposal, 1);
    record.approval.as_mut().unwrap().roles = vec![Role::Finance, Role::Owner];
    bench.keep(&record).await;
    record
}

fn path(record: &Record, verb: &str) -> String {
    format!("/api/v1/approvals/{}/{verb}", record.proposal.id)
}

fn less(record: &Record) -> Value {
    json!({"digest": record.bound, "changes": {"amount": {"amount": "90.00"}}, "reason": "the rest is disputed"})
}

#[tokio::test]
async fn a_changed_request_is_a_new_proposal_and_the_old_one_is_superseded() {
    let bench = Bench::start().await;
    let record = bill(&bench).await;
    let answer = bench.post(FRANK, &path(&record, "modify"), &less(&record)).await;
    let id: ActionId = answer.with(202)["id"].as_str().unwrap().parse().unwrap();
    let again = bench.post(FRANK, &path(&record, "modify"), &less(&record)).await.with(202);
    assert_eq!(again["id"], json!(id), "twice is once");
    let old = bench.action(&record).await;
    assert_eq!((old.status, old.superseded_by), (Status::Superseded, Some(id)));
    let new = bench.env.store().proposal(id).await.unwrap().unwrap();
    assert_eq!(new.authors, [Author { account: "frank".into(), human: "frank".into() }]);
    assert_eq!((new.supersedes, new.action.amount()), (Some(record.proposal.id), Some(Money::eur_cents(9000))));
    let body = json!({"digest": record.bound});
    bench.post(("otto", Role::Owner), &path(&record, "approve"), &body).await.problem(409, "decided");
    let shown = bench.get(FRANK, &format!("/api/v1/actions/{}", record.proposal.id)).await.with(200);
    assert_eq!((&shown["supersededBy"], &shown["history"]["verified"]), (&json!(id), &json!(true)));
}

#[tokio::test]
async fn who_changed_it_does_not_decide_it() {
    let bench = Bench::start().await;
    let record = bill(&bench).await;
    let answer = bench.post(FRANK, &path(&record, "modify"), &less(&record)).await.with(202);
    let id: ActionId = answer["id"].as_str().unwrap().parse().unwrap();
    let proposal = bench.env.store().proposal(id).await.unwrap().unwrap();
    let mut changed = request(proposal, 1);
    changed.approval.as_mut().unwrap().roles = vec![Role::Finance, Role::Owner];
    bench.keep(&changed).await;
    let own = bench.post(FRANK, &path(&changed, "approve"), &json!({"digest": changed.bound})).await;
    assert_eq!(own.problem(403, "forbidden")["codes"], json!(["own_request"]));
    bench.post(("fay", Role::Finance), &path(&changed, "approve"), &json!({"digest": changed.bound})).await.with(200);
}

#[tokio::test]
async fn a_change_is_shown_before_it_is_made_and_showing_it_writes_nothing() {
    let bench = Bench::start().await;
    let record = bill(&bench).await;
    let preview = |amount: &str| json!({"digest": record.bound, "changes": {"amount": {"amount": amount}}});
    let cases = [("90.00", "LOW"), ("900.00", "MEDIUM"), ("4000.00", "HIGH")];
    let mut tiers = Vec::new();
    for (amount, _) in cases {
        let shown = bench.post(FRANK, &path(&record, "modify/preview"), &preview(amount)).await.with(200);
        assert_eq!((&shown["tierNow"], &shown["amount"]["amount"]), (&json!("HIGH"), &json!(amount)));
        assert!(shown["budgets"].as_array().is_some_and(|budgets| !budgets.is_empty()), "{shown}");
        tiers.push(shown["decision"]["tier"].as_str().unwrap().to_owned());
    }
    assert!(
        tiers.is_sorted_by_key(|tier| ["LOW", "MEDIUM", "CEO", "HIGH"].iter().position(|t| t == tier)),
        "{tiers:?}"
    );
    assert_eq!(tiers.last().map(String::as_str), Some("HIGH"));
    assert_eq!(bench.action(&record).await, record);
}

#[tokio::test]
async fn a_change_that_does_not_fit_is_told_with_its_field() {
    let bench = Bench::start().await;
    let record = bill(&bench).await;
    let cases = [
        (json!({}), "changes"),
        (json!({"payee": "Acme"}), "changes"),
        (json!({"type": "refund.issue"}), "changes.type"),
        (json!({"colour": "red"}), "colour"),
        (json!({"payee": null}), "payee"),
        (json!({"amount": {"amount": 90}}), "amount"),
    ];
    for (changes, word) in cases {
        for (verb, mut body) in [("modify", less(&record)), ("modify/preview", json!({"digest": record.bound}))] {
            body["changes"] = changes.clone();
            let problem = bench.post(FRANK, &path(&record, verb), &body).await.problem(422, "field");
            assert!(problem["detail"].as_str().unwrap().contains(word), "{changes}: {problem}");
            assert!(!problem["errors"][0]["fix"].as_str().unwrap().is_empty());
        }
    }
    bench.post(("sam", Role::Support), &path(&record, "modify"), &less(&record)).await.problem(403, "forbidden");
    let mut other = less(&record);
    other["digest"] = json!("0".repeat(64));
    bench.post(FRANK, &path(&record, "modify"), &other).await.problem(409, "changed");
    assert_eq!(bench.action(&record).await, record);
}
