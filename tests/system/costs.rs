//! What AWS is asked for, counted: what the cost table of `infra/README.md` is to be reckoned from.

use crate::{feed::Row, world::World};
use domain::{Role, journey::Stage};
use reqwest::Method;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const WRITTEN: &str = include_str!("../../infra/costs/counts.json");
/// How far a count may be from what is written, in percent: how much is sent at once depends on the moment.
const TOLERANCE: u64 = 30;

/// A world in which nothing happens by itself, so that what is counted is what was asked for.
async fn quiet(rows: &[Row]) -> World {
    World::with(rows, |settings| {
        let mut catalog = catalog::catalog().unwrap();
        catalog.schedules.clear();
        catalog.specialists.clear();
        settings.catalog = Some(catalog);
    })
    .await
}

/// Counts of what `work` sets off, until everything is at rest.
async fn counted(world: &World, work: impl AsyncFnOnce(&World)) -> Map<String, Value> {
    let (faults, before) = (world.faults(), invocations(world));
    faults.reset();
    faults.meter(true);
    work(world).await;
    world.settle().await;
    faults.meter(false);
    let units = faults.units();
    let tenths = |reads: bool| -> u64 {
        let is_read = |name: &str| ["get_item", "batch_get_item", "query"].contains(&name);
        units.iter().filter(|(name, _)| *name != "events" && is_read(name) == reads).map(|(_, tenths)| tenths).sum()
    };
    let calls = faults.log();
    let sends: u64 = calls.iter().filter(|(name, _)| name.starts_with("SQS.SendMessage")).map(|(_, n)| n).sum();
    let events = units.get("events").copied().unwrap_or_default();
    let after = invocations(world);
    let since = |name: &str, count: u64| count - before.get(name).copied().unwrap_or_default();
    let all: u64 = after.iter().map(|(name, count)| since(name, *count)).sum();
    let queued: u64 = after.iter().filter(|(name, _)| *name != "relay").map(|(name, count)| since(name, *count)).sum();
    let counts = [
        ("writeUnits", tenths(false) / 10),
        ("readUnits", tenths(true) / 10),
        ("sends", sends),
        ("events", events / 10),
        ("invocations", all),
        ("invocationsOfQueues", queued),
    ];
    counts.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect()
}

/// Invocations by function since the process began.
fn invocations(world: &World) -> BTreeMap<String, u64> {
    let text = world.stack().env().registry().render();
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("royal_invocations_total{")) {
        let function = line.split("function=\"").nth(1).unwrap().split('"').next().unwrap();
        *all.entry(function.to_owned()).or_default() += line.rsplit(' ').next().unwrap().parse::<u64>().unwrap();
    }
    all
}

/// The counts, and how many tasks, actions and HTTP requests of people they are for.
async fn with_work(world: &World, mut counts: Map<String, Value>, http: u64) -> Value {
    let table = world.table().await;
    for (name, kind) in [("tasks", "TASK"), ("actions", "ACTION")] {
        counts.insert(name.to_owned(), json!(table.bodies(kind).len()));
    }
    counts.insert("http".to_owned(), json!(http));
    Value::Object(counts)
}

fn agrees(counted: &Value, written: &Value) -> bool {
    let (counted, written) = (counted.as_object().unwrap(), written.as_object().unwrap());
    counted.len() == written.len()
        && counted.iter().all(|(name, count)| {
            let (count, said) = (count.as_u64().unwrap(), written[name].as_u64().unwrap());
            count.abs_diff(said) * 100 <= said * TOLERANCE + 100
        })
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "its counts are still to be taken: run it, and write what it prints into infra/costs/counts.json"]
async fn what_work_asks_of_aws_is_what_the_cost_table_was_reckoned_from() {
    let mut all = Map::new();
    let world = quiet(&[Row::good("board")]).await;
    let counts = counted(&world, async |world| {
        world.scout().await;
        world.journey_in("board", Stage::Published).await;
    });
    let counts = counts.await;
    all.insert("journey".to_owned(), with_work(&world, counts, 0).await);

    let world = quiet(&[Row::restricted("knife")]).await;
    let counts = counted(&world, async |world| {
        world.scout().await;
        let card = world.card().await;
        let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
        world.api(Role::Owner, Method::POST, &path, Some(json!({ "digest": card["digest"] }))).await;
        world.journey_in("knife", Stage::Published).await;
    });
    let counts = counts.await;
    all.insert("journeyWithPerson".to_owned(), with_work(&world, counts, 2).await);

    let world = quiet(&[]).await;
    for schedule in catalog::catalog().unwrap().schedules {
        let counts = counted(&world, async |world| world.stack().wake(schedule.name()).await.unwrap());
        all.insert(schedule.name().to_owned(), Value::Object(counts.await));
    }

    let (counted, written) = (Value::Object(all), serde_json::from_str::<Value>(WRITTEN).unwrap());
    let differ: Vec<&String> = counted
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, counts)| !written.get(name.as_str()).is_some_and(|said| agrees(counts, said)))
        .map(|(name, _)| name)
        .collect();
    assert!(
        differ.is_empty(),
        "{differ:?} differ: write this into infra/costs/counts.json, then `just costs`:\n{counted:#}"
    );
}
