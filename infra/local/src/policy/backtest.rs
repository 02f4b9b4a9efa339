//! `royal policy backtest`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is tried, and on what.
#[derive(Debug, Clone, Args)]
pub struct Backtest {
    #[command(flatten)]
    folder: Folder,
}

impl Backtest {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`backtest` of {} cannot be done yet", self.folder.path().display())
    }
}
