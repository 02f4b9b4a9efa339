//! What is printed: one table in Markdown, each figure beside that of the least function.

use crate::measure::Figures;
use std::{io::Write as _, time::Duration};

/// Prints one line.
pub fn say(line: &str) {
    // A closed terminal must not stop a measurement.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// The table; the first row is what the others are compared with.
pub fn table(all: &[Figures]) {
    say(
        "| function | MB | zip MB | init ms | × | uncached ms | × | init CPU ms | × | first ms | first CPU ms | again CPU ms | MB ready | MB peak | |",
    );
    say("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let Some(least) = all.first() else { return };
    for figures in all {
        say(&row(figures, least));
    }
}

fn row(figures: &Figures, least: &Figures) -> String {
    let (init, uncached, cpu) = (median(&figures.init), median(&figures.uncached), median(&figures.init_cpu));
    let cells = [
        hundredths(figures.bytes / 10_000),
        hundredths(figures.zipped / 10_000),
        millis(init),
        ratio(init, median(&least.init)),
        millis(uncached),
        ratio(uncached, median(&least.uncached)),
        millis(cpu),
        ratio(cpu, median(&least.init_cpu)),
        millis(median(&figures.first)),
        millis(median(&figures.first_cpu)),
        millis(median(&figures.again_cpu)),
        hundredths(figures.ready_kb * 100 / 1024),
        hundredths(figures.peak_kb * 100 / 1024),
        if figures.answered { String::new() } else { "error reported".to_owned() },
    ];
    format!("| {} | {} |", figures.name, cells.join(" | "))
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> String {
    hundredths(u64::try_from(time.as_micros() / 10).unwrap_or(u64::MAX))
}

fn ratio(time: Duration, least: Duration) -> String {
    let times = time.as_nanos() * 100 / least.as_nanos().max(1);
    hundredths(u64::try_from(times).unwrap_or(u64::MAX))
}

fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
