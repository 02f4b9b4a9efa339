//! `royal policy check`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is checked.
#[derive(Debug, Clone, Args)]
pub struct Check {
    #[command(flatten)]
    folder: Folder,
}

impl Check {
    pub(super) fn run(self) -> Result<Ended> {
        bail!("`check` of {} cannot be done yet", self.folder.path().display())
    }
}
