//! `royal policy backtest`: what an edit would have made of past decisions.

mod asked;
mod told;

use super::{Ended, Folder, open, remote::Remote, say_problems};
use crate::console::say;
use anyhow::{Context as _, Result};
use clap::Args;
use domain::audit::EventV1;
use policy::{
    Policy,
    backtest::{Affected, Backtest as Comparison, Summary},
};
use std::{
    fs::File,
    io::{BufRead as _, BufReader, BufWriter, IsTerminal as _, Write},
    path::{Path, PathBuf},
};
use time::{Date, macros::format_description};

/// After how many decisions the count on the terminal moves on.
const STEP: u64 = 1_000;

/// What is tried, and on which decisions: those of a file (`royal audit export --decisions`), or of a running system.
#[derive(Debug, Clone, Args)]
pub struct Backtest {
    #[command(flatten)]
    folder: Folder,

    /// Folder or revision file to compare with, for --log; a running system compares with what is in force.
    #[arg(long, value_name = "FOLDER|FILE", required_unless_present = "url")]
    against: Option<PathBuf>,

    /// File of decisions, one JSON document a line.
    #[arg(long, value_name = "FILE", required_unless_present = "url", conflicts_with = "url")]
    log: Option<PathBuf>,

    /// Address of the running system whose decisions are meant.
    #[arg(long, visible_alias = "api", value_name = "URL", requires_all = ["token", "from", "to"], conflicts_with = "against")]
    url: Option<String>,

    /// File with the access token of whoever asks, for --url.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,

    /// First day of the decisions in UTC, such as 2026-11-01, for --url.
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Date>,

    /// Last day, for --url.
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Date>,

    /// File to write every affected decision to, one JSON document a line.
    #[arg(long, value_name = "FILE")]
    affected: Option<PathBuf>,

    /// Print one JSON document instead of sentences.
    #[arg(long)]
    json: bool,
}

impl Backtest {
    pub(super) async fn run(self) -> Result<Ended> {
        let found = match (&self.url, &self.against, &self.log) {
            (Some(url), _, _) => self.asked(url).await?,
            (None, Some(against), Some(log)) => {
                let (old, new) = (open(against)?, open(&self.folder.path())?);
                match (old, new) {
                    (Ok(old), Ok(new)) => self.judged(&old, &new, log)?,
                    (Err(problems), _) | (_, Err(problems)) => return say_problems(&problems, self.json),
                }
            }
            _ => anyhow::bail!("name a file of decisions with --log, or a running system with --url"),
        };
        match self.json {
            true => say(&serde_json::to_string_pretty(&found)?),
            false => told::tell(&found),
        }
        Ok(Ended::Well)
    }

    /// Of the decisions in a file.
    fn judged(&self, old: &Policy, new: &Policy, log: &Path) -> Result<Summary> {
        let file = File::open(log).with_context(|| format!("`{}` cannot be read", log.display()))?;
        let mut comparison = Comparison::new(old, new);
        let mut out = self.affected_file()?;
        let mut count = Count::default();
        for (number, line) in (1_u64..).zip(BufReader::new(file).lines()) {
            let line = line.with_context(|| format!("`{}` line {number} cannot be read", log.display()))?;
            if line.trim().is_empty() {
                continue;
            }
            let event: EventV1 = serde_json::from_str(&line)
                .with_context(|| format!("`{}` line {number} is no decision", log.display()))?;
            if let (Some(one), Some(out)) = (comparison.add(&event), &mut out) {
                write(out, &one)?;
            }
            count.at(comparison.so_far().seen());
        }
        count.done();
        out.as_mut().map_or(Ok(()), Write::flush).context("the affected decisions cannot be written")?;
        Ok(comparison.summary())
    }

    /// Of those of a running system, piece by piece.
    async fn asked(&self, url: &str) -> Result<Summary> {
        let token = self.token.clone().context("--url needs --token")?;
        let days = self.from.zip(self.to).context("--url needs --from and --to")?;
        let remote = Remote { url: url.to_owned(), token, json: self.json };
        let mut count = Count::default();
        let found = asked::all(&remote, &self.folder, days, |seen| count.at(seen)).await?;
        count.done();
        if let Some(mut out) = self.affected_file()? {
            found.affected.iter().try_for_each(|one| write(&mut out, one))?;
            out.flush().context("the affected decisions cannot be written")?;
        }
        Ok(found)
    }

    fn affected_file(&self) -> Result<Option<BufWriter<File>>> {
        let create = |path: &PathBuf| {
            File::create(path).map(BufWriter::new).with_context(|| format!("`{}` cannot be written", path.display()))
        };
        self.affected.as_ref().map(create).transpose()
    }
}

fn write(out: &mut BufWriter<File>, one: &Affected) -> Result<()> {
    serde_json::to_writer(&mut *out, one)?;
    out.write_all(b"\n").context("the affected decisions cannot be written")
}

/// How many were compared, while somebody looks on.
#[derive(Default)]
struct Count(u64);

impl Count {
    fn at(&mut self, seen: u64) {
        if seen / STEP > self.0 / STEP {
            show(&format!("\r{seen} decisions"));
        }
        self.0 = seen;
    }

    fn done(&self) {
        if self.0 >= STEP {
            show("\r\u{1b}[K");
        }
    }
}

fn show(text: &str) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        // Nobody needs it where it cannot be shown.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}

fn day(text: &str) -> Result<Date, String> {
    let known = Date::parse(text, format_description!("[year]-[month]-[day]"));
    known.map_err(|_| format!("`{text}` is no day: write it as 2026-11-20"))
}
