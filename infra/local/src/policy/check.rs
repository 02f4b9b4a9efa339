//! `royal policy check`.

use super::{Ended, Folder, read};
use crate::console::say;
use anyhow::Result;
use clap::Args;
use policy::Review;
use std::path::PathBuf;

/// What is checked.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// Folder of the edited files, instead of --policies.
    #[arg(value_name = "FOLDER", conflicts_with = "policies")]
    edited: Option<PathBuf>,

    #[command(flatten)]
    folder: Folder,

    /// Folder of the files before the edit: says which numbers it moves, and when it changes nothing.
    #[arg(long, value_name = "FOLDER")]
    against: Option<PathBuf>,

    /// For machines: one object.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<Ended> {
        let draft = read(&self.edited.clone().unwrap_or_else(|| self.folder.path()))?;
        let before = self.against.as_deref().map(read).transpose()?;
        let (review, _) = Review::of(&draft, before.as_ref());
        if self.json {
            say(&serde_json::to_string_pretty(&review)?);
        } else {
            review.lines(&draft).iter().for_each(|line| say(line));
        }
        Ok(if review.is_sound() { Ended::Well } else { Ended::Badly })
    }
}
