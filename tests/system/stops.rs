//! The stop switch, pressed at any moment.

use crate::{feed::Row, propose, shopify, sound, sweep, world::World};
use domain::{Action, Role, Status, journey::Stage};
use emulator::Faults;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const SWITCH: &str = "CONTROL#switch";

async fn press(world: &World, scope: &str, stopped: bool) {
    if !stopped {
        return lift(world, scope).await;
    }
    let body = json!({ "scope": scope, "stopped": true, "reason": "a test" });
    let (status, answer) = world.api(Role::Owner, Method::PUT, "control", Some(body)).await;
    assert_eq!(status, 200, "{answer:#}");
}

/// One person asks for the stop to be lifted, and two others agree.
async fn lift(world: &World, scope: &str) {
    let body = json!({ "scope": scope, "stopped": false, "reason": "the test is over" });
    let (status, asked) = world.api(Role::Owner, Method::PUT, "control", Some(body)).await;
    assert_eq!(status, 202, "{asked:#}");
    let id = asked["id"].as_str().unwrap().parse().unwrap();
    let bound = propose::becomes(world, id, Status::Pending).await.bound;
    for person in ["ann@sandbox.example", "bob@sandbox.example"] {
        let (path, body) = (format!("approvals/{id}/approve"), json!({ "digest": bound }));
        let (status, answer) = world.api_as((person, Role::Owner), Method::POST, &path, Some(body)).await;
        assert_eq!(status, 200, "{answer:#}");
    }
    propose::becomes(world, id, Status::Executed).await;
}

async fn approve(world: &World, card: &Value) -> u16 {
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    world.api(Role::Owner, Method::POST, &path, Some(json!({ "digest": card["digest"] }))).await.0
}

/// Claims that were committed while the switch was on, in the order of the table's own stream; but for those of
/// what lifts it.
async fn claims_while_stopped(world: &World) -> Vec<String> {
    let (mut stopped, mut claims) = (false, Vec::new());
    for (pk, status) in world.mirror.changes() {
        match (pk.as_str(), status.as_str()) {
            (SWITCH, status) => stopped = status == "STOPPED",
            (_, "EXECUTING") if stopped && !lifts(world, &pk).await => claims.push(pk),
            _ => {}
        }
    }
    claims
}

async fn lifts(world: &World, pk: &str) -> bool {
    let id = pk.strip_prefix("ACTION#").unwrap().parse().unwrap();
    matches!(propose::record(world, id).await.unwrap().proposal.action, Action::ControlResume(_))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_at_any_call_of_a_journey_lets_nothing_new_into_the_shop_and_lifting_it_ends_the_journey() {
    let whole = sweep::whole().await;
    let (mut held_tasks, mut held_actions, mut asked) = (0, 0, 0);
    for k in (sweep::Sample { first: 6, every: 12 }).of(2, whole.calls) {
        let world = World::of(&[Row::plain("board")]).await;
        world.faults().reset();
        world.scout().await;
        world.until("call k", async |w| (w.faults().calls() >= k || sound::is_published(w)).then_some(())).await;
        press(&world, "all", true).await;
        world.settle().await;
        held_tasks += world.mirror.count("TASK", "HELD");
        held_actions += world.mirror.count("ACTION", "HELD");
        let effects = world.shop().await["effects"].clone();
        world.pass(Duration::from_secs(180)).await;
        world.settle().await;
        assert_eq!(world.shop().await["effects"], effects, "stopped at call {k}");
        press(&world, "all", false).await;
        world.scout().await;
        asked += approved_if_asked(&world).await;
        world.journey_in("board", Stage::Published).await;
        world.settle().await;
        assert_eq!(claims_while_stopped(&world).await, Vec::<String>::new(), "stopped at call {k}");
        let ending = sound::ending(&world).await;
        assert_eq!(ending["shop"], whole.ending["shop"], "stopped at call {k}");
        assert_eq!(ending["ledger"]["tasks"], whole.ending["ledger"]["tasks"], "stopped at call {k}");
        assert_eq!(ending["ledger"]["journeys"], whole.ending["ledger"]["journeys"], "stopped at call {k}");
    }
    assert!(held_tasks > 0 && held_actions > 0, "{held_tasks} tasks and {held_actions} actions were held");
    println!("{held_tasks} tasks and {held_actions} actions were held, a person was asked {asked} times");
}

/// What was judged while the stop was on is a person's: approves it, and says how often that was.
async fn approved_if_asked(world: &World) -> usize {
    let settled = |world: &World| world.mirror.count("ACTION", "PENDING") + world.mirror.count("JOURNEY", "PUBLISHED");
    world.until("it goes on", async |world| (settled(world) > 0).then_some(())).await;
    if world.mirror.count("ACTION", "PENDING") == 0 {
        return 0;
    }
    let card = world.card().await;
    assert!(card["reasons"].to_string().contains("stop"), "{card:#}");
    assert_eq!(approve(world, &card).await, 200);
    1
}

#[tokio::test(flavor = "multi_thread")]
async fn row_13_what_a_person_approved_is_held_by_a_stop_and_published_once_when_it_is_lifted() {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    let late = Faults { delayed_visibility: 1000, max_delay_ms: 60_000, ..Faults::default() };
    world.faults().set(late);
    assert_eq!(approve(&world, &card).await, 200);
    press(&world, "cluster:product", true).await;
    world.faults().set(Faults::default());
    let id = card["id"].as_str().unwrap().parse().unwrap();
    let held = propose::becomes(&world, id, Status::Held).await;
    assert!(held.grant.is_some() && held.note.unwrap().contains("a test"), "the consent is kept");
    assert_eq!(world.shop().await["effects"], json!({}));
    press(&world, "cluster:product", false).await;
    world.journey_in("knife", Stage::Published).await;
    world.settle().await;
    assert_eq!(sound::ending(&world).await["shop"].as_array().unwrap().len(), 1);
    assert_eq!(claims_while_stopped(&world).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_twenty_races_of_a_stop_against_an_approval_nothing_is_claimed_after_the_stop() {
    let handles = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"];
    let rows: Vec<Row> = handles.map(|handle| Row::restricted(&format!("knife-{handle}"))).to_vec();
    let world = World::of(&rows).await;
    while world.mirror.count("ACTION", "PENDING") < rows.len() {
        world.scout().await;
        world.settle().await;
    }
    for (race, card) in (0..).zip(world.cards().await) {
        let pressed = async {
            tokio::time::sleep(Duration::from_millis(race)).await;
            press(&world, "all", true).await;
        };
        let (answer, ()) = tokio::join!(approve(&world, &card), pressed);
        assert!(answer == 200 || answer == 409, "{answer}");
        world.settle().await;
        press(&world, "all", false).await;
        let id = card["id"].as_str().unwrap().parse().unwrap();
        let back = async |world: &World| {
            let status = propose::record(world, id).await.unwrap().status;
            [Status::Pending, Status::Executed].contains(&status).then_some(status)
        };
        if world.until("it comes back", back).await == Status::Pending {
            world.until("it is approved", async |w| (approve(w, &card).await == 200).then_some(())).await;
            propose::becomes(&world, id, Status::Executed).await;
        }
    }
    world.settle().await;
    assert_eq!(claims_while_stopped(&world).await, Vec::<String>::new());
    let ending = sound::ending(&world).await;
    assert_eq!(ending["shop"].as_array().unwrap().len(), rows.len(), "{ending:#}");
}

/// Requests that change something, as the shop counts them: the first of these faults that a request meets is used up.
const COUNTED: [&str; 4] = ["metafieldDefinitionCreate", "productSet", "productUpdate", "publishablePublish"];
const EACH: u64 = 50;

/// Lets the shop hang over its `k`th request, and count every one after it that changes something.
async fn hang_at(world: &World, k: u64) {
    let hang = json!({ "kind": "delay", "delay_ms": 400 });
    let mut faults = shopify::at(k, &hang).as_array().unwrap().clone();
    faults.extend(COUNTED.map(|field| json!({ "kind": "delay", "times": EACH, "operation": field })));
    world.shop_faults(&json!(faults)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_13_a_stop_at_any_request_of_a_publication_lets_no_other_change_into_the_shop_and_lifting_it_publishes_once()
 {
    let whole = sweep::whole().await;
    let requests = shopify::requests_of_a_publication().await;
    let (all, mut held) = (EACH * COUNTED.len() as u64, 0);
    for k in 1..=requests {
        let world = World::of(&[Row::plain("board")]).await;
        hang_at(&world, k).await;
        world.scout().await;
        world.until("request k", async |w| (w.shop_faults_left().await <= all).then_some(())).await;
        press(&world, "all", true).await;
        let left = world.shop_faults_left().await;
        world.settle().await;
        world.pass(Duration::from_secs(180)).await;
        world.settle().await;
        assert_eq!(world.shop_faults_left().await, left, "stopped at request {k} of {requests}");
        held += world.mirror.count("ACTION", "HELD");
        press(&world, "all", false).await;
        world.journey_in("board", Stage::Published).await;
        world.settle().await;
        let ending = sound::ending(&world).await;
        assert_eq!(ending["shop"], whole.ending["shop"], "stopped at request {k} of {requests}");
        assert_eq!(claims_while_stopped(&world).await, Vec::<String>::new(), "stopped at request {k}");
    }
    assert!(held >= 3, "{held} of {requests} publications were held half way");
}
