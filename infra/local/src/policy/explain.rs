//! `royal policy explain`.

mod record;

use super::{
    Ended, Folder, read,
    remote::{Answer, Remote, at, entries, text},
    say_problems,
};
use crate::console::say;
use anyhow::{Context as _, Result, bail};
use axum::http::Method;
use clap::Args;
use domain::{Action, ActionId, text::Lang};
use policy::{AgentFacts, Context, Explanation, Input};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use time::OffsetDateTime;

/// What is explained.
#[derive(Debug, Clone, Args)]
pub struct Explain {
    /// Id of an action that was decided: in the state folder of a run that has stopped, or in a running system (--url).
    #[arg(value_name = "ACTION", required_unless_present = "input")]
    action: Option<ActionId>,
    /// File with a proposal instead: an action as the API takes it, the facts as the rules see them, or a line of the
    /// decision log.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["action", "url"])]
    input: Option<PathBuf>,
    #[command(flatten)]
    folder: Folder,
    /// Folder of a local run that has stopped.
    #[arg(long, default_value = ".royal", value_name = "FOLDER")]
    state: PathBuf,
    /// Address of a running system, instead of a folder.
    #[arg(long, value_name = "URL", requires = "token", conflicts_with = "state")]
    url: Option<String>,
    /// File with the access token of whoever asks, for --url.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
    /// For machines: one object.
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(super) async fn run(self) -> Result<Ended> {
        match (&self.input, self.action, &self.url, &self.token) {
            (Some(file), ..) => self.of_file(file),
            (None, Some(action), Some(url), Some(token)) => {
                let remote = Remote { url: url.clone(), token: token.clone(), json: self.json };
                let asked = remote.ask(Method::POST, "policies/explain", Some(&json!({ "id": action }))).await?;
                Ok(told(&remote, &asked))
            }
            (None, Some(action), ..) => self.told(&record::explained(&self.state, action).await?),
            (None, None, ..) => bail!("name an action, or a file with --input"),
        }
    }

    fn of_file(&self, file: &Path) -> Result<Ended> {
        let policy = match read(&self.folder.path())?.compile() {
            Ok(policy) => policy,
            Err(problems) => return say_problems(&problems, self.json),
        };
        self.told(&policy.explain(&seen(file)?, OffsetDateTime::UNIX_EPOCH))
    }

    fn told(&self, why: &Explanation) -> Result<Ended> {
        if self.json {
            say(&serde_json::to_string_pretty(why)?);
        } else {
            why.lines(Lang::En).iter().for_each(|line| say(line));
        }
        Ok(Ended::Well)
    }
}

/// A proposal as somebody writes it.
#[derive(Deserialize)]
struct Proposed {
    action: Action,
    #[serde(default = "person")]
    agent: AgentFacts,
    #[serde(default, alias = "facts")]
    context: Context,
    #[serde(default)]
    confidence: Option<u8>,
}

fn person() -> AgentFacts {
    AgentFacts { name: "api".to_owned(), cluster: "api".to_owned(), probation: false }
}

/// What the rules would see of what stands in a file.
fn seen(file: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    let value: Value = serde_json::from_str(&text).with_context(|| format!("`{}` is not JSON", file.display()))?;
    let value = value.get("input").filter(|input| input.is_object()).cloned().unwrap_or(value);
    if let Ok(Proposed { action, agent, context, confidence }) = Proposed::deserialize(&value) {
        let input = Input { action: action.facts(), agent, context, confidence };
        return Ok(serde_json::from_str(&input.seen())?);
    }
    if value.pointer("/action/type").is_none_or(|kind| !kind.is_string()) {
        bail!("`{}` says nothing of an `action` with its `type`", file.display());
    }
    Ok(value)
}

/// What a running system answers.
fn told(remote: &Remote, answer: &Answer) -> Ended {
    remote.say(answer, |said| {
        say(text(at(said, "/decision/tier")));
        for reason in entries(at(said, "/decision/reasons")) {
            say(&format!("  {}: {}", text(at(reason, "/tier")), text(at(reason, "/text"))));
            let of_reason = entries(at(said, "/rules")).filter(|rule| at(rule, "/code") == at(reason, "/code"));
            of_reason.for_each(|rule| {
                say(&format!(
                    "    rule:   {}, {}:{}",
                    text(at(rule, "/rule")),
                    text(at(rule, "/file")),
                    at(rule, "/line")
                ));
            });
        }
        for way in entries(at(said, "/instead")) {
            let changes = entries(at(way, "/changes"));
            let changes = changes.map(|one| {
                format!("{} were {} instead of {}", text(at(one, "/field")), at(one, "/instead"), at(one, "/value"))
            });
            say(&format!("  {} if {}", text(at(way, "/tier")), changes.collect::<Vec<_>>().join(", and ")));
        }
    })
}
