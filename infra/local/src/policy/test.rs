//! `royal policy test`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is tested.
#[derive(Debug, Clone, Args)]
pub struct Test {
    #[command(flatten)]
    folder: Folder,
}

impl Test {
    pub(super) fn run(self) -> Result<Ended> {
        bail!("`test` of {} cannot be done yet", self.folder.path().display())
    }
}
