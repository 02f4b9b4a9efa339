//! What is printed: tables in Markdown.

use crate::{
    disk::Bytes,
    load::Run,
    prices,
    times::{millis, per_second, thousandths},
    usage::Usage,
};
use std::io::Write as _;

/// Prints one line.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed terminal must not stop a measurement.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Passes on what a function complained of.
pub fn complain(target: &str, message: &str) {
    // As above.
    let _ = writeln!(std::io::stderr().lock(), "{target}: {message}");
}

/// The table of gates by number of clients.
pub fn gates(runs: &[Run]) {
    say("\n## Gates\n");
    say("Milliseconds are p50 / p99.\n");
    say(
        "| clients | gates | gates/s | floor/s | CPU ms/gate | of it the engine | propose | policy | approve | executed | whole |",
    );
    say("|---|---|---|---|---|---|---|---|---|---|---|");
    for run in runs {
        let s = &run.stages;
        let cells = [&s.proposed, &s.decided, &s.approved, &s.executed, &s.whole]
            .map(|times| format!("{} / {}", millis(times.percentile(50)), millis(times.percentile(99))));
        say(&format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            run.clients,
            run.gates,
            thousandths(per_second(run.gates, run.took)),
            run.floor.map_or_else(|| "-".to_owned(), thousandths),
            thousandths(run.cpu_millis * 1000 / run.gates.max(1)),
            thousandths(run.engine_millis * 1000 / run.gates.max(1)),
            cells.join(" | ")
        ));
    }
}

/// What was called and what it would cost.
pub fn usage(clients: usize, gates: u64, usage: &Usage) {
    say(&format!("\n## Requests for a gate, {clients} clients\n"));
    say("| request | for a gate |");
    say("|---|---|");
    let each = |total: u64| thousandths_exact(total * 1000 / gates.max(1));
    for (name, count) in &usage.calls {
        say(&format!("| {name} | {} |", each(*count)));
    }
    for (name, count) in usage.functions() {
        say(&format!("| Lambda.{name} | {} |", each(count)));
    }
    say(&format!("| HTTP requests to the API | {} |", each(usage.http)));
    let bill = prices::bill(&usage.billed(gates));
    say("\n| billed | for a gate | a million gates, $ |");
    say("|---|---|---|");
    for line in &bill {
        say(&format!("| {} | {} | {} |", line.what, thousandths_exact(line.each), dollars(line.cost)));
    }
    let sum: u64 = bill.iter().map(|line| line.cost).sum();
    say(&format!("| **sum** | | **{}** |", dollars(sum)));
}

/// Bytes on disk for a gate.
pub fn bytes(gates: u64, bytes: &Bytes) {
    say("\n## Bytes for a gate\n");
    say("| where | bytes |");
    say("|---|---|");
    for (name, grown) in &bytes.stored {
        say(&format!("| {name} | {} |", grown / gates.max(1)));
    }
    let sum: u64 = bytes.stored.values().sum();
    say(&format!("| **sum** | **{}** |", sum / gates.max(1)));
    say("\n| rows | for a gate | JSON bytes of one |");
    say("|---|---|---|");
    for (kind, (rows, of_all)) in &bytes.rows {
        say(&format!("| {kind} | {} | {} |", thousandths_exact(rows * 1000 / gates.max(1)), of_all / rows.max(&1)));
    }
}

fn thousandths_exact(value: u64) -> String {
    format!("{}.{:02}", value / 1000, value % 1000 / 10)
}

fn dollars(thousandths: u64) -> String {
    format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
}
