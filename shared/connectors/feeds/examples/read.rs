//! Reads a feed and tells what is in it: `cargo run -p feeds --example read -- SOURCE [CURRENCY]`.
//!
//! Prints every problem, the first products, totals, and the memory that it took.

#![allow(clippy::print_stdout, reason = "a program for a person at a terminal")]

use feeds::{Options, Reader, Source};
use std::{error::Error, time::Duration};

const SHOWN: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source: Source = arguments.next().ok_or("name a file, a folder or an address")?.parse()?;
    let currency = arguments.next().as_deref().unwrap_or("EUR").parse()?;
    let options = Options { currency: Some(currency), ..Options::default() };
    let client = reqwest::Client::builder().connect_timeout(Duration::from_secs(10)).build()?;
    let mut reader = feeds::open(&source, &options, &client).await?;
    let (items, problems) = read(&mut reader);
    println!("{items} products, {problems} problems, at most {:?} held", reader.peak());
    for skipped in reader.skipped() {
        println!("skipped `{}`: {}", skipped.file, skipped.reason);
    }
    for unknown in reader.unknown_fields() {
        println!("unknown field `{}` in `{}`", unknown.name, unknown.file);
    }
    println!("{}", memory().unwrap_or_default());
    Ok(())
}

fn read(reader: &mut Reader) -> (usize, usize) {
    let (mut items, mut problems) = (0, 0);
    for read in reader {
        match read {
            Ok(item) => {
                if items < SHOWN {
                    println!("{item:?}");
                }
                items += 1;
            }
            Err(problem) => {
                println!("{problem}");
                problems += 1;
            }
        }
    }
    (items, problems)
}

/// The largest resident set of this process so far, as the kernel tells it.
fn memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmHWM")).map(str::to_owned)
}
