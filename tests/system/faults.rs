//! Calls that fail: every AWS call of a journey and every request to the shop, each at its turn. Whatever
//! fails, the journey ends as if nothing had.

use crate::{feed::Row, shopify, sound, sweep, world::World};
use emulator::{Faults, When};
use serde_json::{Value, json};

/// Attempts that the SDK makes of one call: when all of them fail, the function is told.
const ATTEMPTS: u64 = 3;

async fn failing(sample: sweep::Sample, when: When, times: u64) {
    let whole = sweep::whole().await;
    for k in sample.of(2, whole.calls) {
        let world = World::of(&[Row::plain("board")]).await;
        world.faults().reset();
        (k..k + times).for_each(|call| world.faults().fail_call(call, when));
        world.scout().await;
        world.settle().await;
        let case = format!("call {k} of {} failed {when:?} it was applied, {times} times", whole.calls);
        assert!(world.faults().calls() >= k, "{case}: it was reached");
        assert_eq!(sound::ending(&world).await, whole.ending, "{case}");
        assert!(world.dead_letters().await.is_empty(), "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_that_fails_once_before_it_is_applied_changes_nothing() {
    failing(sweep::Sample { first: 0, every: 4 }, When::Before, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_whose_answer_is_lost_once_changes_nothing() {
    failing(sweep::Sample { first: 1, every: 3 }, When::After, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_that_fails_at_every_attempt_changes_nothing() {
    failing(sweep::Sample { first: 0, every: 3 }, When::Before, ATTEMPTS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aws_call_that_is_applied_at_every_attempt_and_never_answered_changes_nothing() {
    failing(sweep::Sample { first: 2, every: 3 }, When::After, ATTEMPTS).await;
}

async fn shop_failing(faults: &[Value]) {
    let whole = sweep::whole().await;
    let requests = shopify::requests_of_a_publication().await;
    for fault in faults {
        for k in 1..=requests {
            let world = World::of(&[Row::plain("board")]).await;
            world.shop_faults(&shopify::at(k, fault)).await;
            world.scout().await;
            world.settle().await;
            let case = format!("Shopify request {k} of {requests} met {fault}");
            assert_eq!(world.shop_faults_left().await, 0, "{case}");
            assert_eq!(sound::ending(&world).await, whole.ending, "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_breaks_the_connection_once_publishes_once() {
    shop_failing(&[json!({ "kind": "dropped_before" }), json!({ "kind": "dropped_after" })]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_fails_inside_once_publishes_once() {
    shop_failing(&[json!({ "kind": "internal_error_before" }), json!({ "kind": "internal_error_after" })]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_is_too_busy_once_publishes_once() {
    shop_failing(&[json!({ "kind": "throttled" }), json!({ "kind": "too_many_requests" })]).await;
}

fn several() -> Vec<Row> {
    ["board", "bowl", "tray", "spoon", "shelf"].map(Row::plain).to_vec()
}

async fn published(seed: u64, per_mille: u16) -> Value {
    let world = World::of(&several()).await;
    world.faults().set(Faults {
        seed,
        transaction_conflict: per_mille,
        throttle: per_mille,
        error_before: per_mille,
        error_after: per_mille,
        duplicate_delivery: per_mille * 5,
        delayed_visibility: per_mille * 5,
        max_delay_ms: 3000,
    });
    world.scout().await;
    world.until("all are published", async |w| (w.mirror.count("JOURNEY", "PUBLISHED") == 5).then_some(())).await;
    world.faults().set(Faults::default());
    world.settle().await;
    sound::ending(&world).await
}

#[tokio::test(flavor = "multi_thread")]
async fn five_journeys_at_once_end_the_same_whatever_fails_by_chance() {
    let whole = published(0, 0).await;
    for seed in 1..=6 {
        assert_eq!(published(seed, 25).await, whole, "seed {seed}");
    }
}
