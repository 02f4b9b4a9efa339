//! What asking and deciding cost when a thousand, a hundred thousand and a million actions are stored.
//!
//! All sizes run in one process and are measured in turn, so that whatever else this machine does meets all
//! of them alike. Clocks are noisy; how many requests an answer took and how many units were read is not.

use crate::{
    gate::{Client, Stages, accepted},
    observer::Observer,
    report::say,
    seed::{self, Original},
    times::{Times, millis},
    usage::cpu_millis,
    world::{FIRST_PRICE, World},
};
use anyhow::{Context as _, Result};
use domain::Role;
use reqwest::Method;
use std::{collections::BTreeMap, path::Path, time::Instant};

/// What is measured.
const WHAT: [&str; 4] = ["first page of pending", "budgets", "decision", "whole gate"];
/// The most that wait for people.
const PENDING: u32 = 10_000;
/// Cents by which the price would go up in what is never approved.
const UNDECIDED: i32 = 100_000;

/// One size.
struct Stored {
    size: u32,
    world: World,
    price: i32,
    asked: i32,
    measured: BTreeMap<&'static str, Measured>,
}

/// What was found of one thing at one size.
#[derive(Default)]
struct Measured {
    times: Times,
    cpu: u64,
    calls: u64,
    tenths: u64,
    rounds: u64,
}

/// Measures each of `sizes` `rounds` times, and prints the table.
///
/// # Errors
/// When a stack cannot be started or answers with a refusal.
pub async fn run(folder: &Path, sizes: &[u32], rounds: u32) -> Result<()> {
    let observer = Observer::install()?;
    let mut all = Vec::new();
    for size in sizes {
        all.push(Stored::fill(&folder.join(size.to_string()), &observer, *size).await?);
        say(&format!("{size} actions are stored"));
    }
    for round in 0..rounds + 2 {
        for stored in &mut all {
            for what in WHAT {
                // The first two rounds warm caches and are not counted.
                stored.measure(&observer, what, round >= 2).await?;
            }
        }
    }
    print(&all);
    for stored in all {
        stored.world.stack.stop().await;
    }
    Ok(())
}

impl Stored {
    /// A stack on disk in which `size` actions are stored, a fifth of them waiting, but at most 10 000.
    async fn fill(folder: &Path, observer: &Observer, size: u32) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let world = World::start(folder).await?;
        world.stock(1).await?;
        let mut client = Client::new(&world, observer, 0, FIRST_PRICE)?;
        let executed = client.pass(&mut Stages::default()).await?;
        let price = client.price();
        let pending = client.ask(price + UNDECIDED).await?;
        drop(client);
        world.stack.stop().await;
        let file = folder.join("aws/dynamodb.db");
        let waiting = (size / 5).min(PENDING);
        seed::copy(&file, &Original { id: pending, status: "PENDING" }, ("01900001", waiting))?;
        seed::copy(&file, &Original { id: executed, status: "EXECUTED" }, ("01900000", size - waiting))?;
        let world = World::start(folder).await?;
        Ok(Self { size, world, price, asked: UNDECIDED, measured: BTreeMap::new() })
    }

    async fn measure(&mut self, observer: &Observer, what: &'static str, counts: bool) -> Result<()> {
        let faults = self.world.stack.aws().faults();
        faults.reset();
        faults.meter(true);
        let (began, cpu) = (Instant::now(), cpu_millis()?);
        match what {
            "first page of pending" => self.get("approvals?limit=50").await?,
            "budgets" => self.get("budgets?limit=50").await?,
            "decision" => self.decide(observer, false).await?,
            _ => self.decide(observer, true).await?,
        }
        let took = began.elapsed();
        if counts {
            let found = self.measured.entry(what).or_default();
            found.times.add(took);
            found.cpu += cpu_millis()?.saturating_sub(cpu);
            let tables = faults.log().into_iter().filter(|(name, _)| name.starts_with("DynamoDB."));
            found.calls += tables.map(|(_, count)| count).sum::<u64>();
            let units = faults.units().into_iter().filter(|(name, _)| name != "events");
            found.tenths += units.map(|(_, tenths)| tenths).sum::<u64>();
            found.rounds += 1;
        }
        Ok(())
    }

    async fn get(&self, path: &str) -> Result<()> {
        let token = self.world.token("owner@sandbox.example", Role::Owner)?;
        let page = accepted(self.world.request(&token, Method::GET, path).send().await?).await?;
        let items = page.get("items").and_then(serde_json::Value::as_array);
        items.filter(|items| !items.is_empty()).context("the page is empty")?;
        Ok(())
    }

    /// A decision on its own stays undone; a whole gate moves the price on.
    async fn decide(&mut self, observer: &Observer, whole: bool) -> Result<()> {
        let mut client = Client::new(&self.world, observer, 0, self.price)?;
        if whole {
            client.pass(&mut Stages::default()).await?;
            self.price = client.price();
        } else {
            self.asked += 1;
            client.ask(self.price + self.asked).await?;
        }
        Ok(())
    }
}

fn print(all: &[Stored]) {
    say(
        "\n| what | stored | p50 ms | p95 ms | CPU ms | DynamoDB requests | request units | p50 against the smallest |",
    );
    say("|---|---|---|---|---|---|---|---|");
    for what in WHAT {
        let smallest = all.first().and_then(|stored| stored.measured.get(what)?.times.percentile(50));
        for stored in all {
            let Some(found) = stored.measured.get(what) else { continue };
            let each = |total: u64| hundredths(total * 100 / found.rounds.max(1));
            let p50 = found.times.percentile(50);
            let ratio = smallest.zip(p50).map_or(0, |(least, now)| now * 100 / least.max(1));
            say(&format!(
                "| {what} | {} | {} | {} | {} | {} | {} | {} |",
                stored.size,
                millis(p50),
                millis(found.times.percentile(95)),
                each(found.cpu),
                each(found.calls),
                each(found.tenths / 10),
                hundredths(ratio)
            ));
        }
    }
}

fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
