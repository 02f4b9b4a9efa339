//! The whole system in one process: every function's real handler, embedded AWS services, a sandbox shop.
//!
//! Production code knows nothing of it. Only endpoint URLs and credentials differ from the cloud, and
//! both are loopback and worthless, so that nobody's real account is ever touched.

mod args;
mod console;
mod deploy;
mod functions;
mod handler;
mod progress;
mod rehearsal;
mod server;
mod stack;
mod state;

pub use args::Args;
pub use stack::{Settings, Stack};
pub use state::StateError;

use std::process::ExitCode;

/// Runs the local stack until it is interrupted.
pub async fn run(args: Args) -> ExitCode {
    match console::serve(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::say(&format!("royal: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
