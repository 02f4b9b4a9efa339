//! The whole system on this machine.

use clap::Parser as _;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    local::run(local::Cli::parse()).await
}
