//! `just bench-growth`.

use anyhow::Result;
use bench::{args::Growth, growth};
use clap::Parser as _;

#[tokio::main]
async fn main() -> Result<()> {
    let args = Growth::parse();
    let temporary = tempfile::tempdir()?;
    let folder = args.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    growth::run(&folder, &args.sizes, args.rounds).await
}
