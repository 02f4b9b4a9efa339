//! An agent, or whoever has got hold of a queue or a row, that tries to decide for itself.

use crate::{
    feed::Row,
    propose::{self, record},
    queues,
    world::World,
};
use agent::{Agent, AgentError, AgentFunction, Context, Ruling, Turn};
use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Action, ActionId, Actor, Digest, Grant, News, Record, Status, TaskId,
    audit::Entry,
    news::Said,
    task::{Task, TaskStatus, Wake},
};
use runtime::Call;
use serde_json::{Value, json};
use time::Duration;

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

async fn put_raw(world: &World, row: &[(&str, AttributeValue)]) {
    let client = aws_sdk_dynamodb::Client::new(world.stack().env().sdk());
    let row = row.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    client.put_item().table_name("royal").set_item(Some(row)).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_that_states_its_own_tier_is_refused_and_stays_to_be_seen() {
    let world = World::of(&[]).await;
    let mut forged = Vec::new();
    for place in ["", "/action", "/case"] {
        let proposal = propose::bill(&world, &format!("bill{place}"), "supplier", 5_000_000);
        let mut body = serde_json::to_value(&proposal).unwrap();
        body.pointer_mut(place).unwrap()["tier"] = json!("LOW");
        let pk = text(format!("PROPOSAL#{}", proposal.id));
        put_raw(&world, &[("pk", pk), ("sk", text("STATE")), ("body", text(body.to_string()))]).await;
        forged.push(proposal.id);
    }
    let honest = propose::bill(&world, "honest", "supplier", 5_000_000);
    propose::propose(&world, &honest).await;
    assert_eq!(propose::decided(&world, honest.id).await.status, Status::Pending, "the tier is what policy says");
    world.until("all are put away", async |world| (world.waiting_messages().await == 0).then_some(())).await;
    let dead = world.dead_letters().await;
    for id in forged {
        assert_eq!(record(&world, id).await, None, "nothing was decided about it");
        let told = dead.iter().any(|(queue, body)| queue == "gate" && body["action"] == json!(id));
        assert!(told, "{id} is in the gate's dead-letter queue: {dead:?}");
    }
    assert_eq!(world.table().await.states("PROPOSAL").len(), 3, "and each is kept as it was written");
}

/// A request that waits for a person, and one that policy forbids.
async fn undecided(world: &World) -> (Record, Record) {
    world.scout().await;
    let card = world.card().await;
    let waiting: ActionId = card["id"].as_str().unwrap().parse().unwrap();
    let waiting = record(world, waiting).await.unwrap();
    let mut action = waiting.proposal.action.clone();
    if let Action::ProductPublish(publish) = &mut action {
        publish.listing.variants[0].cost = domain::Money::eur_cents(90_000);
    }
    let at_a_loss = propose::proposal(world, "product-publisher", "at a loss", action);
    propose::propose(world, &at_a_loss).await;
    let denied = propose::decided(world, at_a_loss.id).await;
    assert_eq!((waiting.status, denied.status), (Status::Pending, Status::Denied));
    (waiting, denied)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_to_execute_what_was_never_granted_executes_nothing() {
    let world = World::of(&[Row::restricted("knife")]).await;
    let (waiting, denied) = undecided(&world).await;
    for record in [&waiting, &denied] {
        for status in [Status::Granted, record.status] {
            let wake = Wake::Action { action: record.proposal.id, status };
            queues::send(world.stack().env(), "storefront", &serde_json::to_value(wake).unwrap()).await;
        }
    }
    world.settle().await;
    assert_eq!(record(&world, waiting.proposal.id).await, Some(waiting));
    assert_eq!(record(&world, denied.proposal.id).await, Some(denied));
    assert_eq!(world.shop().await["effects"], json!({}));
}

/// Writes a state over the one that is there, past every transaction of ours.
async fn overwrite(world: &World, forged: &Record) {
    let client = aws_sdk_dynamodb::Client::new(world.stack().env().sdk());
    let update = client
        .update_item()
        .table_name("royal")
        .key("pk", text(format!("ACTION#{}", forged.proposal.id)))
        .key("sk", text("STATE"))
        .update_expression("SET #status = :status, body = :body")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":status", text(forged.status.name()))
        .expression_attribute_values(":body", text(serde_json::to_string(forged).unwrap()));
    update.send().await.unwrap();
}

async fn forged_grant_is_refused(forge: impl FnOnce(&mut Record)) {
    let world = World::of(&[Row::restricted("knife")]).await;
    let (waiting, _) = undecided(&world).await;
    let grant = Grant {
        bound: waiting.bound.clone(),
        by: vec!["owner@sandbox.example".to_owned()],
        at: world.now(),
        attempt: 0,
        claimed_until: None,
        not_before: None,
    };
    let mut forged = Record { status: Status::Granted, grant: Some(grant), ..waiting };
    forge(&mut forged);
    overwrite(&world, &forged).await;
    let refused = propose::becomes(&world, forged.proposal.id, Status::Denied).await;
    assert!(refused.note.unwrap().contains("bound to something else"));
    world.settle().await;
    assert_eq!(world.shop().await["effects"], json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_that_is_bound_to_something_else_is_refused_by_the_executor() {
    forged_grant_is_refused(|forged| forged.grant.as_mut().unwrap().bound = Digest::of_bytes(b"anything")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_that_was_swapped_after_consent_is_refused_by_the_executor() {
    forged_grant_is_refused(|forged| {
        if let Action::ProductPublish(publish) = &mut forged.proposal.action {
            publish.listing.title = "Something else".to_owned();
        }
    })
    .await;
}

/// An agent that does what it may not.
struct Rogue(Box<dyn Fn() -> Turn + Send + Sync>);

#[async_trait]
impl Agent for Rogue {
    const NAME: &'static str = "insight-rogue";

    type Input = Value;

    async fn handle(&self, _ctx: &Context<'_>, _input: Value) -> Result<Turn, AgentError> {
        Ok((self.0)())
    }
}

fn rogue_task(world: &World) -> Task {
    Task {
        id: TaskId::of("rogue"),
        agent: Rogue::NAME.parse().unwrap(),
        kind: "rule".to_owned(),
        input: Value::Null,
        reply_to: None,
        journey: None,
        status: TaskStatus::Ready,
        report: Value::Null,
        error: None,
        by: "somebody".to_owned(),
        created: world.now(),
        updated: world.now(),
    }
}

/// What a task of the rogue's comes to when it does this.
async fn goes_rogue(world: &World, does: impl Fn() -> Turn + Send + Sync + 'static) -> Task {
    let task = rogue_task(world);
    let mut tx = world.store().tx(world.now());
    tx.create(&task, Entry::new(Actor::Function("somebody".to_owned()), "asked", "READY")).unwrap();
    tx.commit().await.unwrap();
    let rogue = AgentFunction::of(Rogue(Box::new(does)), world.stack().env());
    let body = serde_json::to_string(&Wake::Task { task: task.id }).unwrap();
    let event = json!({ "Records": [{ "messageId": "1", "body": body, "attributes": {} }] });
    let call = Call { request_id: "1".to_owned(), deadline: world.now() + Duration::seconds(10) };
    rogue.invoke(event, &call).await.unwrap();
    world.store().get::<Task>(&task.id.to_string()).await.unwrap().unwrap().value
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_rules_without_a_mandate_fails_and_its_ruling_is_not_written() {
    let world = World::of(&[Row::restricted("knife")]).await;
    let (waiting, _) = undecided(&world).await;
    let row = world.store().get(&waiting.proposal.id.to_string()).await.unwrap().unwrap();
    let rules = move || {
        let ruling = (row.clone(), Ruling::Approve(vec!["I say so".to_owned()]));
        Turn { rulings: vec![ruling], ..Turn::default() }
    };
    let task = goes_rogue(&world, rules).await;
    assert_eq!(task.status, TaskStatus::Failed);
    assert!(task.error.unwrap().contains("may not decide"));
    assert_eq!(record(&world, waiting.proposal.id).await, Some(waiting));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_tells_what_the_outside_did_not_fails_and_nobody_hears_it() {
    let world = World::of(&[]).await;
    let at = world.now();
    let news = move || News {
        id: "made-up".to_owned(),
        topic: "shop/redact".to_owned(),
        from: "me".to_owned(),
        triggered: at,
        received: at,
        said: Said::RedactShop,
    };
    let task = goes_rogue(&world, move || Turn { news: vec![(news(), None)], ..Turn::default() }).await;
    assert_eq!(task.status, TaskStatus::Failed);
    assert!(task.error.unwrap().contains("may not"));
    assert_eq!(world.store().news("made-up").await.unwrap(), None);
}
