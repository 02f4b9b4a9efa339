//! A policy file that is edited while everything runs, and edited badly.

use crate::{feed::Row, propose, world::World};
use domain::{Role, Status, journey::Stage};
use reqwest::Method;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, time::Duration};
use tempfile::TempDir;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies");

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A system with policies of its own, kept outside its state.
pub(crate) async fn own_policies(rows: &[Row]) -> (World, TempDir) {
    own(rows, |_| {}).await
}

/// The same with further settings.
pub(crate) async fn own(
    rows: &[Row],
    further: impl Fn(&mut BTreeMap<String, String>) + Send + Sync + 'static,
) -> (World, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(SOURCE), &folder.path().join("policies"));
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let vars = [("ROYAL_POLICIES", path("policies")), ("ROYAL_LAST_GOOD", path("last-good"))];
    let world = World::with(rows, move |settings| {
        settings.vars.extend(vars.clone().map(|(name, value)| (name.to_owned(), value)));
        further(&mut settings.vars);
    });
    (world.await, folder)
}

/// Edits the thresholds.
pub(crate) fn edit(folder: &TempDir, from: &str, to: &str) {
    edit_file(folder, "thresholds.rego", from, to);
}

/// Writes the thresholds anew.
pub(crate) fn rewrite(folder: &TempDir, edit: impl Fn(&str) -> String) {
    let path = folder.path().join("policies/royal/thresholds.rego");
    let text = fs::read_to_string(&path).unwrap();
    let edited = edit(&text);
    assert_ne!(edited, text);
    fs::write(path, edited).unwrap();
}

/// Edits one file of the policies.
pub(crate) fn edit_file(folder: &TempDir, file: &str, from: &str, to: &str) {
    let path = folder.path().join("policies/royal").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has `{from}`");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

async fn ready(world: &World) -> (u16, Value) {
    world.pass(Duration::from_secs(2)).await;
    world.api(Role::Owner, Method::GET, "readyz", None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_policy_file_is_not_taken_and_the_last_good_revision_goes_on_even_after_a_restart() {
    let (mut world, folder) = own_policies(&[Row::plain("board")]).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    let (status, before) = ready(&world).await;
    assert_eq!((status, &before["policy"]["problem"]), (200, &Value::Null), "{before:#}");

    edit(&folder, "expense_pay := {", "expense_pay := {{");
    for (handle, restart) in [("bowl", false), ("tray", true)] {
        if restart {
            world.restart().await;
        }
        world.feed(&[Row::plain("board"), Row::plain(handle)]);
        world.scout().await;
        world.journey_in(handle, Stage::Published).await;
        let (status, probe) = ready(&world).await;
        assert_eq!((status, &probe["policy"]["revision"]), (200, &before["policy"]["revision"]), "{probe:#}");
        let problem = probe["policy"]["problem"].as_str().unwrap();
        assert!(problem.contains("thresholds.rego") && problem.contains("last good revision"), "{problem}");
    }

    edit(&folder, "expense_pay := {{", "expense_pay := {");
    let (_, mended) = ready(&world).await;
    assert_eq!(mended["policy"]["problem"], Value::Null, "{mended:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_threshold_decides_from_the_next_proposal_on() {
    let (world, folder) = own_policies(&[]).await;
    let pay = async |number: &str, expected| {
        let bill = propose::bill(&world, number, number, 90_000);
        propose::propose(&world, &bill).await;
        let decided = propose::decided(&world, bill.id).await;
        assert_eq!(decided.approval.is_some(), expected == Status::Pending, "{number}: {decided:#?}");
        decided.decision.revision
    };
    let first = pay("before", Status::Granted).await;
    edit(
        &folder,
        "\"medium_up_to_cents\": 100000, # MEDIUM: up to this;",
        "\"medium_up_to_cents\": 80000, # MEDIUM: up to this;",
    );
    world.pass(Duration::from_secs(2)).await;
    let second = pay("after", Status::Pending).await;
    assert_ne!(first, second, "the decision names the revision that made it");
}
