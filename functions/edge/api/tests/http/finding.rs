//! Finding requests: orders, narrower lists, groups.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Action, ActionId, Author, Money, Proposal, Record, Role, action::ExpensePay, proposal::Case};
use serde_json::Value;
use std::collections::BTreeSet;
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

/// The request to pay bill number `n`: the later it was made, the more it is about, and the sooner it expires.
fn bill(n: i32) -> Record {
    let payee = format!("Acme {n}");
    let action: Action = ExpensePay { bill: n.to_string(), payee, amount: Money::eur_cents(10_000 * n) }.into();
    let at = NOON + Duration::minutes(i64::from(n));
    let agent = "finance-analyst".parse().unwrap();
    let mut record =
        request(Proposal::new(ActionId::at(NOON, "bill", n.unsigned_abs()), agent, action, Case::default(), at), 1);
    let approval = record.approval.as_mut().unwrap();
    approval.roles = vec![Role::Finance, Role::Owner];
    approval.deadline -= Duration::hours(i64::from(n));
    record
}

async fn some(bench: &Bench) -> Vec<Record> {
    let records: Vec<Record> = (1..=7).map(bill).chain([request(publish(1), 1)]).collect();
    for record in &records {
        bench.keep(record).await;
    }
    records
}

/// The ids on all pages of this list.
async fn ids(bench: &Bench, query: &str, limit: usize) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/approvals?limit={limit}&{query}{cursor}");
        let page = bench.get(OLIVIA, &path).await.with(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit, "{path}");
        ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn every_order_is_whole_whatever_the_page_size() {
    let bench = Bench::start().await;
    let records = some(&bench).await;
    let of = |n: usize| records[n].proposal.id.to_string();
    let cases = [("deadline", of(6)), ("-amount", of(6)), ("-created", of(6)), ("amount", of(7)), ("created", of(7))];
    for (sort, first) in cases {
        let whole = ids(&bench, &format!("sort={sort}"), 200).await;
        assert_eq!((whole.len(), &whole[0]), (8, &first), "{sort}");
        for limit in [1, 3] {
            assert_eq!(ids(&bench, &format!("sort={sort}"), limit).await, whole, "{sort} by {limit}");
        }
        let other = sort.strip_prefix('-').map_or_else(|| format!("-{sort}"), str::to_owned);
        let back: Vec<String> = ids(&bench, &format!("sort={other}"), 3).await.into_iter().rev().collect();
        assert_eq!(back, whole, "{other} is {sort} the other way round");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_what_a_request_is_about() {
    let bench = Bench::start().await;
    let records = some(&bench).await;
    let cases = [
        ("amountMin=300.00", 5),
        ("amountMax=300", 4),
        ("amountMin=300&amountMax=300.00", 1),
        ("deadlineBefore=2026-11-21T07:00:00Z", 2),
        ("deadlineAfter=2026-11-21T07:00:00Z", 6),
        ("role=finance", 7),
        ("role=operations", 1),
        ("role=support", 0),
        ("q=ACME%207", 1),
        ("q=mug", 1),
        ("q=finance-analyst", 7),
        ("q=nothing%20like%20it", 0),
        ("type=expense.pay&amountMin=600", 2),
    ];
    for (query, count) in cases {
        for limit in [1, 50] {
            assert_eq!(ids(&bench, query, limit).await.len(), count, "{query} by {limit}");
        }
    }
    let id = records[3].proposal.id.to_string();
    assert_eq!(ids(&bench, &format!("q={id}"), 50).await, [id]);
    for query in ["amountMin=1.001", "amountMin=-1", "sort=colour", "deadlineBefore=soon", "mine=perhaps"] {
        bench.get(OLIVIA, &format!("/api/v1/approvals?{query}")).await.problem(400, "query");
    }
    bench.get(OLIVIA, "/api/v1/approvals?cursor=x").await.problem(404, "not-found");
}

#[tokio::test]
async fn mine_is_what_i_may_decide() {
    let bench = Bench::start().await;
    some(&bench).await;
    let mut own = bill(8);
    own.proposal.authors = vec![Author { account: "frank.private".into(), human: "frank".into() }];
    bench.keep(&own).await;
    let count = async |who| {
        let page: Value = bench.get(who, "/api/v1/approvals?mine=true").await.with(200);
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(count(OLIVIA).await, 9);
    assert_eq!(count(("frank", Role::Finance)).await, 7);
    assert_eq!(count(("oscar", Role::Operations)).await, 1);
    assert_eq!(count(("anna", Role::Auditor)).await, 0);
}

#[tokio::test]
async fn similar_requests_are_one_group_with_all_that_a_decision_needs() {
    let bench = Bench::start().await;
    let records = some(&bench).await;
    let page = bench.get(OLIVIA, "/api/v1/approvals/groups").await.with(200);
    let groups = page["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 1, "what stands alone is no group: {page}");
    assert_eq!((&groups[0]["count"], &groups[0]["sums"][0]["amount"]), (&7.into(), &"2800.00".into()));
    let members = groups[0]["members"].as_array().unwrap();
    let shown: BTreeSet<&str> = members.iter().map(|member| member["digest"].as_str().unwrap()).collect();
    assert_eq!(shown, records[..7].iter().map(|record| record.bound.as_str()).collect());
    let items: Vec<Value> = members.iter().map(|m| serde_json::json!({"id": m["id"], "digest": m["digest"]})).collect();
    let bulk = serde_json::json!({"verb": "approve", "items": items});
    assert_eq!(bench.post(OLIVIA, "/api/v1/approvals/bulk", &bulk).await.with(200)["done"], 7);
}
