//! The grants as a table that people read.

use crate::{Cloud, CloudFunction, Kind};
use std::fmt::Write as _;

const HEAD: &str = "# What each function may do

Made from [`catalog/catalog.toml`](catalog/catalog.toml) by `cargo run -q -p catalog -- grants`; a test holds it against that file.
The cloud templates give each function a role of its own with exactly this, and the local stack credentials with exactly this.

- **Reads** and **writes** are the first part of partition keys, of the table and (reads) of its indexes; `DAY` are the
  audit links by day. Nothing may scan. Reading is `GetItem`, `BatchGetItem`, `Query`, `ConditionCheckItem`; writing is
  `PutItem`, `UpdateItem`, `DeleteItem`, `ConditionCheckItem`.
- Each function also takes messages from its own queue, writes its own log and its traces.
";

/// The table, as Markdown.
pub(crate) fn table(cloud: &Cloud) -> String {
    let mut text = HEAD.to_owned();
    for (kind, title) in [
        (
            Kind::Agent,
            "Agents: they propose; none may write a decision, an approval or a grant (`ACTION`) but the CEO's reviews",
        ),
        (Kind::Executor, "Executors: each alone reads its system's secret"),
        (Kind::Edge, "Edge: where people and the outside come in"),
        (Kind::Plumbing, "Plumbing"),
    ] {
        let _ = write!(
            text,
            "\n## {title}\n\n| function | woken by | reads | writes | secrets | sends |\n|---|---|---|---|---|---|\n"
        );
        for function in cloud.functions.iter().filter(|function| function.kind == kind) {
            let _ = writeln!(text, "{}", row(function));
        }
    }
    text
}

fn row(of: &CloudFunction) -> String {
    let wakes: Vec<_> = of.wakes.iter().filter_map(|wake| serde_json::to_value(wake).ok()).collect();
    let wakes: Vec<_> = wakes.iter().filter_map(|wake| wake.as_str()).collect();
    let sends = [(of.grants.sends, "queues, bus"), (of.grants.pushes, "open WebSocket connections")];
    let sends: Vec<_> = sends.into_iter().filter_map(|(may, what)| may.then_some(what)).collect();
    format!(
        "| `{}` | {} | {} | {} | {} | {} |",
        of.name,
        wakes.join(", "),
        parts(&of.grants.reads),
        parts(&of.grants.writes),
        of.grants.secrets.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        sends.join(", "),
    )
}

fn parts(prefixes: &[String]) -> String {
    let mut parts: Vec<&str> = prefixes.iter().map(|prefix| prefix.trim_end_matches('#')).collect();
    parts.sort_unstable();
    parts.join(" ")
}
