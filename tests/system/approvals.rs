//! People decide, at the same moment, on what they saw.

use crate::{feed::Row, propose, sound, world::World};
use domain::{Role, Status};
use reqwest::Method;
use serde_json::{Value, json};

const ANN: (&str, Role) = ("ann@sandbox.example", Role::Owner);
const BOB: (&str, Role) = ("bob@sandbox.example", Role::Owner);

async fn say(world: &World, who: (&str, Role), card: &Value, verb: &str) -> (u16, Value) {
    let path = format!("approvals/{}/{verb}", card["id"].as_str().unwrap());
    let body = json!({ "digest": card["digest"], "reason": "a test" });
    world.api_as(who, Method::POST, &path, Some(body)).await
}

/// This many products that wait for a person.
async fn waiting(number: u8) -> (World, Vec<Value>) {
    let rows: Vec<Row> = (0..number).map(|n| Row::restricted(&format!("knife-{n:02}"))).collect();
    let world = World::of(&rows).await;
    while world.mirror.count("ACTION", "PENDING") < rows.len() {
        world.scout().await;
        world.settle().await;
    }
    let cards = world.cards().await;
    assert_eq!(cards.len(), rows.len());
    (world, cards)
}

async fn status(world: &World, card: &Value) -> Status {
    propose::record(world, card["id"].as_str().unwrap().parse().unwrap()).await.unwrap().status
}

#[tokio::test(flavor = "multi_thread")]
async fn row_01_of_two_people_who_approve_at_once_one_is_told_that_the_other_was_first_and_it_happens_once() {
    let (world, cards) = waiting(50).await;
    for card in &cards {
        let (one, other) = tokio::join!(say(&world, ANN, card, "approve"), say(&world, BOB, card, "approve"));
        let mut answers = [one, other];
        answers.sort_by_key(|(status, _)| *status);
        let [(won, _), (lost, problem)] = &answers;
        assert_eq!((*won, *lost), (200, 409), "{problem:#}");
        let state = problem["state"].as_str().unwrap();
        assert!(["GRANTED", "EXECUTING", "EXECUTED"].contains(&state), "{problem:#}");
        let first = problem["decidedBy"][0].as_str().unwrap();
        assert!([ANN.0, BOB.0].contains(&first), "{problem:#}");
    }
    world.until("all are executed", async |w| (w.mirror.count("ACTION", "EXECUTED") == 50).then_some(())).await;
    world.settle().await;
    let ending = sound::ending(&world).await;
    assert_eq!(ending["shop"].as_array().unwrap().len(), 50, "{ending:#}");
    for record in world.actions(Status::Executed).await {
        assert_eq!(record.grant.unwrap().by.len(), 1, "one word was enough, and one was taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_02_of_a_yes_and_a_no_at_once_one_holds_and_the_other_is_told_which() {
    let (world, cards) = waiting(20).await;
    let mut published = 0;
    for card in &cards {
        let (yes, no) = tokio::join!(say(&world, ANN, card, "approve"), say(&world, BOB, card, "reject"));
        let (lost, expected) = match (yes.0, no.0) {
            (200, 409) => (no.1, Status::Executed),
            (409, 200) => (yes.1, Status::Rejected),
            other => panic!("{other:?}: {yes:?} {no:?}"),
        };
        let state = lost["state"].as_str().unwrap();
        assert_eq!(state == "REJECTED", expected == Status::Rejected, "{lost:#}");
        world.until("it holds", async |world| (status(world, card).await == expected).then_some(())).await;
        published += usize::from(expected == Status::Executed);
    }
    world.settle().await;
    let ending = sound::ending(&world).await;
    assert_eq!(ending["shop"].as_array().unwrap().len(), published, "{ending:#}");
    println!("{published} of {} times the yes was first", cards.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_about_something_else_or_from_somebody_who_may_not_say_it_changes_nothing() {
    let (world, cards) = waiting(1).await;
    let card = &cards[0];
    let mut other = card.clone();
    other["digest"] = json!("0".repeat(64));
    let (status_, problem) = say(&world, ANN, &other, "approve").await;
    assert_eq!((status_, &problem["current"]["digest"]), (409, &card["digest"]), "{problem:#}");
    let strangers =
        [("robot", Role::Agent), ("eve@sandbox.example", Role::Auditor), ("mark@sandbox.example", Role::Marketing)];
    for who in strangers {
        for verb in ["approve", "reject"] {
            let (status, problem) = say(&world, who, card, verb).await;
            assert_eq!(status, 403, "{who:?} {verb}: {problem:#}");
        }
    }
    let anonymous = world.request(ANN, Method::POST, &format!("approvals/{}/approve", card["id"].as_str().unwrap()));
    let anonymous = anonymous.bearer_auth("forged").json(&json!({ "digest": card["digest"] })).send().await.unwrap();
    assert_eq!(anonymous.status(), 401);
    world.settle().await;
    assert_eq!(status(&world, card).await, Status::Pending);
    assert_eq!(world.shop().await["effects"], json!({}));
}
