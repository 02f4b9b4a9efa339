//! Messages that come again and again.

use crate::{feed::Row, sound, sweep, world::World};
use domain::{Role, journey::Stage};
use emulator::Faults;
use reqwest::Method;
use serde_json::json;

fn every_message_again() -> Faults {
    Faults { duplicate_delivery: 1000, ..Faults::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_06_a_journey_whose_every_message_is_delivered_again_and_again_publishes_once() {
    let whole = sweep::whole().await;
    let world = World::of(&[Row::plain("board")]).await;
    world.faults().set(every_message_again());
    world.scout().await;
    world.settle().await;
    world.faults().set(Faults::default());
    assert_eq!(sound::ending(&world).await, whole.ending);
    assert!(world.dead_letters().await.len() > 10, "a message that never ends is put away at last");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_06_an_approval_clicked_ten_times_with_every_message_doubled_publishes_once() {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.faults().set(every_message_again());
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    for click in 1..=10 {
        let body = json!({ "digest": card["digest"] });
        let (status, answer) = world.api(Role::Owner, Method::POST, &path, Some(body)).await;
        assert_eq!(status, 200, "click {click}: {answer:#}");
    }
    world.journey_in("knife", Stage::Published).await;
    world.settle().await;
    world.faults().set(Faults::default());
    let ending = sound::ending(&world).await;
    assert_eq!(ending["shop"].as_array().unwrap().len(), 1, "{ending:#}");
    assert_eq!(world.table().await.states("ACTION").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_feed_read_again_proposes_nothing_new() {
    let world = World::of(&[Row::plain("board"), Row::restricted("knife")]).await;
    world.scout().await;
    world.settle().await;
    let counts = |table: &crate::table::Table| ["JOURNEY", "ACTION"].map(|kind| table.states(kind).len());
    let first = world.table().await;
    let (ledger, things) = (first.ledger(), counts(&first));
    assert_eq!(things, [2, 2]);
    for _ in 0..3 {
        world.scout().await;
        world.settle().await;
    }
    let again = world.table().await;
    assert_eq!((again.ledger(), counts(&again)), (ledger, things));
}
