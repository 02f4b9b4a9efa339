//! Mail through SendGrid's v3 API.
//!
//! Plain text only, without tracking: SendGrid would put its own addresses in place of ours and a picture at
//! the end. Every person gets a mail of their own, so nobody sees who else was told.

use crate::{Channel, Fault, Notice, Receipt, remote::Remote};
use async_trait::async_trait;
use domain::Role;
use runtime::{Env, config::Notices};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The most people that SendGrid takes in one request.
const MOST: usize = 1000;

/// Mail to the people of each role.
pub struct Mail {
    settings: Notices,
    pub(crate) remote: Remote,
}

impl Mail {
    /// Its name.
    pub const NAME: &'static str = "mail";
    /// The secret that it needs: a SendGrid API key with the right `mail.send` and no other.
    pub const SECRET: &'static str = "sendgrid-key";

    /// Mail with the settings, secrets, clients and breakers of `env`.
    #[must_use]
    pub fn new(env: &Env) -> Self {
        Self { settings: env.config().notices.clone(), remote: Remote::new("sendgrid", Self::SECRET, env) }
    }

    /// Who has one of these roles; the owners where nobody has.
    fn people(&self, roles: &[Role]) -> BTreeSet<&str> {
        let of = |role: &Role| self.settings.to.get(role).into_iter().flatten().map(String::as_str);
        let named: BTreeSet<&str> = roles.iter().flat_map(of).take(MOST).collect();
        if named.is_empty() { of(&Role::Owner).take(MOST).collect() } else { named }
    }

    fn body(&self, notice: &Notice, from: &str) -> Value {
        let person = |to: &str| json!({ "to": [{ "email": to }], "custom_args": { "notice": notice.key() } });
        let people: Vec<Value> = self.people(notice.roles()).into_iter().map(person).collect();
        json!({
            "personalizations": people,
            "from": { "email": from, "name": "Royal Equips Orchestrator" },
            "subject": notice.subject(),
            "content": [{ "type": "text/plain", "value": notice.plain() }],
            "categories": ["royal-notice"],
            "headers": { "Auto-Submitted": "auto-generated" },
            "tracking_settings": {
                "click_tracking": { "enable": false, "enable_text": false },
                "open_tracking": { "enable": false },
                "subscription_tracking": { "enable": false },
            },
        })
    }

    fn from(&self) -> Result<&str, Fault> {
        self.settings.from.as_deref().ok_or_else(|| Fault::Off("`ROYAL_NOTICE_FROM` is not set".to_owned()))
    }
}

#[async_trait]
impl Channel for Mail {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.from()?;
        if self.settings.to.is_empty() {
            return Err(Fault::Off("`ROYAL_NOTICE_TO` names nobody".to_owned()));
        }
        self.remote.secret().await.map(drop)
    }

    fn reaches(&self, roles: &[Role]) -> bool {
        !self.people(roles).is_empty()
    }

    async fn send(&self, notice: &Notice) -> Result<Receipt, Fault> {
        let body = self.body(notice, self.from()?);
        let url = format!("{}/v3/mail/send", self.settings.sendgrid);
        let reply = self.remote.post(|http, key| http.post(&url).bearer_auth(key.expose()).json(&body)).await?;
        Ok(Receipt { id: reply.message_id })
    }
}
