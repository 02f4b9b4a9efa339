//! `royal policy test`: the tests beside the rules.

use super::{Ended, Folder, read, say_problems};
use crate::console::say;
use anyhow::{Context as _, Result};
use clap::Args;
use policy::tested::{self, Covered, Failed, Tested};

/// What is tested.
#[derive(Debug, Clone, Args)]
pub struct Test {
    #[command(flatten)]
    folder: Folder,

    /// Print one JSON document instead of sentences.
    #[arg(long)]
    json: bool,

    /// Take it as a failure when a line of a rule is read by no test.
    #[arg(long)]
    every_line: bool,
}

impl Test {
    pub(super) fn run(self) -> Result<Ended> {
        let path = self.folder.path();
        let draft = read(&path)?;
        let tests = tested::read(&path).with_context(|| format!("tests in `{}` cannot be read", path.display()))?;
        let tested = match tested::run(&draft, &tests) {
            Ok(tested) => tested,
            Err(problems) => return say_problems(&problems, self.json),
        };
        match self.json {
            true => say(&serde_json::to_string_pretty(&tested)?),
            false => tell(&tested),
        }
        let open = self.every_line && tested.coverage.iter().any(|file| !file.open.is_empty());
        Ok(if tested.failed.is_empty() && !open { Ended::Well } else { Ended::Badly })
    }
}

fn tell(tested: &Tested) {
    for Failed { file, line, test, why } in &tested.failed {
        say(&format!("FAILED  `{file}` line {line}: {}: {why}", test.trim_start_matches("test_").replace('_', " ")));
    }
    for Covered { file, open, .. } in tested.coverage.iter().filter(|file| !file.open.is_empty()) {
        let lines: Vec<String> = open.iter().map(ToString::to_string).collect();
        say(&format!("NOT TESTED  `{file}`: no test reads line {}", lines.join(", ")));
    }
    let lines: u32 = tested.coverage.iter().map(|file| file.lines).sum();
    let open: usize = tested.coverage.iter().map(|file| file.open.len()).sum();
    let (passed, failed) = (tested.passed, tested.failed.len());
    say(&format!("{passed} tests hold, {failed} do not; of {lines} lines of rules {open} are read by no test"));
}
