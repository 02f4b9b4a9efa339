//! Chat through a Slack incoming webhook.
//!
//! The webhook's address is the credential: whoever has it can write to the channel, so it is kept as a secret
//! and never logged. Everybody in the channel reads every notice, whatever roles it is for.

use crate::{Channel, Fault, Notice, Receipt, inert::for_slack, notice::DECIDES_NOTHING, remote::Remote};
use async_trait::async_trait;
use domain::Role;
use runtime::Env;
use serde_json::{Value, json};

/// The longest texts that Slack takes: a header, and any other.
const HEADER: usize = 150;
const TEXT: usize = 3000;

/// Notices in one channel of a Slack workspace.
pub struct Chat {
    pub(crate) remote: Remote,
}

impl Chat {
    /// Its name.
    pub const NAME: &'static str = "chat";
    /// The secret that it needs: the address of an incoming webhook.
    pub const SECRET: &'static str = "slack-webhook";

    /// Chat with the secrets, clients and breakers of `env`.
    #[must_use]
    pub fn new(env: &Env) -> Self {
        Self { remote: Remote::new("slack", Self::SECRET, env) }
    }
}

/// Text as Slack shows it: as it is, without emphasis, links, mentions or pictures for words in colons.
fn plain(text: &str, most: usize) -> Value {
    json!({ "type": "plain_text", "text": for_slack(text, most), "emoji": false })
}

/// The message. The first `text` is what a phone shows on its locked screen.
fn body(notice: &Notice) -> Value {
    let section = |text: &str| json!({ "type": "section", "text": plain(text, TEXT) });
    let link = notice.link().map(|link| {
        let text = format!("<{}|The card, after signing in>", for_slack(link, TEXT / 2));
        json!({ "type": "section", "text": { "type": "mrkdwn", "text": text, "verbatim": true } })
    });
    let ours = notice.ours();
    let ours = (!ours.is_empty()).then(|| section(&ours));
    let agents = notice.agents().map(|words| section(&words));
    let end = json!({ "type": "context", "elements": [plain(DECIDES_NOTHING, TEXT)] });
    let head = json!({ "type": "header", "text": plain(notice.subject(), HEADER) });
    let blocks: Vec<Value> = [Some(head), ours, agents, link, Some(end)].into_iter().flatten().collect();
    json!({
        "text": for_slack(notice.subject(), HEADER),
        "mrkdwn": false,
        "blocks": blocks,
        "unfurl_links": false,
        "unfurl_media": false,
    })
}

#[async_trait]
impl Channel for Chat {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.remote.secret().await.map(drop)
    }

    fn reaches(&self, _roles: &[Role]) -> bool {
        true
    }

    async fn send(&self, notice: &Notice) -> Result<Receipt, Fault> {
        let body = body(notice);
        self.remote.post(|http, webhook| http.post(webhook.expose()).json(&body)).await?;
        // Slack answers `ok` and names nothing.
        Ok(Receipt { id: None })
    }
}
