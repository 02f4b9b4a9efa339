//! The table.

use crate::{counted, past, work};
use std::{
    env,
    error::Error,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Rounds of which the time is taken; the shortest one counts, as others use the machine too.
const TIMED: u32 = 30;

/// Without words the whole table; `work NAME ROUNDS FOLDER` is what valgrind is given to run.
pub(crate) fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            say(&format!("measure: {cause}"));
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), Box<dyn Error>> {
    match words {
        [work, name, rounds, folder] if work == "work" => work::run(name, rounds.parse()?, Path::new(folder)),
        [only] if only == "backtest" => backtest(&policies()),
        only => {
            table(only, &policies())?;
            if only.is_empty() { backtest(&policies()) } else { Ok(()) }
        }
    }
}

fn backtest(policies: &Path) -> Result<(), Box<dyn Error>> {
    past::told(policies)?.iter().for_each(|line| say(line));
    Ok(())
}

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

fn table(only: &[String], policies: &Path) -> Result<(), Box<dyn Error>> {
    work::same(policies)?;
    say("| what | instructions | allocations | microseconds |\n|---|---|---|---|");
    for (name, what) in work::ALL {
        if !only.is_empty() && !only.iter().any(|wanted| wanted == name) {
            continue;
        }
        let counted = counted::count(name, work::in_a_round(name), policies)?;
        let micros = shortest(name, policies)?;
        say(&format!("| {what} | {} | {} | {micros} |", counted.instructions, counted.allocations));
    }
    Ok(())
}

/// Tenths would be noise: whole microseconds of the fastest round, divided by what it makes.
fn shortest(name: &str, policies: &Path) -> Result<u128, Box<dyn Error>> {
    let took = |rounds: u32| -> Result<u128, Box<dyn Error>> {
        let start = Instant::now();
        work::run(name, rounds, policies)?;
        Ok(start.elapsed().as_nanos())
    };
    let mut best = (u128::MAX, u128::MAX);
    for _ in 0..TIMED {
        best = (best.0.min(took(1)?), best.1.min(took(11)?));
    }
    Ok(best.1.saturating_sub(best.0) / 10 / u128::from(work::in_a_round(name)) / 1_000)
}

fn say(line: &str) {
    // Nobody reads it any more where this fails.
    let _ = writeln!(io::stdout(), "{line}");
}
