//! `royal policy replay`: judges past decisions again, each by the rules that it was made by.

use super::{
    Ended,
    remote::{Answer, Remote, at, short, text},
};
use crate::console::say;
use anyhow::Result;
use axum::http::Method;
use clap::Args;

/// What is judged again.
#[derive(Debug, Clone, Args)]
pub struct Replay {
    /// Ids of actions.
    #[arg(required = true, value_name = "ACTION")]
    actions: Vec<String>,
    #[command(flatten)]
    remote: Remote,
}

impl Replay {
    pub(super) async fn run(self) -> Result<Ended> {
        let mut all = Ended::Well;
        for action in &self.actions {
            let answer = self.remote.ask(Method::GET, &format!("actions/{action}/replay"), None).await?;
            let same = matches!(&answer, Answer::Done(told) if at(told, "/same") == true);
            let ended = self.remote.say(&answer, |told| {
                let (revision, tier) = (short(at(told, "/revision")), text(at(told, "/replayed/tier")));
                let word = if same { "the same, to the byte" } else { "NOT THE SAME" };
                say(&format!("{action}: {tier} by revision {revision}: {word}"));
            });
            if ended == Ended::Badly || !same {
                all = Ended::Badly;
            }
        }
        Ok(all)
    }
}
