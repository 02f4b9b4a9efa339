//! What AWS is asked for, counted: what the cost table of `infra/README.md` is reckoned from.

use crate::{feed::Row, world::World};
use domain::{Role, journey::Stage};
use reqwest::Method;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const WRITTEN: &str = include_str!("../../infra/costs/counts.json");
/// How far a count may be from what is written, in percent and in whole ones: how much is sent at once depends on the
/// moment.
const TOLERANCE: u64 = 30;
const ONES: u64 = 3;

/// A world in which nothing happens by itself, so that what is counted is what was asked for. What is done once only,
/// such as keeping the delivered rules, is done.
async fn quiet(rows: &[Row]) -> World {
    let world = World::with(&[], |settings| {
        let mut catalog = catalog::catalog().unwrap();
        catalog.schedules.clear();
        catalog.specialists.clear();
        settings.catalog = Some(catalog);
        settings.vars.insert("ROYAL_SUPPLIER_ROUTES".to_owned(), "cj=Noordhout".to_owned());
    });
    let world = world.await;
    for schedule in catalog::catalog().unwrap().schedules {
        world.stack().wake(schedule.name()).await.unwrap();
    }
    world.settle().await;
    world.feed(rows);
    world
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

/// Tasks and actions that there are.
async fn there(world: &World) -> [usize; 2] {
    let table = world.table().await;
    ["TASK", "ACTION"].map(|kind| table.bodies(kind).len())
}

/// What `work` asks for, with how many tasks and actions it is, and how often people asked the API.
async fn journey(world: &World, http: u64, work: impl AsyncFnOnce(&World)) -> Value {
    let before = there(world).await;
    let mut counts = counted(world, work).await;
    for (name, (after, before)) in ["tasks", "actions"].into_iter().zip(there(world).await.into_iter().zip(before)) {
        counts.insert(name.to_owned(), json!(after - before));
    }
    counts.insert("http".to_owned(), json!(http));
    Value::Object(counts)
}

/// The scout finds a product, and it goes to the shop without a person.
async fn product(world: &World) -> Value {
    let work = async |world: &World| {
        world.scout().await;
        world.journey_in("board", Stage::Published).await;
    };
    journey(world, 0, work).await
}

/// The same, where a person has to agree.
async fn product_with_person(world: &World) -> Value {
    let work = async |world: &World| {
        world.scout().await;
        // People ask when it waits, and not all the time until then.
        world.settle().await;
        let card = world.card().await;
        let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
        world.api(Role::Owner, Method::POST, &path, Some(json!({ "digest": card["digest"] }))).await;
        world.journey_in("knife", Stage::Published).await;
    };
    journey(world, 2, work).await
}

/// A customer buys one thing, which the supplier sends: until the parcel is at the door.
async fn order(world: &World) -> Value {
    let work = async |world: &World| {
        let ask = json!({ "seed": 1, "lines": [{ "sku": "SKU-board", "quantity": 1 }] });
        world.outside(Method::POST, "sandbox/orders", Some(ask)).await;
        let delivered = |orders: Vec<Value>| orders.into_iter().find(|order| order["stage"] == "DELIVERED");
        world.until("the order is delivered", async |world| delivered(world.table().await.bodies("ORDER"))).await;
    };
    journey(world, 0, work).await
}

fn agrees(counted: &Value, written: &Value) -> bool {
    let (counted, written) = (counted.as_object().unwrap(), written.as_object().unwrap());
    counted.len() == written.len()
        && counted.iter().all(|(name, count)| {
            let (count, said) = (count.as_u64().unwrap(), written[name].as_u64().unwrap());
            count.abs_diff(said) * 100 <= said * TOLERANCE + 100 * ONES
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_work_asks_of_aws_is_what_the_cost_table_was_reckoned_from() {
    let mut all = Map::new();
    let world = quiet(&[Row::good("board")]).await;
    all.insert("journey".to_owned(), product(&world).await);
    all.insert("order".to_owned(), order(&world).await);
    let world = quiet(&[Row::restricted("knife")]).await;
    all.insert("journeyWithPerson".to_owned(), product_with_person(&world).await);

    let world = quiet(&[]).await;
    for schedule in catalog::catalog().unwrap().schedules {
        let counts = counted(&world, async |world| world.stack().wake(schedule.name()).await.unwrap());
        all.insert(schedule.name().to_owned(), Value::Object(counts.await));
    }

    if std::env::var_os("REWRITE").is_some() {
        return rewrite(all);
    }
    let (counted, written) = (Value::Object(all), serde_json::from_str::<Value>(WRITTEN).unwrap());
    let counted = counted.as_object().unwrap();
    let holds = |name: &str, counts: &Value| written.get(name).is_some_and(|said| agrees(counts, said));
    let differ: Map<String, Value> =
        counted.iter().filter(|(name, counts)| !holds(name, counts)).map(|(n, c)| (n.clone(), c.clone())).collect();
    assert!(
        differ.is_empty(),
        "infra/costs/counts.json says otherwise: `just count-costs`, then `just costs`:\n{:#}",
        Value::Object(differ)
    );
    let gone = |name: &&String| *name != "gate" && !counted.contains_key(*name);
    assert_eq!(written.as_object().unwrap().keys().find(gone), None, "nobody counts it: `just count-costs`");
}

/// Writes what was counted; what `just bench-gates` counts stays as it is.
fn rewrite(mut counted: Map<String, Value>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/costs/counts.json");
    let written: Value = serde_json::from_str(WRITTEN).unwrap();
    counted.insert("gate".to_owned(), written["gate"].clone());
    std::fs::write(path, format!("{:#}\n", Value::Object(counted))).unwrap();
}
