//! `just bench-cold`.

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use cold::{
    functions::{self, Binary},
    measure, report,
    world::World,
};
use serde_json::json;
use std::path::PathBuf;

/// Starts the real binaries of functions and measures how soon they are ready, beside the least function.
#[derive(Debug, Parser)]
#[command(name = "bench-cold")]
struct Args {
    /// Folder of the binaries that are in the zips.
    #[arg(long, default_value = "target/x86_64-unknown-linux-gnu/lambda")]
    binaries: PathBuf,
    /// What is deployed as `ROYAL_POLICIES`: a bundle, or a folder.
    #[arg(long, default_value = "target/lambda/policies/policies.bundle")]
    policies: PathBuf,
    /// Starts of each binary, and as many with the file not in the page cache.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Only these functions.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let (mut binaries, missing) = functions::all(&args.binaries)?;
    binaries.retain(|binary| args.only.is_empty() || args.only.contains(&binary.name));
    ensure!(!binaries.is_empty(), "`{}` holds no binary of a function: `just build`", args.binaries.display());
    let hello = args.binaries.join("hello");
    ensure!(hello.is_file(), "`{}` is not there: build it with the same profile", hello.display());
    binaries.insert(0, Binary { name: "hello".to_owned(), path: hello, event: json!({}) });
    let policies = args.policies.canonicalize().with_context(|| args.policies.display().to_string())?;
    let world = World::start(&policies).await?;
    report::table(&measure::run(&binaries, &world, args.rounds).await?);
    if !missing.is_empty() && args.only.is_empty() {
        report::say(&format!("\nnot built: {}", missing.join(", ")));
    }
    Ok(())
}
