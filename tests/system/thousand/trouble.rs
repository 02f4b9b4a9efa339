//! Everything that AWS, the shop and the suppliers do wrong, and how often they did it.

use crate::world::World;
use emulator::Faults;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where the sandboxes outside are told what to do wrong.
const OUTSIDE: [&str; 2] = ["sandbox/faults", "sandbox/suppliers/faults"];
/// So many batches apart come what takes real seconds, or an hour of the world's time.
const SELDOM: u64 = 10;
/// Batches by this name are the same ones, after the kill.
const AGAIN: u64 = 1_000_000;

/// What went wrong so far, by who did it and how.
#[derive(Default)]
pub(super) struct Trouble {
    given: [BTreeMap<String, u64>; 2],
    met: BTreeMap<String, u64>,
}

impl Trouble {
    /// From now on everything goes wrong, each a few times.
    pub(super) async fn begins(&mut self, world: &World, batch: u64) {
        for ((path, faults), given) in OUTSIDE.into_iter().zip([of_shop(), of_suppliers(batch)]).zip(&mut self.given) {
            *given = by_kind(&faults);
            world.outside(Method::POST, path, Some(json!(faults))).await;
        }
        unreliable(world, batch);
    }

    /// What was to go wrong and has not by now does not any more; what did is remembered.
    pub(super) async fn ends(&mut self, world: &World) {
        for ((path, given), who) in OUTSIDE.into_iter().zip(&mut self.given).zip(["shop", "supplier"]) {
            let left = world.outside(Method::GET, path, None).await;
            let left = by_kind(left["faults"].as_array().unwrap());
            for (kind, times) in std::mem::take(given) {
                let times = times - left.get(&kind).copied().unwrap_or(0);
                *self.met.entry(format!("{who} {kind}")).or_default() += times;
            }
            world.outside(Method::DELETE, path, None).await;
        }
        for (kind, times) in world.faults().met() {
            *self.met.entry(format!("AWS {kind}")).or_default() += times;
        }
        world.faults().reset();
        world.faults().set(Faults::default());
    }

    /// The process is killed as a power cut does, and started again.
    pub(super) async fn strikes(&mut self, world: &mut World, batch: u64) {
        self.ends(world).await;
        world.restart().await;
        self.begins(world, AGAIN + batch).await;
        *self.met.entry("killed".to_owned()).or_default() += 1;
    }

    /// How often each happened, by who did it and how.
    pub(super) fn met(&self) -> &BTreeMap<String, u64> {
        &self.met
    }
}

fn of_shop() -> Vec<Value> {
    let kinds = ["throttled", "too_many_requests", "internal_error_before", "internal_error_after", "dropped_before"];
    let kinds = kinds.into_iter().chain(["dropped_after", "webhook_lost", "webhook_twice"]);
    let mut faults: Vec<Value> = kinds.map(|kind| json!({ "kind": kind, "times": 2 })).collect();
    faults.push(json!({ "kind": "webhook_late", "times": 4, "delay_ms": 9000 }));
    faults
}

/// Out of stock, whether it is noticed before an order or by it; another price than was said; paid and not sent; no
/// answer to what was applied, and everything that happens to requests.
fn of_suppliers(batch: u64) -> Vec<Value> {
    let kinds = ["too_many_requests", "internal_error_before", "internal_error_after", "dropped_before"];
    let kinds = kinds.into_iter().chain(["dropped_after", "duplicate_callback", "lost_callback", "late"]);
    let mut faults: Vec<Value> = kinds.map(|kind| json!({ "kind": kind, "times": 2 })).collect();
    faults.push(json!({ "kind": "slow", "times": 2, "delay_ms": 1500 }));
    faults.push(json!({ "kind": "out_of_stock", "times": 2 }));
    faults.push(json!({ "kind": "fails" }));
    if batch % SELDOM == 1 {
        faults.push(json!({ "kind": "silent", "operation": "createOrderV2" }));
        faults.push(json!({ "kind": "silent", "operation": "payBalance" }));
        faults.push(json!({ "kind": "wrong_price", "times": 2 }));
    }
    faults
}

fn by_kind(faults: &[Value]) -> BTreeMap<String, u64> {
    let mut times = BTreeMap::new();
    for fault in faults {
        let kind = fault["kind"].as_str().unwrap().to_owned();
        *times.entry(kind).or_default() += fault["times"].as_u64().unwrap_or(1);
    }
    times
}

/// What AWS does wrong, of every kind some, from now on.
fn unreliable(world: &World, seed: u64) {
    world.faults().set(Faults {
        seed,
        transaction_conflict: 10,
        throttle: 10,
        error_before: 10,
        error_after: 10,
        duplicate_delivery: 50,
        delayed_visibility: 50,
        max_delay_ms: 3000,
    });
}
