//! `just bench-gates`.

use anyhow::Result;
use bench::{
    args::Gates,
    disk::Bytes,
    floor,
    load::{self, Prices, Run},
    observer::Observer,
    report, times,
    usage::Usage,
    world::World,
};
use clap::Parser as _;
use std::path::Path;

/// Gates before anything is measured, and of the runs in which requests and bytes are counted.
const WARM: usize = 64;
const COUNTED: usize = 256;
/// The yardstick takes no more gates than this.
const FLOOR: u64 = 512;

#[tokio::main]
async fn main() -> Result<()> {
    let args = Gates::parse();
    let temporary = tempfile::tempdir()?;
    let folder = args.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let observer = Observer::install()?;
    let world = World::start(&folder).await?;
    world.stock(args.clients.iter().copied().max().unwrap_or(1)).await?;
    let mut prices = Prices::default();
    load::run(&world, &observer, &mut prices, (4, WARM)).await?;
    let shape = counted(&world, &observer, &mut prices, (&folder, 16)).await?;
    let mut runs = Vec::new();
    for clients in &args.clients {
        let gates = args.gates.min(clients * 256);
        let run = load::run(&world, &observer, &mut prices, (*clients, gates)).await?;
        let floor = floor::run(&folder, run.gates.min(FLOOR), &shape)?;
        runs.push(Run { floor: Some(times::per_second(run.gates.min(FLOOR), floor)), ..run });
    }
    report::gates(&runs);
    world.stack.stop().await;
    Ok(())
}

/// Counts requests and bytes of some gates.
async fn counted(
    world: &World,
    observer: &Observer,
    prices: &mut Prices,
    (folder, clients): (&Path, usize),
) -> Result<floor::Shape> {
    let faults = world.stack.aws().faults();
    let file = folder.join("aws/dynamodb.db");
    let (before, bytes) = (Usage::now(world), Bytes::of(&file)?);
    faults.reset();
    faults.meter(true);
    let run = load::run(world, observer, prices, (clients, COUNTED)).await?;
    faults.meter(false);
    let usage = Usage::now(world).since(&before);
    let bytes = Bytes::of(&file)?.since(&bytes);
    report::usage(clients, run.gates, &usage);
    report::bytes(run.gates, &bytes);
    Ok(floor::Shape::of(run.gates, &usage, &bytes))
}
