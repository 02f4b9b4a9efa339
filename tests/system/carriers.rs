//! Parcels that were ordered by hand: their carriers say where they are.

use crate::{
    feed::Row,
    orders::{buys, order_in},
    sweep,
    world::World,
};
use domain::{Action, Record, Role, Status, journey::Stage, order::OrderStage};
use emulator::When;
use reqwest::Method;
use serde_json::{Value, json};

const NUMBER: &str = "3SBOARD000001";

/// A shop that sells one thing, whose supplier only people can order from.
async fn selling() -> World {
    let world = World::of(&[Row::plain("board")]).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.settle().await;
    world
}

/// Actions of this kind in this state.
async fn of(world: &World, kind: &str, status: Status) -> Vec<Record> {
    let all = world.actions(status).await;
    all.into_iter().filter(|record| record.proposal.action.kind() == kind).collect()
}

/// A customer buys, and a person orders by hand; the shop's id of the order.
async fn ordered_by_hand(world: &World) -> String {
    let ask = json!({ "seed": 1, "lines": [{ "sku": "SKU-board", "quantity": 1 }] });
    let id = buys(world, ask).await;
    let simulated = async |world: &World| of(world, "order.fulfill", Status::Simulated).await.pop();
    let record = world.until("a person is to order it", simulated).await;
    let said = json!({ "state": "PLACED", "number": "N-1", "tracking": NUMBER });
    let path = format!("actions/{}/confirm", record.proposal.id);
    let (status, answer) = world.api(Role::Operations, Method::POST, &path, Some(said)).await;
    assert_eq!(status, 200, "{answer:#}");
    id
}

/// How often each parcel was to be followed.
async fn followed(world: &World) -> Vec<(String, u64)> {
    let all = world.outside(Method::GET, "sandbox/suppliers", None).await;
    let one = |one: &Value| (one["tracking_number"].as_str().unwrap().to_owned(), one["again"].as_u64().unwrap());
    all["trackings"].as_array().unwrap().iter().map(one).collect()
}

/// The one parcel that was ordered by hand has arrived, and was to be followed once.
async fn arrives(world: &World, id: &str) {
    order_in(world, id, OrderStage::Delivered).await;
    world.settle().await;
    let numbers: Vec<String> = followed(world).await.into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, [NUMBER]);
    let done = of(world, "order.track", Status::Executed).await;
    let [Record { proposal, outcome: Some(outcome), .. }] = &done[..] else { panic!("{done:?}") };
    assert!(matches!(&proposal.action, Action::OrderTrack(track) if track.number == NUMBER && track.order == id));
    assert!(outcome.remote_id.as_ref().unwrap().starts_with("trk"), "{outcome:?}");
    assert!(world.dead_letters().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_that_was_ordered_by_hand_is_followed_to_the_door_whatever_its_carrier_does() {
    for faults in [
        json!([]),
        json!([
            { "kind": "dropped_after", "times": 1, "operation": "trackings" },
            { "kind": "duplicate_callback", "times": 2, "operation": "aftership" },
        ]),
        json!([
            { "kind": "internal_error_before", "times": 2, "operation": "trackings" },
            { "kind": "lost_callback", "times": 2, "operation": "aftership" },
        ]),
    ] {
        let world = selling().await;
        world.outside(Method::POST, "sandbox/suppliers/faults", Some(faults)).await;
        let id = ordered_by_hand(&world).await;
        arrives(&world, &id).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_it_is_said_once_that_nobody_follows_it_and_no_person_is_asked() {
    let world = selling().await;
    let secrets = aws_sdk_secretsmanager::Client::new(world.stack().env().sdk());
    for name in ["aftership-key", "aftership-read-key"] {
        let gone = secrets.delete_secret().secret_id(format!("royal/{name}")).force_delete_without_recovery(true);
        gone.send().await.unwrap();
    }
    let id = ordered_by_hand(&world).await;
    order_in(&world, &id, OrderStage::Ordered).await;
    let simulated = async |world: &World| of(world, "order.track", Status::Simulated).await.pop();
    let record = world.until("it is not followed", simulated).await;
    assert!(record.note.unwrap().contains("aftership-key"));
    world.pass(std::time::Duration::from_secs(1800)).await;
    world.settle().await;
    assert_eq!(of(&world, "order.track", Status::Simulated).await.len(), 1);
    assert!(world.cards().await.is_empty());
    order_in(&world, &id, OrderStage::Ordered).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_anywhere_has_the_parcel_followed_once() {
    let world = selling().await;
    let id = ordered_by_hand(&world).await;
    world.faults().reset();
    arrives(&world, &id).await;
    let calls = world.faults().calls();
    drop(world);
    let sample = sweep::Sample { first: 5, every: 160 };
    for (k, when) in sample.of(2, calls).zip([When::Before, When::After].into_iter().cycle()) {
        let mut world = selling().await;
        let id = ordered_by_hand(&world).await;
        world.faults().reset();
        world.faults().fail_call(k, when);
        let asked = async |world: &World| (world.faults().calls() > k).then_some(());
        world.until("the call failed", asked).await;
        world.restart().await;
        arrives(&world, &id).await;
    }
}
