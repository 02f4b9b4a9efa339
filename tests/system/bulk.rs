//! A supplier with a very large feed.

use crate::{feed, feed::Row, world::World};
use domain::journey::Stage;
use serde_json::Value;
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    time::Instant,
};

/// Rows of the large feed. A broken one comes after every ninety-nine others.
const ROWS: usize = 100_000;
const BROKEN_EVERY: usize = 100;
/// Journeys that one run starts at most (policy: `scout.up_to_journeys`).
const STARTED: u64 = 10;
/// Most memory that reading the feed may add, in MB: far less than the feed has.
const MOST_MB: u64 = 12;

/// Writes a feed without ever holding it, and returns its size in MB.
fn write(path: &Path) -> u64 {
    let mut out = BufWriter::new(File::create(path).unwrap());
    write!(out, "{}", feed::HEADER).unwrap();
    for n in 1..=ROWS {
        let broken = n % BROKEN_EVERY == 0;
        let row = Row { price: if broken { "dear" } else { "49.95" }, ..Row::plain(&format!("board-{n}")) };
        write!(out, "{}", row.csv()).unwrap();
    }
    out.flush().unwrap();
    std::fs::metadata(path).unwrap().len() / 1_000_000
}

/// The most memory that this process ever had, in MB; nothing where the system does not tell.
fn peak_mb() -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return 0 };
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1000
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_of_a_hundred_thousand_rows_is_read_in_little_memory_and_its_best_products_are_published() {
    let world = World::of(&[Row::plain("warm")]).await;
    world.scout().await;
    world.journey_in("warm", Stage::Published).await;
    world.settle().await;

    let megabytes = write(&world.folder.path().join("products.csv"));
    let (before, began) = (peak_mb(), Instant::now());
    world.scout().await;
    let report = async |world: &World| -> Option<Value> {
        let tasks = world.table().await.bodies("TASK").into_iter();
        let mut reports = tasks.filter(|task| task["agent"] == "product-scout").map(|task| task["report"].clone());
        reports.find(|report| report["products"].as_u64() > Some(1))
    };
    let report = world.until("the feed is read", report).await;
    let (took, grown) = (began.elapsed(), peak_mb() - before);
    println!("{ROWS} rows, {megabytes} MB: {took:?}, {grown} MB more memory");

    let broken = (ROWS / BROKEN_EVERY) as u64;
    assert_eq!(report["products"].as_u64(), Some(ROWS as u64 - broken), "{report:#}");
    assert_eq!(report["rejectedRows"]["count"].as_u64(), Some(broken), "{report:#}");
    assert_eq!(report["started"].as_u64(), Some(STARTED), "{report:#}");
    assert!(report.to_string().len() < 20_000, "the report stays small: {} bytes", report.to_string().len());
    assert!(grown <= MOST_MB, "{grown} MB more for a feed of {megabytes} MB");
    world.settle().await;
    assert_eq!(world.mirror.count("JOURNEY", "PUBLISHED") as u64, STARTED + 1);
}
