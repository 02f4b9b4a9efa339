//! Many clients at once.

use crate::{
    gate::{Client, Stages},
    observer::Observer,
    usage,
    world::{FIRST_PRICE, World},
};
use anyhow::Result;
use futures::future::try_join_all;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Run {
    /// Clients at once.
    pub clients: usize,
    /// Gates that were passed.
    pub gates: u64,
    /// From the first proposal to the last confirmed effect.
    pub took: Duration,
    /// The stages of each.
    pub stages: Stages,
    /// Processor time of the whole process, clients included.
    pub cpu_millis: u64,
    /// Of that, the thread of the embedded database, which works on one call at a time.
    pub engine_millis: u64,
    /// Gates a second, in thousandths, of the yardstick that was run beside it.
    pub floor: Option<u64>,
}

/// Prices at which the products of all clients are, so that each run goes on where the one before ended.
#[derive(Debug, Default)]
pub struct Prices(Vec<i32>);

impl Prices {
    fn of(&mut self, client: usize) -> i32 {
        if self.0.len() <= client {
            self.0.resize(client + 1, FIRST_PRICE);
        }
        self.0.get(client).copied().unwrap_or(FIRST_PRICE)
    }

    fn set(&mut self, client: usize, price: i32) {
        if let Some(at) = self.0.get_mut(client) {
            *at = price;
        }
    }
}

/// Has `clients` pass `gates` gates between them, each one after the other.
///
/// # Errors
/// When a gate ends in any other way than with a confirmed effect.
pub async fn run(
    world: &World,
    observer: &Observer,
    prices: &mut Prices,
    (clients, gates): (usize, usize),
) -> Result<Run> {
    let left = AtomicUsize::new(gates);
    let (began, cpu, engine) = (Instant::now(), usage::cpu_millis()?, usage::engine_millis()?);
    let work = (0..clients).map(|number| one(world, observer, (number, prices.of(number)), &left));
    let done: Vec<(Stages, i32)> = try_join_all(work.collect::<Vec<_>>()).await?;
    let took = began.elapsed();
    let mut stages = Stages::default();
    for (number, (of_one, price)) in done.into_iter().enumerate() {
        stages.extend(&of_one);
        prices.set(number, price);
    }
    let cpu_millis = usage::cpu_millis()?.saturating_sub(cpu);
    let engine_millis = usage::engine_millis()?.saturating_sub(engine);
    Ok(Run { clients, gates: u64::try_from(gates)?, took, stages, cpu_millis, engine_millis, floor: None })
}

async fn one(
    world: &World,
    observer: &Observer,
    (number, price): (usize, i32),
    left: &AtomicUsize,
) -> Result<(Stages, i32)> {
    let mut client = Client::new(world, observer, number, price)?;
    let mut stages = Stages::default();
    while left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
        client.pass(&mut stages).await?;
    }
    Ok((stages, client.price()))
}
