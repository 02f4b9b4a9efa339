//! Many small payments, deadlines, and money that is given back.

use crate::{
    propose::{self, bill},
    world::World,
};
use domain::{Proposal, Record, Role, Status, task::Wake};
use reqwest::Method;
use runtime::{Call, Function};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// Instances of the gate beside the one that its queue wakes.
const GATES: usize = 3;
const BILLS: usize = 100;
const CENTS: i32 = 9_500;

/// A system whose payments somebody would carry out, so that what is granted stays granted.
pub(crate) async fn paying() -> World {
    World::with(&[], |settings| {
        settings.idle = vec!["ledger".to_owned()];
    })
    .await
}

/// What policy says of this table.
pub(crate) fn thresholds(world: &World, table: &str) -> Value {
    world.stack().env().policy().current(world.now()).thresholds(table).unwrap()
}

/// Has another instance of the gate, which shares nothing but the table, judge a proposal as well.
pub(crate) async fn judged_elsewhere(gate: Arc<dyn Function>, proposal: Proposal) {
    let body = serde_json::to_string(&Wake::Proposed { action: proposal.id }).unwrap();
    let event = json!({ "Records": [{ "messageId": "1", "body": body }] });
    let call = Call { request_id: "1".to_owned(), deadline: proposal.at + time::Duration::minutes(1) };
    gate.invoke(event, &call).await.unwrap();
}

/// Proposes all of them at the same moment, has several gates judge them, and waits until each is decided.
async fn decided(world: &World, proposals: &[Proposal]) -> Vec<Record> {
    let gates: Vec<Arc<dyn Function>> = (0..GATES).map(|_| gate::function(world.stack().env()).unwrap()).collect();
    let mut all = JoinSet::new();
    for (gate, proposal) in gates.iter().cycle().cloned().zip(proposals.iter().cloned()) {
        let (store, now) = (world.store().clone(), world.now());
        all.spawn(async move {
            let mut tx = store.tx(now);
            tx.propose(&proposal).unwrap();
            tx.commit().await.unwrap();
            judged_elsewhere(gate, proposal).await;
        });
    }
    all.join_all().await;
    let decided = |w: &World| (w.mirror.count_all("ACTION") == proposals.len()).then_some(());
    world.until("all are decided", async |world| decided(world)).await;
    let bodies = world.table().await.bodies("ACTION").into_iter();
    bodies.map(|body| serde_json::from_value(body).unwrap()).collect()
}

fn granted(records: &[Record]) -> i64 {
    let granted = records.iter().filter(|record| record.status == Status::Granted);
    i64::try_from(granted.count()).unwrap() * i64::from(CENTS)
}

#[tokio::test(flavor = "multi_thread")]
async fn row_07_a_hundred_small_bills_of_one_payee_never_add_up_to_more_than_one_large_one_may() {
    let world = paying().await;
    let bills: Vec<Proposal> = (0..BILLS).map(|n| bill(&world, &format!("bill {n}"), "Acme", CENTS)).collect();
    let records = decided(&world, &bills).await;
    let limit = thresholds(&world, "expense_pay")["medium_up_to_cents"].as_i64().unwrap();
    let sum = granted(&records);
    assert!(sum <= limit && sum + i64::from(CENTS) > limit, "{sum} cents of {limit} were granted");
    let waiting = records.iter().filter(|record| record.status == Status::Pending).count();
    assert_eq!(waiting as i64, BILLS as i64 - sum / i64::from(CENTS), "the rest waits");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_07_a_hundred_small_bills_of_a_hundred_payees_never_add_up_to_more_than_one_large_one_may() {
    let world = paying().await;
    let bills: Vec<Proposal> =
        (0..BILLS).map(|n| bill(&world, &format!("bill {n}"), &format!("payee {n}"), CENTS)).collect();
    let records = decided(&world, &bills).await;
    let limit = thresholds(&world, "expense_pay")["medium_up_to_cents"].as_i64().unwrap();
    let sum = granted(&records);
    assert!(sum <= limit && sum + i64::from(CENTS) > limit, "{sum} cents of {limit} were granted");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_07_a_hundred_small_bills_of_a_hundred_agents_never_add_up_to_more_than_the_budget() {
    let world = paying().await;
    let of_its_own = |n: usize| Proposal {
        agent: format!("finance-payables/agent{n}").parse().unwrap(),
        ..bill(&world, &format!("bill {n}"), &format!("payee {n}"), CENTS)
    };
    let bills: Vec<Proposal> = (0..BILLS).map(of_its_own).collect();
    let records = decided(&world, &bills).await;
    let limit = thresholds(&world, "budgets")["finance"]["hour_cents"].as_i64().unwrap();
    let sum = granted(&records);
    assert!(sum <= limit && sum + i64::from(CENTS) > limit, "{sum} cents of {limit} were granted");
    let budget = world.store().budget("cluster:finance").await.unwrap();
    let used = budget.used(store::budget::Window::Day, world.now());
    assert_eq!(used, BILLS as i64 * i64::from(CENTS), "what waits is reserved as well");
}

async fn decide(world: &World, record: &Record, verb: &str) -> (u16, Value) {
    let path = format!("approvals/{}/{verb}", record.proposal.id);
    let body = json!({ "digest": record.bound, "reason": "a test" });
    world.api(Role::Owner, Method::POST, &path, Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn money_reserved_for_what_is_rejected_is_free_again() {
    let world = paying().await;
    let limit = thresholds(&world, "budgets")["finance"]["hour_cents"].as_i64().unwrap();
    let large = bill(&world, "large", "Builder", i32::try_from(limit).unwrap());
    let small = |number: &str| bill(&world, number, number, CENTS);
    let status = async |proposal: &Proposal| {
        propose::propose(&world, proposal).await;
        propose::decided(&world, proposal.id).await
    };
    let waiting = status(&large).await;
    assert_eq!(waiting.status, Status::Pending);
    assert_eq!(status(&small("first")).await.status, Status::Pending, "no room beside what is reserved");
    assert_eq!(decide(&world, &waiting, "reject").await.0, 200);
    assert_eq!(status(&small("second")).await.status, Status::Granted, "there is room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_near_its_end_is_put_before_others_once_by_the_clock() {
    let world = paying().await;
    let large = bill(&world, "large", "Builder", 5_000_000);
    propose::propose(&world, &large).await;
    let waiting = propose::decided(&world, large.id).await;
    let approval = waiting.approval.unwrap();
    let due = approval.escalates.expect("somebody is asked before the deadline");
    world.clock.advance((due - world.now()).unsigned_abs());
    let escalated = async |w: &World| propose::record(w, large.id).await.and_then(|record| record.approval?.escalated);
    let at = world.until("it escalates", escalated).await;
    assert!(due <= at && at < approval.deadline, "{due} {at}");
    world.pass(Duration::from_secs(600)).await;
    let (_, shown) = world.api(Role::Owner, Method::GET, &format!("actions/{}", large.id), None).await;
    assert_eq!(shown.to_string().matches("\"escalated\"").count(), 1, "once: {shown:#}");
    assert_eq!(propose::record(&world, large.id).await.unwrap().status, Status::Pending);
}

#[tokio::test(flavor = "multi_thread")]
async fn row_12_a_request_that_nobody_decides_expires_by_the_clock_and_its_money_is_free_again() {
    let world = paying().await;
    let large = bill(&world, "large", "Builder", 5_000_000);
    propose::propose(&world, &large).await;
    let waiting = propose::decided(&world, large.id).await;
    let deadline = waiting.approval.as_ref().unwrap().deadline;
    world.pass(Duration::from_secs(600)).await;
    assert_eq!(propose::record(&world, large.id).await.unwrap().status, Status::Pending);
    world.clock.advance((deadline - world.now()).unsigned_abs());
    let (status, problem) = decide(&world, &waiting, "approve").await;
    assert_eq!(status, 409, "late is late, before the clock has said so: {problem:#}");
    let expired = propose::becomes(&world, large.id, Status::Expired).await;
    assert_eq!((expired.grant, expired.reserved), (None, Vec::new()));
    let (status, problem) = decide(&world, &waiting, "approve").await;
    assert_eq!((status, &problem["state"]), (409, &json!("EXPIRED")), "{problem:#}");
    let budgets: BTreeMap<String, Value> =
        world.table().await.states("BUDGET").into_iter().map(|(id, (_, b))| (id, b["slots"].clone())).collect();
    assert!(budgets.values().all(|slots| slots == &json!({})), "{budgets:?}");
}
