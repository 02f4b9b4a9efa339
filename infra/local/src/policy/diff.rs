//! `royal policy diff`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is compared.
#[derive(Debug, Clone, Args)]
pub struct Diff {
    #[command(flatten)]
    folder: Folder,
}

impl Diff {
    pub(super) fn run(self) -> Result<Ended> {
        bail!("`diff` of {} cannot be done yet", self.folder.path().display())
    }
}
