//! `royal policy rollback`: puts an earlier revision back in force, at once.

use super::{
    Ended,
    remote::{Remote, at, entries, short, text},
};
use crate::console::say;
use anyhow::{Context as _, Result, bail};
use axum::http::Method;
use clap::Args;
use serde_json::{Value, json};

/// What is put back.
#[derive(Debug, Clone, Args)]
pub struct Rollback {
    /// The revision, or its first digits; the one before the one that decides if not given.
    revision: Option<String>,
    /// Why, for the record.
    #[arg(long, value_name = "TEXT", required_unless_present = "list")]
    reason: Option<String>,
    /// Shows the revisions that can be put back, and changes nothing.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    remote: Remote,
}

impl Rollback {
    pub(super) async fn run(self) -> Result<Ended> {
        let known = self.remote.read("policies/revisions?status=PUBLISHED&limit=200").await?;
        if self.list {
            tell(&known);
            return Ok(Ended::Well);
        }
        let revision = match &self.revision {
            Some(begin) => find(&known, begin)?,
            None => text(at(&known, "/inForce/before")).to_owned(),
        };
        if revision.is_empty() {
            bail!("nothing decided before: name a revision (--list shows them)");
        }
        let body = json!({ "revision": revision, "reason": self.reason.unwrap_or_default() });
        let answer = self.remote.ask(Method::POST, "policies/rollback", Some(&body)).await?;
        Ok(self.remote.say(&answer, |told| {
            say(&format!("revision {} decides, everywhere within seconds", short(at(told, "/live/revision"))));
        }))
    }
}

/// The only published revision that begins like this.
fn find(known: &Value, begin: &str) -> Result<String> {
    let mut found =
        entries(at(known, "/items")).map(|row| text(at(row, "/revision"))).filter(|name| name.starts_with(begin));
    let first = found.next().with_context(|| format!("no published revision begins with `{begin}` (--list)"))?;
    match found.next() {
        Some(_) => bail!("more than one published revision begins with `{begin}`: give more of it"),
        None => Ok(first.to_owned()),
    }
}

fn tell(known: &Value) {
    let live = at(known, "/inForce/live/revision");
    for row in entries(at(known, "/items")) {
        let decides = if at(row, "/revision") == live { "  decides" } else { "" };
        let (since, by) = (text(at(row, "/published")), text(at(row, "/by")));
        say(&format!("{}  published {since}, kept by {by}{decides}", short(at(row, "/revision"))));
    }
}
