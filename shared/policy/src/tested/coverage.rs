//! Which lines of rules the tests read.

use crate::source::Source;
use regorus::Engine;
use serde::Serialize;

/// The lines of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Covered {
    /// The file.
    pub file: String,
    /// Lines on which something is worked out.
    pub lines: u32,
    /// Those of them that no test reads.
    pub open: Vec<u32>,
}

#[cfg(any(test, feature = "coverage"))]
pub(super) fn start(engine: &mut Engine) {
    engine.set_enable_coverage(true);
}

#[cfg(not(any(test, feature = "coverage")))]
pub(super) const fn start(_: &mut Engine) {}

/// The lines of every file of `sources` that has rules; tables have none that could be read or not.
#[cfg(any(test, feature = "coverage"))]
pub(super) fn of(engine: &Engine, sources: &[Source]) -> Vec<Covered> {
    let files = engine.get_coverage_report().map(|report| report.files).unwrap_or_default();
    let rules = files.into_iter().filter(|file| sources.iter().any(|source| source.name == file.path));
    let covered = rules.map(|file| {
        // One expression of a line that was read is enough for the line.
        let open: Vec<u32> = file.not_covered.difference(&file.covered).copied().collect();
        let lines = file.covered.len() + open.len();
        Covered { file: file.path, lines: u32::try_from(lines).unwrap_or(u32::MAX), open }
    });
    covered.collect()
}

#[cfg(not(any(test, feature = "coverage")))]
pub(super) const fn of(_: &Engine, _: &[Source]) -> Vec<Covered> {
    Vec::new()
}
