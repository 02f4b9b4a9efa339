//! Revisions of the policy: kept, published, put back, and judged beside.

use crate::bench::{Bench, NOON};
use axum::http::Method;
use domain::{
    Actor, Digest, InForce, Revision, Role,
    revision::{Kept, Reign},
};
use policy::{Draft, Policy};
use serde_json::{Value, json};
use store::{Row, revisions::Keep};
use time::Duration;

const FRANK: (&str, Role) = ("frank", Role::Finance);
const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const ANNA: (&str, Role) = ("anna", Role::Auditor);
const FILE: &str = "royal/thresholds.rego";

/// The policy that the API was delivered with, with one file changed.
pub(crate) fn edited(name: &str, edit: impl Fn(&str) -> String) -> Policy {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../policies");
    let draft = Draft::read(folder.as_ref()).unwrap();
    let text = draft.files().into_iter().find(|file| file.name == name).unwrap().text;
    let changed = edit(&text);
    assert_ne!(text, changed, "the edit of {name} changes something");
    draft.with(name, &changed).compile().unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn dearer(text: &str) -> String {
    let (before, after) = text.split_once("expense_pay := {").unwrap();
    format!("{before}expense_pay := {{{}", after.replacen("10000", "12000", 1))
}

/// Keeps a policy as one that was published.
pub(crate) async fn kept(bench: &Bench, policy: &Policy) -> Row<Revision> {
    let bundle = policy.bundle().unwrap();
    let (revision, sha256) = (digest(&bundle.revision), digest(&bundle.sha256));
    let keep = Keep { revision: &revision, bundle: &sha256, bytes: &bundle.bytes, delivered: true };
    let by = Actor::Person("ann".to_owned());
    bench.env.store().keep_revision(keep, by, NOON).await.unwrap()
}

fn digest(text: &str) -> Digest {
    Digest::try_from(text.to_owned()).unwrap()
}

fn reign(kept: Kept) -> Reign {
    let Kept { revision, bundle } = kept;
    Reign { revision, bundle, from: NOON, by: vec!["ann".to_owned()], action: None, reason: None }
}

/// Has `policy` decide, as if it had been published after the one that the API was delivered with.
pub(crate) async fn decides(bench: &Bench, policy: &Policy) {
    let delivered = bench.env.policy().current(NOON);
    let before = kept(bench, &delivered).await.value.kept();
    let live = reign(kept(bench, policy).await.value.kept());
    bench.keep(&InForce::first(Some(before), live, NOON)).await;
    bench.pass(Duration::seconds(5));
}

/// The revision that decides, as the API says.
async fn now(bench: &Bench) -> String {
    let probe = bench.get(FRANK, "/readyz").await.with(200);
    probe["policy"]["revision"].as_str().unwrap().to_owned()
}

/// An edit of the thresholds, and the revision that it was made of.
async fn edit(bench: &Bench) -> (Value, String) {
    let policy = bench.get(FRANK, "/api/v1/policies").await.with(200);
    let files = policy["sources"].as_array().unwrap();
    let text = files.iter().find(|file| file["name"] == FILE).unwrap()["text"].as_str().unwrap();
    (json!([{"name": FILE, "text": dearer(text)}]), policy["revision"].as_str().unwrap().to_owned())
}

async fn put(bench: &Bench, body: &Value) -> Value {
    bench.with_body(Method::PUT, FRANK, "/api/v1/policies", body).await.with(202)
}

fn back(revision: &str) -> Value {
    json!({"revision": revision, "reason": "too many bills ran alone"})
}

#[tokio::test]
async fn what_is_proposed_is_kept_as_a_draft_beside_what_it_would_replace() {
    let bench = Bench::start().await;
    let (files, replaces) = edit(&bench).await;
    let later = "2026-12-01T00:00:00Z";
    let body = json!({"files": files, "replaces": replaces, "reason": "prices rose", "effectiveFrom": later});
    let proposed = put(&bench, &body).await;
    let proposal =
        bench.env.store().proposal(proposed["id"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(serde_json::to_value(&proposal.action).unwrap()["effectiveFrom"], later);
    put(&bench, &body).await;
    let told = bench.get(ANNA, "/api/v1/policies/revisions").await.with(200);
    let rows: Vec<_> =
        told["items"].as_array().unwrap().iter().map(|row| (row["status"].clone(), row["by"].clone())).collect();
    assert_eq!(rows, [(json!("PUBLISHED"), json!("api")), (json!("DRAFT"), json!("frank"))], "{told:#}");
    assert!(told.get("inForce").is_none());
    let drafts = bench.get(ANNA, "/api/v1/policies/revisions?status=DRAFT&limit=1").await.with(200);
    assert_eq!(drafts["items"][0]["revision"], proposed["check"]["revision"]);
    let draft = back(proposed["check"]["revision"].as_str().unwrap());
    let problem = bench.post(OLIVIA, "/api/v1/policies/rollback", &draft).await.problem(409, "state");
    assert!(problem["detail"].as_str().unwrap().contains("propose it instead"), "{problem}");
}

#[tokio::test]
async fn a_published_revision_decides_within_seconds_and_an_earlier_one_is_put_back_at_once_whatever_is_stopped() {
    let bench = Bench::start().await;
    let delivered = now(&bench).await;
    let dear = edited(FILE, dearer);
    decides(&bench, &dear).await;
    assert_eq!(now(&bench).await, dear.revision());
    let stop = json!({"scope": "all", "stopped": true, "reason": "fire"});
    bench.with_body(Method::PUT, OLIVIA, "/api/v1/control", &stop).await.with(200);
    bench.post(ANNA, "/api/v1/policies/rollback", &back(&delivered)).await.problem(403, "forbidden");
    bench.post(("robot", Role::Agent), "/api/v1/policies/rollback", &back(&delivered)).await.problem(403, "forbidden");
    bench.post(OLIVIA, "/api/v1/policies/rollback", &back(&"0".repeat(64))).await.problem(404, "not-found");
    for _ in 0..2 {
        let told = bench.post(("sam", Role::Support), "/api/v1/policies/rollback", &back(&delivered)).await.with(200);
        assert_eq!((&told["live"]["revision"], &told["live"]["by"]), (&json!(delivered), &json!(["sam"])), "{told:#}");
    }
    assert_eq!(now(&bench).await, delivered);
    let (_, chain) = bench.env.store().history::<InForce>(InForce::ID).await.unwrap().unwrap();
    let last = chain.last().unwrap();
    assert_eq!((chain.len(), last.entry.what.as_str(), &last.entry.revision), (2, "rolled back", &Some(delivered)));
    assert_eq!(last.entry.reasons, ["too many bills ran alone"]);
    assert!(bench.env.store().verify_subject("POINTER#live").await.unwrap().holds());
}

#[tokio::test]
async fn a_damaged_revision_is_not_taken_and_the_last_good_one_goes_on_and_says_so() {
    let bench = Bench::start().await;
    let delivered = now(&bench).await;
    let dear = edited(FILE, dearer);
    let row = kept(&bench, &dear).await;
    damage(&bench, &row.value).await;
    decides(&bench, &dear).await;
    let probe = bench.get(FRANK, "/readyz").await.with(200);
    assert_eq!(probe["policy"]["revision"], delivered, "{probe:#}");
    let problem = probe["policy"]["problem"].as_str().unwrap();
    assert!(problem.contains("SHA-256") && problem.contains("last good revision"), "{problem}");
    let again = bench.post(OLIVIA, "/api/v1/policies/rollback", &back(dear.revision())).await;
    assert!(again.problem(409, "state")["detail"].as_str().unwrap().contains("choose another one"));
    bench.post(OLIVIA, "/api/v1/policies/rollback", &back(&delivered)).await.with(200);
    let probe = bench.get(FRANK, "/readyz").await.with(200);
    assert_eq!(probe["policy"].get("problem"), None, "{probe:#}");
}

/// Turns one bit of what is kept of a revision.
async fn damage(bench: &Bench, revision: &Revision) {
    use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
    let mut bytes = bench.env.store().bundle(&revision.kept()).await.unwrap();
    bytes[1000] ^= 1;
    let row = [
        ("pk", AttributeValue::S(format!("POLICY#{}", revision.revision))),
        ("sk", AttributeValue::S(format!("BUNDLE#{}#0000", &revision.bundle.as_str()[..16]))),
        ("part", AttributeValue::B(Blob::new(bytes))),
    ];
    let client = aws_sdk_dynamodb::Client::new(bench.env.sdk());
    let put = row.into_iter().fold(client.put_item().table_name("royal"), |put, (name, value)| put.item(name, value));
    put.send().await.unwrap();
}

#[tokio::test]
async fn a_draft_judges_beside_the_policy_until_it_is_ended() {
    let bench = Bench::start().await;
    let (files, _) = edit(&bench).await;
    let path = "/api/v1/policies/shadow";
    assert_eq!(bench.get(ANNA, path).await.with(200), json!({"items": []}));
    bench.post(ANNA, path, &json!({"files": files})).await.problem(403, "forbidden");
    let started = bench.post(FRANK, path, &json!({"files": files})).await.with(200);
    let shown = bench.get(ANNA, path).await.with(200);
    assert_eq!((&shown["revision"], &shown["by"]), (&started["check"]["revision"], &json!("frank")));
    assert_eq!(bench.env.policy().shadow().unwrap().revision(), shown["revision"].as_str().unwrap());
    let end = bench.ask(Method::DELETE, FRANK, path).body(axum::body::Body::empty()).unwrap();
    assert_eq!(bench.send(end).await.status, 204);
    assert!(bench.env.policy().shadow().is_none() && bench.get(ANNA, path).await.with(200).get("revision").is_none());
}

#[tokio::test]
async fn a_decision_is_replayed_to_the_byte_by_the_revision_that_made_it() {
    let bench = Bench::start().await;
    let record = crate::audit::judged(&bench, 1, 12_000).await;
    let path = format!("/api/v1/actions/{}/replay", record.proposal.id);
    let other = bench.get(ANNA, &path).await.problem(409, "state");
    assert!(other["detail"].as_str().unwrap().contains("not kept"), "{other}");
    bench.get(ANNA, &format!("/api/v1/actions/{}/replay", crate::bench::publish(9).id)).await.problem(404, "not-found");
}
