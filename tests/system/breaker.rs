//! A shop that does not answer is left alone, and nothing is lost by it.

use crate::{feed::Row, sound, world::World};
use serde_json::{Value, json};
use std::time::Duration;

const MANY: u64 = 10_000;

async fn breaker(world: &World) -> Value {
    let url = format!("{}/readyz", world.stack().servers().api_url());
    let probe: Value = runtime::http::client().unwrap().get(url).send().await.unwrap().json().await.unwrap();
    probe["breakers"]["shop"]["state"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_does_not_answer_is_left_alone_and_what_was_granted_meanwhile_is_done_when_it_is_back() {
    let rows = ["board", "bowl", "tray", "spoon", "shelf", "stool"].map(Row::plain);
    let world = World::of(&rows).await;
    world.shop_faults(&json!({ "kind": "dropped_before", "times": MANY })).await;
    world.scout().await;
    let is_open = async |w: &World| (breaker(w).await == "open").then_some(());
    world.until("the breaker opens", is_open).await;
    let no_execution = |w: &World| w.mirror.count("ACTION", "EXECUTING") == 0;
    world.until("what is under way ends", async |w| no_execution(w).then_some(())).await;
    let left = world.shop_faults_left().await;
    let attempts = attempts(&world).await;
    if breaker(&world).await == "open" {
        world.pass(Duration::from_secs(5)).await;
        if breaker(&world).await == "open" {
            assert_eq!(world.shop_faults_left().await, left, "no request while it is left alone");
            assert_eq!(self::attempts(&world).await, attempts, "and no attempt is spent");
        }
    }
    world.shop_faults_over().await;
    let failed = world.mirror.count("ACTION", "FAILED");
    assert!(failed < rows.len(), "some were not tried until they failed: {failed}");
    let done = |w: &World| w.mirror.count("ACTION", "EXECUTED") + w.mirror.count("ACTION", "FAILED") == rows.len();
    world.until("all come to an end", async |w| done(w).then_some(())).await;
    assert_eq!(world.mirror.count("ACTION", "FAILED"), failed, "nothing failed once the shop was back");
    assert_eq!(breaker(&world).await, "closed");
    world.settle().await;
    sound::ending(&world).await;
}

/// Attempts of all granted actions.
async fn attempts(world: &World) -> u32 {
    let granted = world.actions(domain::Status::Granted).await;
    granted.iter().filter_map(|record| record.grant.as_ref()).map(|grant| grant.attempt).sum()
}
