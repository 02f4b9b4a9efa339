//! Our own books: stops are lifted and goals are set as any other action is carried out.

use crate::{
    propose::{becomes, bill, decided, proposal, propose, record},
    world::World,
};
use domain::{
    Action, ActionId, Control, Currency, Goal, Money, Proposal, Role, Status, Tier,
    action::{ControlResume, ExpensePay, GoalSet},
    books::{Account, Grain},
    control::Stop,
    task::Wake,
};
use emulator::When;
use reqwest::Method;
use runtime::Call;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::time::Duration;
use store::books::Span;

const GOAL: &str = "margin_percent";

async fn press(world: &World, scope: &str) {
    let body = json!({ "scope": scope, "stopped": true, "reason": "a test" });
    let (status, answer) = world.api(Role::Owner, Method::PUT, "control", Some(body)).await;
    assert_eq!(status, 200, "{answer:#}");
}

async fn approve(world: &World, person: &str, id: ActionId) -> u16 {
    let bound = record(world, id).await.unwrap().bound;
    let path = format!("approvals/{id}/approve");
    world.api_as((person, Role::Owner), Method::POST, &path, Some(json!({ "digest": bound }))).await.0
}

/// A request to lift the stop of `scope`, once two people agreed.
async fn agreed(world: &World, scope: &str) -> Proposal {
    let resume = proposal(world, "security", scope, ControlResume { scope: scope.to_owned() }.into());
    propose(world, &resume).await;
    let waiting = becomes(world, resume.id, Status::Pending).await;
    assert_eq!(waiting.decision.tier, Tier::High);
    assert_eq!(approve(world, "ann@sandbox.example", resume.id).await, 200);
    assert_eq!(record(world, resume.id).await.unwrap().status, Status::Pending, "one person is not enough");
    assert_eq!(approve(world, "bob@sandbox.example", resume.id).await, 200);
    resume
}

async fn control(world: &World) -> Control {
    world.store().control().await.unwrap().unwrap().value
}

fn goal(from: i64, to: i64) -> Action {
    GoalSet { goal: GOAL.to_owned(), from: Decimal::from(from), to: Decimal::from(to) }.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_of_everything_is_lifted_by_two_people_while_it_is_on_and_what_it_held_goes_on() {
    let world = World::of(&[]).await;
    press(&world, "all").await;
    let held = proposal(&world, "ceo", "goal", goal(40, 41));
    propose(&world, &held).await;
    becomes(&world, held.id, Status::Held).await;
    let resume = agreed(&world, "all").await;
    let done = becomes(&world, resume.id, Status::Executed).await;
    assert!(done.outcome.unwrap().remote_id.unwrap().starts_with("CONTROL#switch/"));
    assert!(control(&world).await.stops.is_empty());
    let changes = world.mirror.changes();
    let of = |status: &str| changes.iter().any(|(pk, now)| *pk == format!("ACTION#{}", resume.id) && now == status);
    assert!(of("GRANTED") && !of("HELD"), "a stop never holds what lifts it");
    world.settle().await;
    assert_ne!(record(&world, held.id).await.unwrap().status, Status::Held);
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_about_one_stop_does_not_lift_a_later_one() {
    let world = World::with(&[], |settings| settings.idle = vec!["ledger".to_owned()]).await;
    press(&world, "spend").await;
    let resume = agreed(&world, "spend").await;
    let granted = becomes(&world, resume.id, Status::Granted).await;
    let row = world.store().control().await.unwrap().unwrap();
    let mut again = row.value.clone();
    let at = world.now() + time::Duration::seconds(5);
    let stop = Stop { by: "olivia".to_owned(), reason: "another thing".to_owned(), at };
    again.stops.insert("spend".parse().unwrap(), stop);
    let mut tx = world.store().tx(at);
    let entry = domain::audit::Entry::new(domain::Actor::Person("olivia".to_owned()), "stopped", "STOPPED");
    tx.update(&row, &again, entry).unwrap();
    tx.commit().await.unwrap();
    let wake = Wake::Action { action: granted.proposal.id, status: Status::Granted };
    let body = serde_json::to_string(&wake).unwrap();
    let event = json!({ "Records": [{ "messageId": "1", "body": body }] });
    let call = Call { request_id: "1".to_owned(), deadline: world.now() + time::Duration::minutes(1) };
    ledger::function(world.stack().env()).unwrap().invoke(event, &call).await.unwrap();
    let back = record(&world, resume.id).await.unwrap();
    assert_eq!(back.status, Status::Pending);
    assert!(back.note.as_ref().unwrap().contains("stopped again by olivia"), "{:?}", back.note);
    assert_eq!(control(&world).await.stops.len(), 1, "it is still on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_is_set_from_the_value_that_it_has_and_can_be_undone() {
    let world = World::of(&[]).await;
    let set = async |key: &str, from: i64, to: i64| {
        let wanted = proposal(&world, "ceo", key, goal(from, to));
        propose(&world, &wanted).await;
        world.settle().await;
        record(&world, wanted.id).await.unwrap()
    };
    let first = set("first", 40, 42).await;
    assert_eq!(
        (first.status, first.outcome.as_ref().unwrap().remote_id.as_deref()),
        (Status::Executed, Some("GOAL#margin_percent/1"))
    );
    assert!(first.undo.as_ref().unwrap().until.is_some());
    let stale = set("stale", 40, 41).await;
    assert_eq!(stale.status, Status::Pending);
    assert!(stale.note.unwrap().contains("goal `margin_percent` is now 42, decided on 40"));
    let author = domain::Author { account: "olivia@sandbox.example".to_owned(), human: "olivia".to_owned() };
    let undo = Proposal {
        undoes: Some(first.proposal.id),
        authors: vec![author],
        ..proposal(&world, "ceo", "undo", goal(42, 40))
    };
    propose(&world, &undo).await;
    becomes(&world, undo.id, Status::Executed).await;
    assert_eq!(record(&world, first.proposal.id).await.unwrap().status, Status::Undone);
    let row = world.store().get::<Goal>(GOAL).await.unwrap().unwrap();
    assert_eq!((row.value.value, row.seq, row.value.action), (Decimal::from(40), 2, undo.id));
    let fact = world.store().fact("goal:margin_percent").await.unwrap().unwrap();
    assert_eq!(fact.fields["value"], "40", "agents know it at once");
}

/// A goal that is set while the calls `from` to `to` are applied and never answered.
async fn set_unanswered(calls: std::ops::Range<u64>) -> (World, ActionId) {
    let world = World::of(&[]).await;
    world.faults().reset();
    calls.for_each(|call| world.faults().fail_call(call, When::After));
    let wanted = proposal(&world, "ceo", "goal", goal(40, 42));
    while propose_anyway(&world, &wanted).await.is_err() {}
    (world, wanted.id)
}

async fn propose_anyway(world: &World, wanted: &Proposal) -> Result<(), store::CommitError> {
    let mut tx = world.store().tx(world.now());
    tx.propose(wanted)?;
    match tx.commit().await {
        Err(store::CommitError::Conflict(_)) => Ok(()),
        other => other,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_is_set_once_whichever_answer_of_the_table_is_lost() {
    let (world, _) = set_unanswered(0..0).await;
    let calls = world.settle().await;
    for first in (1..=calls).step_by(2) {
        let (world, id) = set_unanswered(first..first + 3).await;
        world.settle().await;
        let done = becomes(&world, id, Status::Executed).await;
        let row = world.store().get::<Goal>(GOAL).await.unwrap().unwrap();
        assert_eq!((row.seq, row.value.value), (1, Decimal::from(42)), "from call {first} of {calls}");
        assert_eq!(done.outcome.unwrap().remote_id.as_deref(), Some("GOAL#margin_percent/1"));
        assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_connected_system_can_do_is_simulated_and_says_what_is_missing() {
    let world = World::of(&[]).await;
    let small = bill(&world, "bill 1", "Acme", 5_000);
    propose(&world, &small).await;
    let simulated = becomes(&world, small.id, Status::Simulated).await;
    let note = simulated.note.unwrap();
    let told = "no bank is connected to carry out `expense.pay`: it is in our books as owed, and not paid or handed in";
    assert_eq!(note, told);
    assert_eq!((simulated.outcome, simulated.reserved), (None, Vec::new()));
    let entry = world.store().entry("expense/Acme/bill 1").await.unwrap().expect("what is owed is in the books");
    assert_eq!((entry.moves()[0].credit, entry.moves()[0].amount), (Account::Payable, Money::eur_cents(5_000)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_is_owed_once_whoever_asks_for_it_again() {
    let world = World::of(&[]).await;
    let first = bill(&world, "bill 1", "Acme", 5_000);
    propose(&world, &first).await;
    becomes(&world, first.id, Status::Simulated).await;
    let again = ExpensePay { bill: "bill 1".to_owned(), payee: "Acme".to_owned(), amount: Money::eur_cents(4_999) };
    let again = proposal(&world, "finance-payables", "the same bill", again.into());
    propose(&world, &again).await;
    let refused = becomes(&world, again.id, Status::Failed).await;
    assert!(refused.note.unwrap().contains("it is not owed twice"));
    let owed = world.store().sums(&Span::all(Grain::Month, world.now(), world.now())).await.unwrap().total();
    assert_eq!(owed.amount(Account::Payable, Currency::EUR), Decimal::from(50));
    assert!(owed.difference().is_empty());
}

/// Has a person refuse the action, and returns what the API says.
async fn reject(world: &World, id: ActionId) -> (u16, Value) {
    let bound = record(world, id).await.unwrap().bound;
    let body = json!({ "digest": bound, "reason": "margins are fine as they are" });
    world.api(Role::Owner, Method::POST, &format!("approvals/{id}/reject"), Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_learns_why_it_was_refused_and_does_not_ask_for_the_same_again_for_a_while() {
    let world = World::of(&[]).await;
    let ask = async |key: &str| {
        let body = json!({
            "agent": "ceo", "kind": "goals.set",
            "input": { "goal": GOAL, "from": "40", "to": "80", "reason": "more" },
        });
        let request = world.request(("olivia@sandbox.example", Role::Owner), Method::POST, "orchestrator/tasks");
        let answer = request.header("Idempotency-Key", key).json(&body).send().await.unwrap();
        let (status, task) = (answer.status().as_u16(), answer.json::<Value>().await.unwrap());
        assert!(status < 300, "{task:#}");
        world.settle().await;
        let path = format!("orchestrator/tasks/{}", task["id"].as_str().unwrap());
        world.api(Role::Owner, Method::GET, &path, None).await.1
    };
    ask("first").await;
    let waiting = world.actions(Status::Pending).await.remove(0);
    assert_eq!(reject(&world, waiting.proposal.id).await.0, 200);
    world.settle().await;
    let known = world.store().fact("refused:ceo:goal.set:goal:margin_percent").await.unwrap().unwrap();
    assert_eq!(known.fields["status"], "REJECTED");
    assert!(known.fields["why"].contains("margins are fine as they are"), "{known:?}");
    assert_eq!(known.fields["by"], "owner@sandbox.example");
    let again = ask("second").await;
    assert!(again["report"]["notProposed"].to_string().contains("margins are fine"), "{again:#}");
    assert_eq!(world.mirror.count_all("ACTION"), 1, "nobody was asked again");
    world.clock.advance(Duration::from_secs(25 * 3600));
    ask("third").await;
    let asked = world.actions(Status::Pending).await;
    assert_eq!(asked.len(), 1, "a day later it may ask again");
    let earlier = asked[0].earlier.as_ref().unwrap();
    assert_eq!((earlier.id, earlier.status), (waiting.proposal.id, Status::Rejected), "labelled as a second attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_proposed_under_a_known_name_is_refused_without_anybody_to_tell() {
    let world = World::of(&[]).await;
    let large = bill(&world, "large", "Builder", 5_000_000);
    propose(&world, &large).await;
    decided(&world, large.id).await;
    assert_eq!(reject(&world, large.id).await.0, 200);
    world.settle().await;
    assert!(world.dead_letters().await.is_empty());
}
