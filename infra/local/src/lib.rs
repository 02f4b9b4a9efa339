//! The whole system in one process: every function's real handler, embedded AWS services, a sandbox shop.
//!
//! Production code knows nothing of it. Only endpoint URLs and credentials differ from the cloud, and
//! both are loopback and worthless, so that nobody's real account is ever touched.

mod args;
mod audit;
mod console;
mod credentials;
mod deploy;
mod depots;
mod functions;
mod gateway;
mod handler;
mod letters;
mod page;
mod policy;
mod progress;
mod registers;
mod rehearsal;
mod server;
mod shoppers;
mod stack;
mod state;

pub use args::{Args, Cli, Command};
pub use audit::Audit;
pub use page::Page;
pub use policy::Policy;
pub use shop::SHELF;
pub use stack::{Settings, Stack};
pub use state::StateError;

use std::process::ExitCode;

/// Does what the command line says: runs the local stack until it is interrupted, if it says nothing else.
pub async fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Some(Command::Audit(audit)) => return audit::run(audit).await,
        Some(Command::Policy(policy)) => return policy::run(policy).await,
        None => console::serve(cli.run).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::say(&format!("royal: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
