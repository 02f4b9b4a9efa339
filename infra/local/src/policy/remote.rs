//! Asking a running system.

use super::{Ended, Folder};
use crate::console::say;
use anyhow::{Context as _, Result, bail};
use axum::http::Method;
use clap::Args;
use policy::Draft;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Which system is asked, and by whom.
#[derive(Debug, Clone, Args)]
pub(crate) struct Remote {
    /// Address of the running system.
    #[arg(long, value_name = "URL")]
    pub(super) url: String,
    /// File with the access token of whoever asks.
    #[arg(long, value_name = "FILE")]
    pub(super) token: PathBuf,
    /// Answers as JSON, for machines.
    #[arg(long)]
    pub(super) json: bool,
}

/// What a system answered.
pub(super) enum Answer {
    /// It did as asked.
    Done(Value),
    /// It refused, and says why.
    Refused(Value),
}

impl Remote {
    /// Asks for `path` below `/api/v1/`.
    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer> {
        let token = std::fs::read_to_string(&self.token);
        let token = token.with_context(|| format!("`{}` cannot be read", self.token.display()))?;
        let base = self.url.trim_end_matches('/');
        let request = runtime::http::client()?.request(method, format!("{base}/api/v1/{path}"));
        let request = request.bearer_auth(token.trim());
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        let answer = request.send().await.with_context(|| format!("{base} does not answer"))?;
        let (status, text) = (answer.status(), answer.text().await?);
        let told: Value =
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(json!(text)) };
        match status.as_u16() {
            200..=299 => Ok(Answer::Done(told)),
            400..=499 if at(&told, "/type").is_string() => Ok(Answer::Refused(told)),
            _ => bail!("{base} answers {status}: {text}"),
        }
    }

    /// What is read at `path`.
    pub(super) async fn read(&self, path: &str) -> Result<Value> {
        match self.ask(Method::GET, path, None).await? {
            Answer::Done(told) => Ok(told),
            Answer::Refused(problem) => bail!("{}", words(&problem)),
        }
    }

    /// Says what came of it: as JSON where that is wanted, else in the words of `tell`.
    pub(super) fn say(&self, answer: &Answer, tell: impl FnOnce(&Value)) -> Ended {
        let (told, ended) = match answer {
            Answer::Done(told) => (told, Ended::Well),
            Answer::Refused(problem) => (problem, Ended::Badly),
        };
        match ended {
            _ if self.json => say(&format!("{told:#}")),
            Ended::Well => tell(told),
            Ended::Badly => say(&words(told)),
        }
        ended
    }

    /// The files of `folder` that differ from those in force, and the revision in force.
    pub(super) async fn edit(&self, folder: &Folder) -> Result<(Value, String)> {
        let draft = Draft::read(&folder.path())?;
        let now = self.read("policies").await?;
        let old: Vec<(&str, &str)> =
            entries(at(&now, "/sources")).map(|file| (text(at(file, "/name")), text(at(file, "/text")))).collect();
        if let Some((name, _)) = old.iter().find(|(name, _)| !draft.has(name)) {
            bail!(
                "`{name}` is in force and not in `{}`: empty a file instead of leaving it out",
                folder.path().display()
            );
        }
        let files = draft.files();
        let differs = files.iter().filter(|file| !old.contains(&(file.name.as_str(), file.text.as_str())));
        let edit: Vec<Value> = differs.map(|file| json!({ "name": file.name, "text": file.text })).collect();
        Ok((edit.into(), text(at(&now, "/revision")).to_owned()))
    }
}

/// The numbers that an edit changes, a line each.
pub(super) fn say_moved(check: &Value) {
    let told = |value: &Value| if value.is_null() { "nothing".to_owned() } else { value.to_string() };
    for moved in entries(at(check, "/moved")) {
        say(&format!(
            "  {}: {} instead of {}",
            text(at(moved, "/path")),
            told(at(moved, "/to")),
            told(at(moved, "/from"))
        ));
    }
}

/// The first digits of a revision: enough to tell it from others.
pub(super) fn short(revision: &Value) -> &str {
    let revision = text(revision);
    revision.get(..12).unwrap_or(revision)
}

/// What stands at a pointer; `null` where nothing does.
pub(super) fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A refusal in words: what is wrong, and with each part of it what to do.
fn words(problem: &Value) -> String {
    let mut lines = vec![text(at(problem, "/detail")).to_owned()];
    for wrong in entries(at(problem, "/problems")) {
        let place =
            |name: &str| wrong.get(name).and_then(Value::as_u64).map(|at| format!(" {name} {at}")).unwrap_or_default();
        let (line, column) = (place("line"), place("column"));
        let (file, what, fix) = (text(at(wrong, "/file")), text(at(wrong, "/what")), text(at(wrong, "/fix")));
        lines.push(format!("  `{file}`{line}{column}: {what}; {fix}"));
    }
    let fixes = entries(at(problem, "/errors"))
        .map(|error| format!("  {}: {}", text(at(error, "/field")), text(at(error, "/fix"))));
    lines.extend(fixes.filter(|_| at(problem, "/problems").is_null()));
    lines.join("\n")
}
