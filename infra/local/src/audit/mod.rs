//! The record outside the system: checked from files alone, and written to files.

mod export;
mod verify;

use crate::console::say;
use clap::{Args, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use time::{Date, macros::format_description};

/// What can be done with the record.
#[derive(Debug, Clone, Subcommand)]
pub enum Audit {
    /// Checks exports of the record with nothing else at hand. Ends with 0 where everything holds, with 1 where
    /// something was changed, removed, added or moved, with 2 where a file cannot be read.
    Verify {
        /// Files of JSON lines, as `royal audit export` and `GET audit/export` write them; `-` for the input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Writes the record of some days as JSON lines, out of a state folder that no run uses, or over the API.
    Export(Export),
}

/// What is written, and from where.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// The day (UTC), such as 2026-11-20.
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub day: Date,

    /// The last day, where more than one is wanted.
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub to: Option<Date>,

    /// Folder of a local run that has stopped.
    #[arg(long, default_value = ".royal", value_name = "FOLDER")]
    pub state: PathBuf,

    /// Base address of a running system's API, such as http://127.0.0.1:4700, instead of a folder.
    #[arg(long, conflicts_with = "state", requires = "token", value_name = "URL")]
    pub url: Option<String>,

    /// File with the access token of a person who may export, for --url.
    #[arg(long, value_name = "FILE")]
    pub token: Option<PathBuf>,

    /// Policy's decisions, under the names of Open Policy Agent's decision log, instead of the record.
    #[arg(long)]
    pub decisions: bool,

    /// File to write; the output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Does it, and says how it ended.
pub(crate) async fn run(audit: Audit) -> ExitCode {
    match audit {
        Audit::Verify { files } => {
            let (told, code) = verify::verify(&files);
            told.iter().for_each(|line| say(line));
            ExitCode::from(code)
        }
        Audit::Export(wanted) => match export::export(&wanted).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&format!("royal: {error:#}"));
                ExitCode::from(2)
            }
        },
    }
}

fn day(text: &str) -> Result<Date, String> {
    let known = Date::parse(text, format_description!("[year]-[month]-[day]"));
    known.map_err(|_| format!("`{text}` is no day: write it as 2026-11-20"))
}
