//! The life of a policy revision: proposed, agreed to, deciding, taken back; beside it a draft without a say.

use crate::{
    propose::{becomes, bill, decided, propose, record},
    sweep,
    world::World,
};
use domain::{Action, ActionId, Digest, InForce, Record, Revision, Role, Status};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const FRANK: (&str, Role) = ("frank@sandbox.example", Role::Finance);
const ANN: (&str, Role) = ("ann@sandbox.example", Role::Owner);
const BOB: (&str, Role) = ("bob@sandbox.example", Role::Finance);
const SAM: (&str, Role) = ("sam@sandbox.example", Role::Support);
const FILE: &str = "royal/thresholds.rego";
/// Cents of a bill between the old limit and the new one.
const BETWEEN: i32 = 110_000;
/// The most calls that a dying process tries after its end.
const AFTERWARDS: u64 = 2000;

/// Bills of up to 2 000 euro instead of 1 000 are paid without anybody being asked, and agents may spend that much.
async fn edit(world: &World) -> (Value, String) {
    let (status, policy) = world.api_as(FRANK, Method::GET, "policies", None).await;
    assert_eq!(status, 200, "{policy:#}");
    let files = policy["sources"].as_array().unwrap();
    let text = files.iter().find(|file| file["name"] == FILE).unwrap()["text"].as_str().unwrap();
    let (before, after) = text.split_once("expense_pay := {").unwrap();
    let (after, budgets) = after.split_once("budget_agents := {").unwrap();
    let after = after.replacen("100000", "200000", 1);
    let budgets = budgets.replacen("100000", "200000", 1).replacen("150000", "400000", 1);
    let after = format!("{after}budget_agents := {{{budgets}");
    (json!([{ "name": FILE, "text": format!("{before}expense_pay := {{{after}") }]), text_of(&policy["revision"]))
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Frank asks for it to decide; nothing else happens. The action, the revision and the one that it is to replace.
async fn proposed(world: &World, from: Option<&str>) -> (ActionId, String, String) {
    let (files, replaces) = edit(world).await;
    let mut body = json!({ "files": files, "replaces": replaces, "reason": "bills grew" });
    if let Some(from) = from {
        body["effectiveFrom"] = json!(from);
    }
    let (status, told) = world.api_as(FRANK, Method::PUT, "policies", Some(body)).await;
    assert_eq!(status, 202, "{told:#}");
    let id: ActionId = told["id"].as_str().unwrap().parse().unwrap();
    becomes(world, id, Status::Pending).await;
    (id, text_of(&told["check"]["revision"]), replaces)
}

async fn approve(world: &World, person: (&str, Role), id: ActionId) -> u16 {
    let bound = record(world, id).await.unwrap().bound;
    agree(world, person, (id, &bound)).await
}

async fn agree(world: &World, person: (&str, Role), (id, bound): (ActionId, &Digest)) -> u16 {
    let body = json!({ "digest": bound });
    world.api_as(person, Method::POST, &format!("approvals/{id}/approve"), Some(body)).await.0
}

async fn rolled_back(world: &World, to: &str) {
    let body = json!({ "revision": to, "reason": "too much ran alone" });
    let (status, told) = world.api_as(SAM, Method::POST, "policies/rollback", Some(body)).await;
    assert_eq!((status, &told["live"]["revision"]), (200, &json!(to)), "{told:#}");
}

async fn pay(world: &World, number: &str) -> Record {
    let wanted = bill(world, number, number, BETWEEN);
    propose(world, &wanted).await;
    decided(world, wanted.id).await
}

async fn pointer(world: &World) -> Option<(InForce, u64)> {
    world.store().pointers().await.unwrap().in_force.map(|row| (row.value, row.seq))
}

/// Every decision of the run, made again.
async fn all_replayed(world: &World) -> usize {
    let actions = world.table().await.states("ACTION");
    for id in actions.keys() {
        let (status, told) = world.api(Role::Auditor, Method::GET, &format!("actions/{id}/replay"), None).await;
        assert_eq!((status, &told["same"]), (200, &json!(true)), "{told:#}");
        assert_eq!(told["recorded"], told["replayed"]);
    }
    actions.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_threshold_loosened_by_one_person_is_refused_by_two_it_is_live_in_seconds_and_then_it_is_taken_back() {
    let world = World::of(&[]).await;
    let waiting = pay(&world, "first").await;
    assert_eq!((waiting.status, waiting.decision.tier), (Status::Pending, domain::Tier::High));
    let (id, revision, before) = proposed(&world, None).await;
    assert_eq!(waiting.decision.revision, before);

    assert_eq!(approve(&world, FRANK, id).await, 403, "whoever asks does not agree");
    assert_eq!(approve(&world, ANN, id).await, 200);
    assert_eq!(approve(&world, ANN, id).await, 200, "the same word again");
    world.settle().await;
    assert_eq!(record(&world, id).await.unwrap().status, Status::Pending, "one person is not enough");
    assert!(pointer(&world).await.is_none(), "nothing has moved");

    assert_eq!(approve(&world, BOB, id).await, 200);
    let done = becomes(&world, id, Status::Executed).await;
    let outcome = done.outcome.unwrap();
    assert_eq!(outcome.remote_id.as_deref(), Some("POINTER#live/1"));
    assert!(outcome.detail.contains(&revision), "{outcome:?}");
    let (now, _) = pointer(&world).await.unwrap();
    assert_eq!((now.live.revision.as_str(), now.live.action), (revision.as_str(), Some(id)));
    assert_eq!(now.before.unwrap().revision.as_str(), before);

    let freed = becomes(&world, waiting.proposal.id, Status::Simulated).await;
    assert_eq!(freed.decision.revision, revision, "what waited was judged by it");
    world.pass(Duration::from_secs(3)).await;
    let next = pay(&world, "second").await;
    let (judged, why) = (next.decision.revision.as_str(), &next.decision.reasons);
    assert_eq!((judged, next.approval), (revision.as_str(), None), "{why:#?}");
    let (_, probe) = world.api(Role::Owner, Method::GET, "readyz", None).await;
    assert_eq!((&probe["policy"]["revision"], &probe["policy"]["published"]), (&json!(revision), &json!(true)));

    let stop = json!({ "scope": "all", "stopped": true, "reason": "a test" });
    assert_eq!(world.api_as(SAM, Method::PUT, "control", Some(stop)).await.0, 200);
    rolled_back(&world, &before).await;
    world.pass(Duration::from_secs(3)).await;
    let last = pay(&world, "third").await;
    assert_eq!((last.decision.revision.as_str(), last.decision.tier), (before.as_str(), domain::Tier::High));
    world.settle().await;
    assert!(all_replayed(&world).await >= 4);
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
    assert!(world.dead_letters().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_decide_later_decides_from_its_time_on_and_never_where_it_is_taken_back_before() {
    let world = World::of(&[]).await;
    pay(&world, "first").await;
    let later = world.now() + time::Duration::hours(2);
    let from = later.format(&time::format_description::well_known::Rfc3339).unwrap();
    let (id, revision, before) = proposed(&world, Some(&from)).await;
    for person in [ANN, BOB] {
        assert_eq!(approve(&world, person, id).await, 200);
    }
    becomes(&world, id, Status::Executed).await;
    world.pass(Duration::from_secs(5)).await;
    assert_eq!(pay(&world, "early").await.decision.revision, before);
    let (_, told) = world.api(Role::Auditor, Method::GET, "policies/revisions", None).await;
    assert_eq!(told["inForce"]["coming"]["revision"], json!(revision), "{told:#}");
    world.pass(Duration::from_secs(2 * 3600)).await;
    assert_eq!(pay(&world, "late").await.decision.revision, revision);
    rolled_back(&world, &before).await;
    world.pass(Duration::from_secs(3)).await;
    assert_eq!(pay(&world, "after").await.decision.revision, before);
    world.settle().await;
    all_replayed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_in_place_of_one_revision_never_replaces_another() {
    let world = World::of(&[]).await;
    let (first, revision, before) = proposed(&world, None).await;
    let (files, _) = edit(&world).await;
    let other = text_of(&files[0]["text"]).replacen("\"low_up_to_cents\": 10000,", "\"low_up_to_cents\": 11000,", 1);
    let body = json!({ "files": [{ "name": FILE, "text": other }], "replaces": before, "reason": "another" });
    let (status, told) = world.api_as(FRANK, Method::PUT, "policies", Some(body)).await;
    assert_eq!(status, 202, "{told:#}");
    let second: ActionId = told["id"].as_str().unwrap().parse().unwrap();
    becomes(&world, second, Status::Pending).await;
    for id in [first, second] {
        for person in [ANN, BOB] {
            approve(&world, person, id).await;
        }
        world.settle().await;
    }
    assert_eq!(record(&world, first).await.unwrap().status, Status::Executed);
    let back = record(&world, second).await.unwrap();
    assert_ne!(back.status, Status::Executed, "{back:#?}");
    assert_eq!(pointer(&world).await.unwrap().0.live.revision.as_str(), revision);
    let unknown = domain::action::PolicyPublish { revision: "0".repeat(64), replaces: revision, effective_from: None };
    let forged = crate::propose::proposal(&world, "api", "forged", Action::from(unknown));
    propose(&world, &forged).await;
    becomes(&world, forged.id, Status::Pending).await;
    for person in [ANN, BOB] {
        assert_eq!(approve(&world, person, forged.id).await, 200);
    }
    let failed = becomes(&world, forged.id, Status::Failed).await;
    assert!(failed.note.unwrap().contains("is not kept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_judges_beside_and_decides_nothing_and_what_it_disagrees_on_is_listed() {
    let world = World::of(&[]).await;
    let pays = async |number: &str, cents: i32| {
        let wanted = bill(&world, number, number, cents);
        propose(&world, &wanted).await;
        decided(&world, wanted.id).await
    };
    let off = pays("off", 1_000).await;
    let (mut files, _) = edit(&world).await;
    // The facts are those that the policy in force was told: a budget that overflows does so for both.
    let strict = text_of(&files[0]["text"]).replacen("200000, # MEDIUM: up to this", "80000, # MEDIUM: up to this", 1);
    files[0]["text"] = json!(strict);
    let (status, started) = world.api_as(FRANK, Method::POST, "policies/shadow", Some(json!({ "files": files }))).await;
    assert_eq!(status, 200, "{started:#}");
    world.pass(Duration::from_secs(3)).await;
    let alike = pays("alike", 1_000).await;
    let apart = pays("apart", 90_000).await;
    assert_eq!(apart.decision.revision, off.decision.revision, "only the policy acts");
    assert_eq!((apart.decision.tier, apart.approval.as_ref()), (domain::Tier::Medium, None));
    let (_, told) = world.api(Role::Auditor, Method::GET, "policies/shadow?limit=5", None).await;
    let listed = told["items"].as_array().unwrap();
    assert_eq!(listed.len(), 1, "{told:#}");
    assert_eq!(listed[0]["action"], json!(apart.proposal.id));
    assert_eq!((&listed[0]["live"]["tier"], &listed[0]["draft"]["tier"]), (&json!("MEDIUM"), &json!("HIGH")));
    assert_ne!(listed[0]["action"], json!(alike.proposal.id));
    assert_eq!(world.api_as(FRANK, Method::DELETE, "policies/shadow", None).await.0, 204);
    let kept = world.store().get::<Revision>(started["check"]["revision"].as_str().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.value.status(), Revision::DRAFT);
    assert!(pointer(&world).await.is_none());
    all_replayed(&world).await;
}

/// A publication that needs one more word, in a system that will die at the `k`th call from now.
async fn one_word_short() -> (World, ActionId, String, ActionId) {
    let world = World::of(&[]).await;
    let waiting = pay(&world, "first").await.proposal.id;
    let (id, revision, _) = proposed(&world, None).await;
    assert_eq!(approve(&world, ANN, id).await, 200);
    world.settle().await;
    world.faults().reset();
    (world, id, revision, waiting)
}

async fn ends_well(world: &World, id: ActionId, revision: &str, waiting: ActionId, told: &str) {
    becomes(world, id, Status::Executed).await;
    world.settle().await;
    becomes(world, waiting, Status::Simulated).await;
    let (now, seq) = pointer(world).await.unwrap();
    assert_eq!((now.live.revision.as_str(), seq), (revision, 1), "{told}");
    let kept = world.store().get::<Revision>(revision).await.unwrap().unwrap();
    assert_eq!((kept.value.action, kept.seq), (Some(id), 2), "{told}: published once");
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new(), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_killed_at_any_aws_call_moves_the_pointer_once_and_what_waits_is_judged_by_it() {
    let (world, id, revision, waiting) = one_word_short().await;
    assert_eq!(approve(&world, BOB, id).await, 200);
    ends_well(&world, id, &revision, waiting, "undisturbed").await;
    let calls = world.faults().calls();
    for k in (sweep::Sample { first: 0, every: 7 }).of(1, calls.min(80)) {
        let (mut world, id, revision, waiting) = one_word_short().await;
        let bound = record(&world, id).await.unwrap().bound;
        world.faults().reset();
        (k..k + AFTERWARDS).for_each(|call| world.faults().fail_call(call, emulator::When::Before));
        let first = agree(&world, BOB, (id, &bound)).await;
        assert!(first == 200 || first >= 500, "{first} at call {k}");
        let over = async |world: &World| (world.faults().calls() >= k).then_some(());
        world.until("the process dies", over).await;
        world.restart().await;
        if first != 200 {
            assert_eq!(agree(&world, BOB, (id, &bound)).await, 200, "the same word again, after a death at call {k}");
        }
        ends_well(&world, id, &revision, waiting, &format!("killed at AWS call {k} of {calls}")).await;
    }
}
