//! What a process has used so far, as the kernel counts it.

use anyhow::{Context as _, Result};
use std::{fs, time::Duration};

/// Processor time and memory of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Time on a processor, of all its threads that still run.
    pub cpu: Duration,
    /// The most memory it ever held, in kilobytes.
    pub peak_kb: u64,
}

/// What the process has used.
///
/// # Errors
/// When it has ended.
pub fn of(pid: u32) -> Result<Usage> {
    let mut cpu = Duration::ZERO;
    for task in fs::read_dir(format!("/proc/{pid}/task")).with_context(|| format!("process {pid} has ended"))? {
        // A thread may end while its siblings are counted.
        cpu += fs::read_to_string(task?.path().join("schedstat")).map_or(Duration::ZERO, |text| on_cpu(&text));
    }
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    Ok(Usage { cpu, peak_kb: peak(&status).context("the kernel does not tell `VmHWM`")? })
}

/// The first figure of `schedstat`: nanoseconds on a processor.
fn on_cpu(schedstat: &str) -> Duration {
    let nanos = schedstat.split_whitespace().next().and_then(|figure| figure.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
