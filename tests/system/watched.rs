//! What is watched is measured, and what agents find is told.

use crate::{feed::Row, world::World};
use catalog::catalog;
use domain::{Role, journey::Stage};
use reqwest::Method;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Metrics that were measured, by name, each with what it is split by.
fn measured(world: &World) -> BTreeMap<String, BTreeSet<String>> {
    let text = world.stack().env().registry().render();
    let lines = text.lines().filter_map(|line| line.strip_prefix("royal_")?.split_once('{'));
    lines.map(|(name, rest)| (name.to_owned(), labels(rest.split('}').next().unwrap()))).collect()
}

/// The names in `system="shop",status="closed"`.
fn labels(of: &str) -> BTreeSet<String> {
    let names = of.split("=\"").map(|part| part.rsplit([',', '"']).next().unwrap().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_metric_that_somebody_watches_is_measured_by_what_it_is_said_to_be_split_by() {
    let world = World::of(&[Row::plain("board")]).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.stack().wake("finance-analyst.hourly").await.unwrap();
    world.settle().await;
    let shop = world.stack().env().breakers().of("shop");
    while let Ok(permit) = shop.permit() {
        permit.failed();
    }
    let measured = measured(&world);
    for metric in catalog().unwrap().metrics {
        let by: BTreeSet<String> = metric.by.into_iter().collect();
        assert_eq!(measured.get(metric.name.get_ref()), Some(&by), "{} of {measured:#?}", metric.name.get_ref());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_outside_system_that_can_be_left_alone_is_in_the_catalogue() {
    let world = World::of(&[Row::plain("board")]).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    let known: BTreeSet<String> =
        catalog().unwrap().systems.iter().map(|system| system.name.get_ref().clone()).collect();
    let used: BTreeSet<String> = world.stack().env().breakers().states().into_keys().collect();
    assert_eq!(used, known);
}

/// Subjects of mail that was sent.
async fn subjects(world: &World) -> Vec<String> {
    let all = world.outside(Method::GET, "sandbox/outbox", None).await;
    let mail = all["messages"].as_array().unwrap().iter().filter(|message| message["service"] == "sendgrid");
    mail.map(|message| message["body"]["subject"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_is_told_at_once_and_a_day_once_a_day() {
    let world = World::of(&[]).await;
    let input = json!({ "cluster": "finance", "finding": "revenue fell by 25 % day over day" });
    let task = json!({ "agent": "ceo", "kind": "cluster.report", "input": input });
    let (status, answer) = world.api(Role::Owner, Method::POST, "orchestrator/tasks", Some(task)).await;
    assert!(status < 300, "{answer:#}");
    world.stack().wake("ceo.daily").await.unwrap();
    let begins = |all: &[String], with: &str| all.iter().any(|subject| subject.starts_with(with));
    let both = async |world: &World| {
        let all = subjects(world).await;
        (begins(&all, "Alert: finance: revenue fell by 25 %") && begins(&all, "Daily digest: ")).then_some(())
    };
    world.until("the alert and the digest", both).await;
    world.settle().await;
    let all = subjects(&world).await;
    let digests: BTreeSet<&String> = all.iter().filter(|subject| subject.starts_with("Daily digest")).collect();
    assert_eq!(digests.len(), 1, "{all:?}");
}
