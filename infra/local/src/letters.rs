//! Mail and chat of the sandbox: taken, shown at `/sandbox/outbox` beside the shop, delivered to nobody.

use crate::handler::Time;
use axum::Router;
use domain::Role;
use outbox::{Outbox, OutboxError, Settings};
use runtime::Clock as _;
use std::{collections::BTreeMap, sync::Arc};

/// The API key of the sandbox's mail. Worthless anywhere else.
pub(crate) const KEY: &str = "SG.sandbox";
/// The path of the sandbox's webhook.
const WEBHOOK: &str = "/services/T000/B000/sandbox";
/// Roles whose people have an address in the sandbox.
const PEOPLE: [Role; 5] = [Role::Owner, Role::Finance, Role::Operations, Role::Marketing, Role::Support];

/// The address of the webhook, which is its credential.
pub(crate) fn webhook(shop: &str) -> String {
    format!("{shop}{WEBHOOK}")
}

/// What the function that tells people needs, where nobody set it otherwise.
pub(crate) fn settings(vars: &mut BTreeMap<String, String>, api: &str, shop: &str) {
    let to: Vec<String> = PEOPLE.iter().map(|role| format!("{role}={role}@sandbox.example")).collect();
    let settings = [
        ("ROYAL_SENDGRID_URL", shop.to_owned()),
        ("ROYAL_NOTICE_FROM", "royal@sandbox.example".to_owned()),
        ("ROYAL_NOTICE_TO", to.join(";")),
        ("ROYAL_PAGE_URL", api.to_owned()),
    ];
    for (name, value) in settings {
        vars.entry(name.to_owned()).or_insert(value);
    }
}

/// The services that take it.
///
/// # Errors
/// When the official schema of mail cannot be used.
pub(crate) fn router(time: &Time) -> Result<Router, OutboxError> {
    let time = time.clone();
    let now = Arc::new(move || time.now());
    let settings = Settings { sendgrid_key: KEY.to_owned(), webhook: WEBHOOK.to_owned(), now };
    Ok(Outbox::new(settings)?.router())
}
