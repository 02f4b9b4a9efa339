//! `royal policy shadow`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What judges beside the rules in force.
#[derive(Debug, Clone, Args)]
pub struct Shadow {
    #[command(flatten)]
    folder: Folder,
}

impl Shadow {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`shadow` of {} cannot be done yet", self.folder.path().display())
    }
}
