//! `royal policy sweep`: the proof that the rules have no hole, and what an edit moves.

use super::{Ended, Folder, open, say_problems};
use crate::console::say;
use anyhow::Result;
use clap::Args;
use policy::sweep;
use std::path::PathBuf;

/// What is proved, and against what.
#[derive(Debug, Clone, Args)]
pub struct Sweep {
    #[command(flatten)]
    folder: Folder,

    /// Folder or revision file to compare with. Without it, only the proof is told.
    #[arg(long, value_name = "FOLDER|FILE")]
    against: Option<PathBuf>,

    /// Print one JSON document instead of sentences.
    #[arg(long)]
    json: bool,
}

impl Sweep {
    pub(super) fn run(self) -> Result<Ended> {
        let new = match open(&self.folder.path())? {
            Ok(policy) => policy,
            Err(problems) => return say_problems(&problems, self.json),
        };
        let old = match self.against.as_deref().map(open).transpose()? {
            Some(Ok(policy)) => policy,
            Some(Err(problems)) => return say_problems(&problems, self.json),
            None => new.clone(),
        };
        let swept = sweep::run(&old, &new);
        if self.json {
            say(&serde_json::to_string_pretty(&swept)?);
        } else {
            swept.lines().iter().for_each(|line| say(line));
            say(&swept.summary());
        }
        Ok(if swept.holds() { Ended::Well } else { Ended::Badly })
    }
}
