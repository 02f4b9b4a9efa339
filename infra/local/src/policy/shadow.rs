//! `royal policy shadow`: lets a draft judge beside the rules in force, without a say.

use super::{
    Ended, Folder,
    remote::{Remote, at, entries, say_moved, short, text},
};
use crate::console::say;
use anyhow::Result;
use axum::http::Method;
use clap::Args;
use serde_json::{Value, json};

/// What judges beside the rules in force. Without `--start` or `--end`, what it disagreed on is shown.
#[derive(Debug, Clone, Args)]
pub struct Shadow {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    remote: Remote,
    /// Has the files of the folder judge from now on.
    #[arg(long, conflicts_with = "end")]
    start: bool,
    /// No draft judges from now on.
    #[arg(long)]
    end: bool,
    /// Where to go on, as the page before said.
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["start", "end"])]
    cursor: Option<String>,
}

impl Shadow {
    pub(super) async fn run(self) -> Result<Ended> {
        let path = "policies/shadow";
        if self.start {
            let (files, _) = self.remote.edit(&self.folder).await?;
            if entries(&files).next().is_none() {
                say("these files decide already: there is nothing to judge beside");
                return Ok(Ended::Badly);
            }
            let answer = self.remote.ask(Method::POST, path, Some(&json!({ "files": files }))).await?;
            return Ok(self.remote.say(&answer, |told| {
                say(&format!("revision {} judges beside, and decides nothing", short(at(told, "/check/revision"))));
                say_moved(at(told, "/check"));
            }));
        }
        if self.end {
            let answer = self.remote.ask(Method::DELETE, path, None).await?;
            return Ok(self.remote.say(&answer, |_| say("no draft judges any more")));
        }
        let cursor = self.cursor.as_ref().map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let answer = self.remote.ask(Method::GET, &format!("{path}{cursor}"), None).await?;
        Ok(self.remote.say(&answer, tell))
    }
}

fn tell(told: &Value) {
    if at(told, "/revision").is_null() {
        return say("no draft judges beside the rules in force");
    }
    say(&format!("revision {} judges since {}", short(at(told, "/revision")), text(at(told, "/since"))));
    for one in entries(at(told, "/items")) {
        let amount = at(one, "/amount/amount").as_str().map(|amount| format!(" of {amount}")).unwrap_or_default();
        let (live, draft) = (text(at(one, "/live/tier")), text(at(one, "/draft/tier")));
        let (kind, id) = (text(at(one, "/actionType")), text(at(one, "/action")));
        say(&format!("  {}  {kind}{amount}: {draft} instead of {live}  ({id})", text(at(one, "/at"))));
    }
    if entries(at(told, "/items")).next().is_none() {
        say("  it agreed on everything so far");
    }
    if let Some(next) = at(told, "/next").as_str() {
        say(&format!("more: --cursor {next}"));
    }
}
