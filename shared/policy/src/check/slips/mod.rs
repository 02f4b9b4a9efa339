//! Slips of the pen in a file that does not parse, found by reading it as whoever edits it does: line by line.
//!
//! The parser names the place where it gave up, which is often a line too late; this names the place of the slip.

mod signs;
mod table;
mod tokens;

use crate::{Problem, source::Source};

/// Files that are tables only, so that a line can be read by itself.
const TABLES: [&str; 4] = ["royal/thresholds.rego", "royal/lists.rego", "royal/actions.rego", "royal/rights.rego"];

/// What is wrong, and what to do about it.
pub(super) struct Slip {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) what: String,
    pub(super) fix: String,
}

/// The first slip, if it is one of those that people make.
pub(super) fn first(source: &Source) -> Option<Problem> {
    let slip = signs::first(&source.text).or_else(|| {
        let of_table = TABLES.contains(&source.name.as_str());
        of_table.then(|| table::first(&source.text)).flatten()
    })?;
    let Slip { line, column, what, fix } = slip;
    Some(Problem { file: source.name.clone(), line, column, what, fix })
}
