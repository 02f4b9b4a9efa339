//! Tracing as lines on an output, with personal data and credentials masked.
//!
//! Every line passes one choke point: `tracing-subscriber` formats it as JSON, and before it is written the
//! JSON is read again, masked value by value and written as JSON (for CloudWatch) or as a readable line (for
//! the local stack). So no event, span, dependency or panic message goes around the mask, and what is
//! written stays valid JSON. What is masked and what is left alone is told in [`mask`].

mod line;

pub use ::mask;

use line::{Form, Lines};
use std::io::{self, Write};
use tracing::Subscriber;
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt as _,
    registry,
    util::SubscriberInitExt as _,
};

/// Variable with the least level that is logged, by target if wanted: `info`, `info,gate=debug`.
const LEVEL: &str = "ROYAL_LOG";

/// Logs JSON lines to stdout from now on. A second call changes nothing.
pub fn init() {
    start(Form::Json, io::stdout());
}

/// Logs readable lines to `out` (a file, stderr) from now on, for the local stack. A second call changes
/// nothing.
pub fn init_pretty(out: impl Write + Send + 'static) {
    start(Form::Readable, out);
}

fn start(form: Form, out: impl Write + Send + 'static) {
    #[allow(
        clippy::disallowed_methods,
        reason = "logging starts before the configuration is read, to tell what is wrong with it"
    )]
    let wanted = std::env::var(LEVEL).unwrap_or_default();
    let (filter, problem) = filter(&wanted);
    if subscriber(filter, form, out).try_init().is_err() {
        return;
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "the program panicked")));
    if let Some(problem) = problem {
        tracing::warn!("`{LEVEL}`: {problem}; the level is `info`");
    }
}

/// What `wanted` lets through, or `info` and what is wrong with `wanted`.
fn filter(wanted: &str) -> (Targets, Option<String>) {
    let info = Targets::new().with_default(LevelFilter::INFO);
    if wanted.trim().is_empty() {
        return (info, None);
    }
    match wanted.parse() {
        Ok(filter) => (filter, None),
        Err(error) => (info, Some(format!("`{wanted}`: {error}"))),
    }
}

fn subscriber(filter: Targets, form: Form, out: impl Write + Send + 'static) -> impl Subscriber + Send + Sync {
    let lines = fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(true)
        .with_writer(Lines::new(form, out));
    registry().with(filter).with(lines)
}

#[cfg(test)]
mod tests;
