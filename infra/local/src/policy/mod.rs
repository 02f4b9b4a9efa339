//! The rules, for those who keep them: checked, tested, proved, tried, published, taken back.
//!
//! Each subcommand only reads its arguments, asks the policy crate or the API, and says what came of it
//! in finance's words.

mod backtest;
mod check;
mod diff;
mod explain;
mod publish;
mod remote;
mod replay;
mod rollback;
mod shadow;
mod sweep;
mod test;

use crate::console::{root, say};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use domain::Digest;
use policy::{Draft, Policy as Rules, Problem};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What can be done with the rules. Ends with 0 where it holds, with 1 where it does not, with 2 where it
/// could not be done.
#[derive(Debug, Clone, Subcommand)]
pub enum Policy {
    /// Says what is wrong in the files: line, column, and what to do.
    Check(check::Check),
    /// Runs every test beside the rules, and says which lines no test reads.
    Test(test::Test),
    /// Tries every limit one below, at, and one above, and says which boundaries an edit moved.
    Sweep(sweep::Sweep),
    /// Tells what an edit would have made of past decisions.
    Backtest(backtest::Backtest),
    /// Explains one decision: the rule, the number, and what would have made it LOW.
    Explain(explain::Explain),
    /// Tells in words what differs between two sets of files.
    Diff(diff::Diff),
    /// Asks for a draft to become the rules in force.
    Publish(publish::Publish),
    /// Puts an earlier revision back in force, at once.
    Rollback(rollback::Rollback),
    /// Lets a draft judge beside the rules in force, without a say.
    Shadow(shadow::Shadow),
    /// Judges a past decision again, with the rules it was made by.
    Replay(replay::Replay),
}

/// The files that are meant.
#[derive(Debug, Clone, Args)]
pub(crate) struct Folder {
    /// Folder of the policies. Default: `policies` of the repository.
    #[arg(long, value_name = "FOLDER")]
    policies: Option<PathBuf>,
}

impl Folder {
    /// Where they are.
    fn path(&self) -> PathBuf {
        self.policies.clone().unwrap_or_else(|| root().join("policies"))
    }
}

/// The files in a folder, with or without mistakes.
fn read(folder: &Path) -> Result<Draft> {
    let draft = Draft::read(folder).with_context(|| format!("no rules in `{}`", folder.display()))?;
    anyhow::ensure!(
        !draft.files().is_empty(),
        "there is no file of rules in `{}`: give its folder with --policies",
        folder.display()
    );
    Ok(draft)
}

/// The policy in a folder or in a revision file; or what is wrong with it.
fn open(path: &Path) -> Result<Result<Rules, Vec<Problem>>> {
    if path.is_dir() {
        return Ok(read(path)?.compile());
    }
    let bytes = std::fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    // A file that somebody keeps has no other digest than its own.
    let digest = Digest::of_bytes(&bytes).to_string();
    Ok(Ok(Rules::open(&bytes, &digest).with_context(|| format!("`{}` is no revision", path.display()))?))
}

/// Says what is wrong with files that are no policy.
fn say_problems(problems: &[Problem], json: bool) -> Result<Ended> {
    if json {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        say(&serde_json::to_string_pretty(&json!({ "problems": told }))?);
    } else {
        problems.iter().for_each(|problem| say(&problem.to_string()));
    }
    Ok(Ended::Badly)
}

/// How it ended, where it could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It holds: code 0.
    Well,
    /// It does not, and what was printed says why: code 1.
    Badly,
}

/// Does it, and says how it ended.
pub(crate) async fn run(policy: Policy) -> ExitCode {
    match dispatch(policy).await {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Badly) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("royal: {error:#}"));
            ExitCode::from(2)
        }
    }
}

async fn dispatch(policy: Policy) -> Result<Ended> {
    match policy {
        Policy::Check(check) => check.run(),
        Policy::Test(test) => test.run(),
        Policy::Sweep(sweep) => sweep.run(),
        Policy::Backtest(backtest) => backtest.run().await,
        Policy::Explain(explain) => explain.run().await,
        Policy::Diff(diff) => diff.run(),
        Policy::Publish(publish) => publish.run().await,
        Policy::Rollback(rollback) => rollback.run().await,
        Policy::Shadow(shadow) => shadow.run().await,
        Policy::Replay(replay) => replay.run().await,
    }
}
