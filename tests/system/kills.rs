//! A process that dies, at any moment, and is started again on what it left on disk.
//!
//! Dying at call k: no AWS call from the k-th on is answered, then every task is dropped where it stands. What
//! k - 1 calls have left behind is all that the next process has.

use crate::{feed::Row, shopify, sound, sweep, world::World};
use domain::{Role, journey::Stage};
use reqwest::Method;
use serde_json::{Value, json};

/// The most calls that a dying process tries after its end.
const AFTERWARDS: u64 = 2000;
/// AWS calls of one short life.
const SHORT_LIFE: u64 = 60;

/// From now on, no AWS call after the next `k - 1` is answered.
fn cut(world: &World, k: u64) {
    let faults = world.faults();
    (k..k + AFTERWARDS).for_each(|call| faults.fail_call(call, emulator::When::Before));
}

/// Waits for the end that was set, or for that of the journey where it took fewer calls this time.
async fn dies(world: &mut World, k: u64) {
    let is_over = |world: &World| world.faults().calls() >= k || sound::is_published(world);
    world.until("the process dies", async |world| is_over(world).then_some(())).await;
    world.kill().await;
}

async fn killed_at_every(sample: sweep::Sample) {
    let whole = sweep::whole().await;
    for k in sample.of(2, whole.calls) {
        let mut world = World::of(&[Row::plain("board")]).await;
        world.faults().reset();
        cut(&world, k);
        world.scout().await;
        dies(&mut world, k).await;
        world.start().await;
        world.settle().await;
        assert_eq!(sound::ending(&world).await, whole.ending, "killed at AWS call {k} of {}", whole.calls);
        assert!(world.dead_letters().await.is_empty(), "killed at AWS call {k}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journey_killed_at_any_aws_call_is_resumed_and_ends_the_same() {
    killed_at_every(sweep::Sample { first: 0, every: 4 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journey_killed_at_any_other_aws_call_is_resumed_and_ends_the_same() {
    killed_at_every(sweep::Sample { first: 2, every: 4 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journey_killed_while_the_shop_works_on_any_request_is_resumed_and_publishes_once() {
    let whole = sweep::whole().await;
    let requests = shopify::requests_of_a_publication().await;
    for k in 1..=requests {
        let mut world = World::of(&[Row::plain("board")]).await;
        world.shop_faults(&shopify::at(k, &json!({ "kind": "delay", "delay_ms": 600_000 }))).await;
        world.scout().await;
        world.until("the request hangs", async |world| (world.shop_faults_left().await == 0).then_some(())).await;
        world.restart().await;
        world.settle().await;
        assert_eq!(sound::ending(&world).await, whole.ending, "killed at Shopify request {k} of {requests}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_again_and_again_still_brings_the_journey_to_its_end() {
    let whole = sweep::whole().await;
    let mut world = World::of(&[Row::plain("board")]).await;
    world.scout().await;
    let mut lives = 0;
    while !sound::is_published(&world) {
        world.faults().reset();
        cut(&world, SHORT_LIFE);
        dies(&mut world, SHORT_LIFE).await;
        world.start().await;
        lives += 1;
        assert!(lives < 30, "{}", world.mirror.told());
    }
    world.settle().await;
    assert!(lives > 2, "{lives} lives");
    assert_eq!(sound::ending(&world).await, whole.ending);
}

/// A request that waits for a person, in a system that will die at the `k`th call from now.
async fn waiting() -> (World, Value) {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    world.faults().reset();
    (world, card)
}

/// A person approves and, where no answer comes, asks again.
async fn approve(world: &World, card: &Value) -> u16 {
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    let body = json!({ "digest": card["digest"] });
    world.api(Role::Owner, Method::POST, &path, Some(body)).await.0
}

#[tokio::test(flavor = "multi_thread")]
async fn row_05_an_approval_killed_at_any_aws_call_is_kept_or_still_waits_and_publishes_once() {
    let (world, card) = waiting().await;
    assert_eq!(approve(&world, &card).await, 200);
    world.journey_in("knife", Stage::Published).await;
    let calls = world.settle().await;
    let whole = sound::ending(&world).await;
    for k in (sweep::Sample { first: 0, every: 3 }).of(1, calls) {
        let (mut world, card) = waiting().await;
        cut(&world, k);
        let first = approve(&world, &card).await;
        assert!(first == 200 || first >= 500, "{first} at call {k}");
        dies(&mut world, k).await;
        world.start().await;
        if first != 200 {
            let second = approve(&world, &card).await;
            assert_eq!(second, 200, "the same word again, after a death at call {k}");
        }
        world.journey_in("knife", Stage::Published).await;
        world.settle().await;
        assert_eq!(sound::ending(&world).await, whole, "killed at AWS call {k} of {calls} after the approval");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_05_what_waits_for_a_person_still_waits_after_a_kill_and_was_not_asked_twice() {
    let (mut world, card) = waiting().await;
    world.restart().await;
    world.settle().await;
    let cards = world.cards().await;
    assert_eq!(cards.len(), 1, "{cards:#?}");
    assert_eq!((&cards[0]["id"], &cards[0]["digest"]), (&card["id"], &card["digest"]));
    assert_eq!(world.shop().await["products"], json!([]));
}
