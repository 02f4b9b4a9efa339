//! Instructions and allocations of a piece of work, counted by valgrind.
//!
//! The work runs once with few rounds and once with more: the difference is free of what starting costs.

use std::{env, error::Error, path::Path, process::Command};

/// Rounds of the two runs.
const ROUNDS: (u32, u32) = (2, 7);

/// What one piece of work takes.
pub(crate) struct Counted {
    /// Processor instructions.
    pub(crate) instructions: u64,
    /// Blocks of memory asked for.
    pub(crate) allocations: u64,
}

/// Counts `name`, of which a round makes `per_round`.
pub(crate) fn count(name: &str, per_round: u64, policies: &Path) -> Result<Counted, Box<dyn Error>> {
    let runs = u64::from(ROUNDS.1 - ROUNDS.0) * per_round;
    let each = |tool: &[&str], mark: &str| -> Result<u64, Box<dyn Error>> {
        let few = told(tool, mark, name, ROUNDS.0, policies)?;
        let many = told(tool, mark, name, ROUNDS.1, policies)?;
        Ok(many.saturating_sub(few) / runs)
    };
    Ok(Counted {
        instructions: each(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], "Collected : ")?,
        allocations: each(&["--tool=dhat", "--dhat-out-file=/dev/null"], " bytes in ")?,
    })
}

/// The number behind `mark` in what valgrind says.
fn told(tool: &[&str], mark: &str, name: &str, rounds: u32, policies: &Path) -> Result<u64, Box<dyn Error>> {
    let own = env::current_exe()?;
    let rounds = rounds.to_string();
    let run = Command::new("valgrind").args(tool).arg(own).args(["work", name, &rounds]).arg(policies).output();
    let run = run.map_err(|cause| format!("valgrind cannot be started, install it: {cause}"))?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let behind = said.split_once(mark).map(|(_, rest)| rest.split_whitespace().next().unwrap_or_default());
    let number = behind.map(|digits| digits.replace(',', "")).and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| format!("valgrind does not say how much `{name}` takes: {said}").into())
}
