//! Many starts of many binaries, in turn.

use crate::{
    functions::Binary,
    start::{self, Started},
    world::World,
};
use anyhow::{Context as _, Result};
use flate2::{Compression, write::DeflateEncoder};
use rustix::fs::{Advice, fadvise};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::Duration,
};

/// What the starts of one binary gave.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Name of the function.
    pub name: String,
    /// Size of the file, in bytes.
    pub bytes: u64,
    /// Size in a zip, in bytes.
    pub zipped: u64,
    /// From exec to the first poll.
    pub init: Vec<Duration>,
    /// The same, when the file had to be read from the disk.
    pub uncached: Vec<Duration>,
    /// Processor time until the first poll.
    pub init_cpu: Vec<Duration>,
    /// The first event.
    pub first: Vec<Duration>,
    /// Processor time of the first event.
    pub first_cpu: Vec<Duration>,
    /// Processor time of the same event again.
    pub again_cpu: Vec<Duration>,
    /// The most memory at the first poll, in kilobytes.
    pub ready_kb: u64,
    /// The most memory after two events, in kilobytes.
    pub peak_kb: u64,
    /// Whether the first event was answered, and not reported as an error.
    pub answered: bool,
}

/// Starts every binary `rounds` times, one after the other, so that what else the machine does hits all alike.
///
/// # Errors
/// When one of them does not start or does not answer.
pub async fn run(binaries: &[Binary], world: &World, rounds: u32) -> Result<Vec<Figures>> {
    let mut all = binaries.iter().map(sized).collect::<Result<Vec<_>>>()?;
    let mut environments = Vec::new();
    for binary in binaries {
        let needs = start::needs(&binary.path, world).await;
        environments.push(world.environment(&needs.with_context(|| binary.name.clone())?));
    }
    // The first round warms the page cache and the table, and is not counted.
    for round in 0..=rounds {
        for ((binary, environment), figures) in binaries.iter().zip(&environments).zip(&mut all) {
            let mut spare = figures.clone();
            let counted = if round == 0 { &mut spare } else { &mut *figures };
            once(binary, environment, counted).await.with_context(|| binary.name.clone())?;
        }
    }
    Ok(all)
}

fn sized(binary: &Binary) -> Result<Figures> {
    let bytes = fs::read(&binary.path).with_context(|| binary.path.display().to_string())?;
    let mut zip = DeflateEncoder::new(Vec::new(), Compression::default());
    zip.write_all(&bytes)?;
    let zipped = zip.finish()?.len().try_into()?;
    Ok(Figures { name: binary.name.clone(), bytes: bytes.len().try_into()?, zipped, ..Figures::default() })
}

async fn once(binary: &Binary, environment: &BTreeMap<String, String>, figures: &mut Figures) -> Result<()> {
    let mut started = Started::start(&binary.path, environment).await?;
    let first = started.invoke(&binary.event).await?;
    let again = started.invoke(&binary.event).await?;
    figures.init.push(started.init);
    figures.init_cpu.push(started.used.cpu);
    figures.ready_kb = figures.ready_kb.max(started.used.peak_kb);
    figures.first.push(first.took);
    figures.first_cpu.push(first.cpu);
    figures.again_cpu.push(again.cpu);
    figures.peak_kb = figures.peak_kb.max(again.peak_kb);
    figures.answered = first.answer.is_ok();
    started.end().await?;
    forget(&binary.path)?;
    let started = Started::start(&binary.path, environment).await?;
    figures.uncached.push(started.init);
    started.end().await
}

/// Drops what the kernel remembers of a file.
fn forget(path: &Path) -> Result<()> {
    let file = File::open(path)?;
    file.sync_all()?;
    Ok(fadvise(&file, 0, None, Advice::DontNeed)?)
}
