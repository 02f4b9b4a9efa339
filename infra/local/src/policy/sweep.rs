//! `royal policy sweep`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is swept.
#[derive(Debug, Clone, Args)]
pub struct Sweep {
    #[command(flatten)]
    folder: Folder,
}

impl Sweep {
    pub(super) fn run(self) -> Result<Ended> {
        bail!("`sweep` of {} cannot be done yet", self.folder.path().display())
    }
}
