//! `royal policy diff`: what differs between two sets of files, in words.

use super::{Ended, open, say_problems};
use crate::console::say;
use anyhow::Result;
use clap::Args;
use policy::{Moved, Policy};
use std::path::PathBuf;

/// What is compared.
#[derive(Debug, Clone, Args)]
pub struct Diff {
    /// Folder or revision file as it was.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,

    /// Folder or revision file as it is.
    #[arg(value_name = "AFTER")]
    after: PathBuf,

    /// Print one JSON document instead of sentences.
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn run(self) -> Result<Ended> {
        let (old, new) = match (open(&self.before)?, open(&self.after)?) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(problems), _) | (_, Err(problems)) => return say_problems(&problems, self.json),
        };
        if self.json {
            say(&serde_json::to_string_pretty(&old.differs(&new))?);
        } else {
            tell(&old, &new);
        }
        Ok(Ended::Well)
    }
}

fn tell(old: &Policy, new: &Policy) {
    let differs = old.differs(new);
    let lines = new.table_of_thresholds();
    for Moved { path, from, to } in &differs.numbers {
        let number = |number: &Option<i64>| number.map_or_else(|| "nothing".to_owned(), |number| number.to_string());
        let place = lines.iter().find(|threshold| threshold.path == *path);
        let place = place.map_or_else(String::new, |threshold| format!(" (line {})", threshold.line));
        say(&format!("{path}: {} becomes {}{place}", number(from), number(to)));
    }
    differs.entries.iter().for_each(|entry| say(&entry.to_string()));
    differs.rules.iter().for_each(|rule| say(&rule.to_string()));
    if differs.is_none() {
        say(match differs.from == differs.to {
            true => "the files are the same",
            false => "only remarks differ: every decision is as before",
        });
    }
}
