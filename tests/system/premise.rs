//! The world changes between a person's yes and the act.

use crate::{feed::Row, propose, sound, world::World};
use domain::{Role, Status, journey::Stage};
use reqwest::Method;
use serde_json::{Value, json};
use store::fact::Fact;

async fn decide(world: &World, card: &Value, verb: &str) -> (u16, Value) {
    let path = format!("approvals/{}/{verb}", card["id"].as_str().unwrap());
    let body = json!({ "digest": card["digest"], "reason": "a test" });
    world.api(Role::Owner, Method::POST, &path, Some(body)).await
}

/// A product that waits for a person, and the supplier sells its last piece.
async fn sold_out() -> (World, Value) {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    let source = "product:Noordhout/knife";
    let mut fact = world.store().fact(source).await.unwrap().unwrap();
    fact.fields.insert("stock".to_owned(), "0".to_owned());
    note(&world, &fact).await;
    (world, card)
}

async fn note(world: &World, fact: &Fact) {
    let mut tx = world.store().tx(world.now());
    tx.note(fact).unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_approved_in_another_world_is_not_done_and_comes_back_with_the_difference() {
    let (world, card) = sold_out().await;
    assert_eq!(decide(&world, &card, "approve").await.0, 200);
    let id = card["id"].as_str().unwrap().parse().unwrap();
    let differs = |record: &domain::Record| record.note.as_ref().is_some_and(|note| note.contains("is now 0"));
    let back = async |world: &World| propose::record(world, id).await.filter(differs);
    let record = world.until("it comes back", back).await;
    assert_eq!((record.status, record.grant), (Status::Pending, None));
    let again = world.card().await;
    let (_, shown) = world.api(Role::Owner, Method::GET, &format!("approvals/{id}"), None).await;
    assert!(shown.to_string().contains("stock of product:Noordhout/knife is now 0"), "{shown:#}");
    assert_eq!(world.shop().await["effects"], json!({}));

    let (status, problem) = decide(&world, &card, "approve").await;
    assert_eq!(
        (status, &problem["state"]),
        (409, &Value::Null),
        "what was seen before is not what is asked: {problem:#}"
    );
    assert_eq!(decide(&world, &again, "reject").await.0, 200);
    world.journey_in("knife", Stage::Stopped).await;
    world.settle().await;
    assert_eq!(sound::ending(&world).await["shop"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_the_supplier_raises_meanwhile_shows_up_through_the_feed_itself() {
    let world = World::of(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.feed(&[Row { cost: "21.00", ..Row::restricted("knife") }]);
    world.scout().await;
    world.settle().await;
    assert_eq!(decide(&world, &card, "approve").await.0, 200);
    let asked_again = async |world: &World| {
        let cards = world.cards().await;
        cards.into_iter().find(|other| other["digest"] != card["digest"])
    };
    let again = world.until("it comes back", asked_again).await;
    let (_, shown) =
        world.api(Role::Owner, Method::GET, &format!("approvals/{}", again["id"].as_str().unwrap()), None).await;
    assert!(shown.to_string().contains("is now EUR 21.00, decided on EUR 19.50"), "{shown:#}");
    assert_eq!(world.shop().await["effects"], json!({}));
}
