//! The command lines.

use clap::Parser;
use std::path::PathBuf;

/// Measures gates: how many a second, how long each stage takes, what each costs.
#[derive(Debug, Clone, Parser)]
#[command(name = "bench-gates")]
pub struct Gates {
    /// Numbers of clients at once, one measurement each.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 256])]
    pub clients: Vec<usize>,
    /// Gates of each measurement; a run with few clients takes fewer.
    #[arg(long, default_value_t = 2048)]
    pub gates: usize,
    /// Folder of the data, which must be on the disk that is to be measured; a temporary one if not given.
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

/// Measures how lists and decisions slow down as stored actions grow.
#[derive(Debug, Clone, Parser)]
#[command(name = "bench-growth")]
pub struct Growth {
    /// Numbers of stored actions.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 100_000, 1_000_000])]
    pub sizes: Vec<u32>,
    /// How often each is measured, in turn.
    #[arg(long, default_value_t = 60)]
    pub rounds: u32,
    /// Folder of the data; a temporary one if not given.
    #[arg(long)]
    pub folder: Option<PathBuf>,
}
