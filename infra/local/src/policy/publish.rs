//! `royal policy publish`: asks for the files of a folder to decide. Others have to agree.

use super::{
    Ended, Folder,
    remote::{Remote, at, entries, say_moved, short, text},
};
use crate::console::say;
use anyhow::Result;
use axum::http::Method;
use clap::Args;
use serde_json::{Value, json};

/// What is published.
#[derive(Debug, Clone, Args)]
pub struct Publish {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    remote: Remote,
    /// Why, for whoever decides.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// From when on they are to decide, such as `2027-01-01T00:00:00Z`; as soon as it is agreed to if not given.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
}

impl Publish {
    pub(super) async fn run(self) -> Result<Ended> {
        let (files, replaces) = self.remote.edit(&self.folder).await?;
        if entries(&files).next().is_none() {
            say("these files decide already: there is nothing to publish");
            return Ok(Ended::Badly);
        }
        let mut body = json!({ "files": files, "replaces": replaces, "reason": self.reason });
        if let (Some(from), Some(fields)) = (self.from, body.as_object_mut()) {
            fields.insert("effectiveFrom".to_owned(), from.into());
        }
        let answer = self.remote.ask(Method::PUT, "policies", Some(&body)).await?;
        Ok(self.remote.say(&answer, tell))
    }
}

fn tell(told: &Value) {
    let check = at(told, "/check");
    say(&format!("revision {} waits as action {}", short(at(check, "/revision")), text(at(told, "/id"))));
    say_moved(check);
    for line in entries(at(told, "/evidence")) {
        say(&format!("  {}", text(line)));
    }
    say(text(at(told, "/note")));
}
