//! The command line.

use crate::{audit, policy};
use clap::{Args as Flags, Parser, Subcommand};
use std::path::PathBuf;

/// Runs the whole orchestrator on this machine: embedded AWS services, a sandbox shop, every function.
#[derive(Debug, Clone, Parser)]
#[command(name = "royal", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do instead of running it.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// How to run it.
    #[command(flatten)]
    pub run: Args,
}

/// What else the program can do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Checks the record, or takes it along.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Checks, tests, proves, tries, publishes and takes back the rules.
    #[command(subcommand)]
    Policy(policy::Policy),
}

/// How the system is run.
#[derive(Debug, Clone, Flags)]
pub struct Args {
    /// Supplier feed to read: a file, a folder or a URL (may be given more than once). Without it, the
    /// sample feed of the repository is read.
    #[arg(long, value_name = "FILE|URL")]
    pub feed: Vec<String>,

    /// Suppliers' performance records (CSV or JSON). Default: `suppliers.csv` beside the feed.
    #[arg(long, value_name = "FILE|URL")]
    pub suppliers: Option<String>,

    /// Trend data (CSV). Default: `trends.csv` beside the feed.
    #[arg(long, value_name = "FILE|URL")]
    pub trends: Option<String>,

    /// Currency of feeds that name none.
    #[arg(long, default_value = "EUR")]
    pub currency: String,

    /// Forget everything that earlier runs stored, and start anew.
    #[arg(long)]
    pub fresh: bool,

    /// Port of the API. The sandbox shop takes the next one, the embedded AWS services the one after.
    /// 0 takes any free ones.
    #[arg(long, default_value_t = 4700)]
    pub port: u16,

    /// Schedules run this many times faster: an hour passes in 3600/SPEED seconds.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub speed: u32,

    /// Orders a minute that invented people place in the sandbox shop, once something is on sale; 0 for none.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub orders: u32,

    /// Folder that keeps everything between runs.
    #[arg(long, default_value = ".royal", value_name = "FOLDER")]
    pub state: PathBuf,

    /// Leave the page as it is: neither Node.js nor npm is started. Without it the page is built when it is
    /// missing or older than its sources.
    #[arg(long)]
    pub no_page: bool,

    /// Folder of the policies.
    #[arg(long, value_name = "FOLDER")]
    pub policies: Option<PathBuf>,
}
