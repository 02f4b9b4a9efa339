//! Telling people: mail through SendGrid and chat through a Slack webhook, behind one port.
//!
//! A notice opens a card and decides nothing: its only link is the card's address, without a token. What an
//! agent or a feed wrote comes to people as inert text ([`inert`]): no markup, no link, nothing hidden, no
//! line that could pass for one of ours.
//!
//! Neither service knows an idempotency key, so every failure says whether the notice may have gone out all the
//! same ([`Fault::Doubt`]). Only what certainly was not sent is tried again here; the rest is for whoever keeps
//! the outbox to decide.

mod channel;
mod chat;
pub mod inert;
mod mail;
mod notice;
mod remote;
#[cfg(test)]
mod tests;

pub use channel::{Channel, Fault, Receipt};
pub use chat::Chat;
pub use mail::Mail;
pub use notice::Notice;

use runtime::Env;
use std::sync::Arc;

/// The channels that the settings name, in their order.
#[must_use]
pub fn channels(env: &Env) -> Vec<Arc<dyn Channel>> {
    let one = |name: &String| -> Option<Arc<dyn Channel>> {
        match name.as_str() {
            Mail::NAME => Some(Arc::new(Mail::new(env))),
            Chat::NAME => Some(Arc::new(Chat::new(env))),
            _ => None,
        }
    };
    env.config().notices.channels.iter().filter_map(one).collect()
}
