//! `royal policy publish`.

use super::{Ended, Folder};
use anyhow::{Result, bail};
use clap::Args;

/// What is published.
#[derive(Debug, Clone, Args)]
pub struct Publish {
    #[command(flatten)]
    folder: Folder,
}

impl Publish {
    pub(super) async fn run(self) -> Result<Ended> {
        bail!("`publish` of {} cannot be done yet", self.folder.path().display())
    }
}
