//! Keeping a message: the one write.

use crate::problem::{Kind, Problem};
use domain::{Contact, News};
use runtime::{Env, secrets::SecretError};
use store::{CommitError, news::Accepted};

/// Writes a message, with the personal part of what it is about, unless it was written before.
pub(crate) async fn keep(env: &Env, news: &News, contact: Option<&Contact>) -> Result<Accepted, Problem> {
    let kept = env.store().accept(news, contact).await.map_err(unkept)?;
    let outcome = if kept == Accepted::New { "new" } else { "before" };
    env.metrics().count("webhooks_total", 1, &[("outcome", outcome)]);
    tracing::info!(webhook.id = %news.id, webhook.topic = %news.topic, webhook.from = %news.from, outcome, "a message was kept");
    Ok(kept)
}

fn unkept(error: CommitError) -> Problem {
    match error {
        CommitError::Invalid(_) => Problem::new(Kind::Internal, "this is a fault of ours, and it has been logged"),
        _ => Problem::new(Kind::Unavailable, "the table did not answer: try again in a moment"),
    }
    .caused_by(error.to_string())
}

/// A secret that a sender's signature needs and that is not there.
pub(crate) fn unset(error: SecretError) -> Problem {
    let kind = match error {
        SecretError::Missing { .. } => Kind::NotConfigured,
        SecretError::Retry { .. } => Kind::Unavailable,
    };
    Problem::new(kind, "signatures cannot be checked now").caused_by(error.to_string())
}
