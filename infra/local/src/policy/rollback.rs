//! `royal policy rollback`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is put back.
#[derive(Debug, Clone, Args)]
pub struct Rollback {
    #[command(flatten)]
    folder: Folder,
}

impl Rollback {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`rollback` of {} cannot be done yet", self.folder.path().display())
    }
}
