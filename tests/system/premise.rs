//! The world changes between a person's yes and the act.

use crate::{feed::Row, propose, sound, world::World};
use domain::{Premise, Proposal, Role, Status, journey::Stage, premise::Holds};
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
async fn row_04_what_was_approved_in_another_world_is_not_done_and_comes_back_with_the_difference() {
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

/// A premise, how the world is when it is proposed, how it is later, and what is said of the difference.
struct Kind {
    premise: Premise,
    fact: Option<(&'static str, &'static str)>,
    says: String,
}

fn kinds(room: i64) -> [Kind; 4] {
    let premise = |source: &str, field: &str, holds| Premise { source: source.into(), field: field.into(), holds };
    let says = |text: &str| text.to_owned();
    [
        Kind {
            premise: premise("product:Acme/lamp", "price", Holds::Is("49.95".into())),
            fact: Some(("49.95", "44.95")),
            says: says("price of product:Acme/lamp is now 44.95, decided on 49.95"),
        },
        Kind {
            premise: premise("product:Acme/desk", "stock", Holds::AtLeast(10)),
            fact: Some(("12", "3")),
            says: says("stock of product:Acme/desk is now 3, decided on at least 10"),
        },
        Kind {
            premise: premise("campaign:summer", "roas_percent", Holds::AtLeast(150)),
            fact: Some(("180", "120")),
            says: says("roas_percent of campaign:summer is now 120, decided on at least 150"),
        },
        Kind {
            premise: premise("budget:cluster:finance", "week_left_cents", Holds::AtLeast(room)),
            fact: None,
            says: format!("week_left_cents of budget:cluster:finance is now {}", room - 1_000),
        },
    ]
}

async fn know(world: &World, premise: &Premise, value: &str) {
    let fields = [(premise.field.clone(), value.to_owned())].into();
    note(world, &Fact { source: premise.source.clone(), fields, at: world.now() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_04_a_price_a_stock_a_return_on_spend_and_what_is_left_of_a_budget_are_read_again_before_the_act() {
    const CENTS: i32 = 120_000;
    let world = World::of(&[]).await;
    let budgets = world.stack().env().policy().current(world.now()).thresholds::<Value>("budgets").unwrap();
    let limit = budgets["finance"]["week_cents"].as_i64().unwrap();
    // What the other three reserve is not left for the fourth.
    let room = limit - 3 * i64::from(CENTS);
    let mut asked = Vec::new();
    for (n, kind) in kinds(room).into_iter().enumerate() {
        if let Some((before, _)) = kind.fact {
            know(&world, &kind.premise, before).await;
        }
        let name = format!("bill {n}");
        let bill = propose::bill(&world, &name, &name, CENTS);
        let bill = Proposal { premises: vec![kind.premise.clone()], ..bill };
        propose::propose(&world, &bill).await;
        asked.push((propose::decided(&world, bill.id).await, kind));
    }
    let small = propose::bill(&world, "another", "another", 1_000);
    propose::propose(&world, &small).await;
    let held = propose::decided(&world, small.id).await;
    assert_eq!(held.status, Status::Pending, "it keeps what it reserved: {held:#?}");
    for (record, kind) in asked.into_iter().rev() {
        assert_eq!(record.status, Status::Pending);
        if let Some((_, after)) = kind.fact {
            know(&world, &kind.premise, after).await;
        }
        let id = record.proposal.id;
        let body = json!({ "digest": record.bound });
        let path = format!("approvals/{id}/approve");
        assert_eq!(world.api(Role::Owner, Method::POST, &path, Some(body)).await.0, 200);
        let back = async |w: &World| propose::record(w, id).await.filter(|r| r.note.is_some());
        let back = world.until("it comes back", back).await;
        assert_eq!((back.status, back.outcome.is_none()), (Status::Pending, true), "{:?}", back.note);
        assert!(back.note.as_ref().unwrap().contains(&kind.says), "{:?}", back.note);
        assert_ne!(back.bound, record.bound, "whoever agrees now agrees to the world as it was found");
        let (_, shown) = world.api(Role::Owner, Method::GET, &format!("approvals/{id}"), None).await;
        assert!(shown.to_string().contains(&kind.says), "{shown:#}");
        let body = json!({ "digest": back.bound });
        assert_eq!(world.api(Role::Owner, Method::POST, &path, Some(body)).await.0, 200);
        let done = propose::becomes(&world, id, Status::Simulated).await;
        assert!(done.note.unwrap().contains("no bank is connected"));
    }
}
