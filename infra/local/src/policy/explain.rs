//! `royal policy explain`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is explained.
#[derive(Debug, Clone, Args)]
pub struct Explain {
    #[command(flatten)]
    folder: Folder,
}

impl Explain {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`explain` of {} cannot be done yet", self.folder.path().display())
    }
}
