//! A sandbox of mail and chat: a local server that speaks SendGrid's `POST /v3/mail/send` and Slack's incoming
//! webhooks, delivers nothing, and shows what it was sent at `/sandbox/outbox`.
//!
//! Why it exists: a client is only proven against something that refuses what the real service refuses. Mail is
//! validated against SendGrid's official schema and the rules that no schema expresses; chat against the limits
//! of Block Kit. `POST /sandbox/outbox/faults` makes it misbehave on purpose.

mod faults;
mod kept;
mod page;
mod sendgrid;
mod server;
mod slack;

pub use faults::{Fault, FaultKind};
pub use kept::{Message, Service};
pub use server::{Outbox, Settings};

/// Why the sandbox cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// SendGrid's schema, which this crate carries, cannot be used.
    #[error("the schema of mail cannot be used: {0}")]
    Schema(String),
}
