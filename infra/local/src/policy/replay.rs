//! `royal policy replay`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is judged again.
#[derive(Debug, Clone, Args)]
pub struct Replay {
    #[command(flatten)]
    folder: Folder,
}

impl Replay {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`replay` of {} cannot be done yet", self.folder.path().display())
    }
}
