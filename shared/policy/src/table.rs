//! The thresholds as a table: each number with the words that stand above it.

use crate::Policy;
use serde::Serialize;
use serde_json::Value;

/// The file that finance edits.
const FILE: &str = "royal/thresholds.rego";
/// Words in a name, and on which side of the limit the number itself is.
const EDGES: [(&str, &str); 5] = [
    ("under_", "less than the number"),
    ("up_to_", "the number and less"),
    ("from_", "the number and more"),
    ("over_", "more than the number"),
    ("min_", "the number and more"),
];
/// What a heading of a group of thresholds begins with.
const HEADING: &str = "# --- ";

/// One number of `thresholds.rego`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Threshold {
    /// Its path, such as `expense_pay.low_up_to_cents`.
    pub path: String,
    /// The number.
    pub value: i64,
    /// What it counts, as its name says: `cents`, `percent`, `minutes` …; empty where the name does not say.
    pub unit: String,
    /// The line on which it stands.
    pub line: u32,
    /// The heading that it stands under.
    pub group: String,
    /// What is said of it and of those beside it.
    pub meaning: String,
    /// What is said of it alone, on its own line; empty where nothing is.
    pub note: String,
    /// Whether the number itself is still inside, as its name says; empty where the name does not say.
    pub edge: String,
}

/// A number that differs between two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its path.
    pub path: String,
    /// The number before; absent where there was none.
    pub from: Option<i64>,
    /// The number afterwards; absent where there is none any more.
    pub to: Option<i64>,
}

impl Policy {
    /// All numbers of `thresholds.rego`, in the order of their lines.
    #[must_use]
    pub fn table_of_thresholds(&self) -> Vec<Threshold> {
        let text = self.sources().iter().find(|source| source.name == FILE).map(|source| source.text.as_str());
        let lines: Vec<&str> = text.unwrap_or_default().lines().collect();
        let mut found: Vec<Threshold> = self.numbers_at().map(|(path, value, line)| row(path, value, line)).collect();
        found.iter_mut().for_each(|threshold| {
            let top = threshold.path.split('.').next().and_then(|name| self.line_of(name));
            (threshold.group, threshold.meaning) = words(&lines, top.unwrap_or(threshold.line));
            threshold.note = note(&lines, threshold.line);
        });
        found.sort_by_key(|threshold| threshold.line);
        found
    }

    /// The numbers of `thresholds.rego` that are others in `edited`.
    #[must_use]
    pub fn moved(&self, edited: &Self) -> Vec<Moved> {
        let of =
            |policy: &Self| policy.numbers_at().map(|(path, value, _)| (path.to_owned(), value)).collect::<Vec<_>>();
        let (old, new) = (of(self), of(edited));
        let value = |list: &[(String, i64)], path: &str| list.iter().find(|(p, _)| p == path).map(|(_, value)| *value);
        let mut paths: Vec<&String> = old.iter().chain(&new).map(|(path, _)| path).collect();
        paths.sort();
        paths.dedup();
        let moved =
            paths.into_iter().map(|path| Moved { path: path.clone(), from: value(&old, path), to: value(&new, path) });
        moved.filter(|moved| moved.from != moved.to).collect()
    }

    /// Every number of `thresholds.rego`: path, value, line.
    pub(crate) fn numbers_at(&self) -> impl Iterator<Item = (&str, i64, u32)> {
        let number = |path: &str| -> Option<i64> {
            let table = self.at("/royal/thresholds")?;
            let Some((top, name)) = path.split_once('.') else { return table.get(path)?.as_i64() };
            // Names of action types have dots of their own.
            let row = table.get(top)?;
            let deeper = || name.rsplit_once('.').and_then(|(line, field)| row.get(line)?.get(field));
            row.get(name).or_else(deeper).and_then(Value::as_i64)
        };
        self.lines().filter_map(move |(path, line)| Some((path, number(path)?, line)))
    }
}

fn row(path: &str, value: i64, line: u32) -> Threshold {
    let name = path.rsplit('.').next().unwrap_or(path);
    let last = name.rsplit('_').next().unwrap_or_default();
    let known = [
        "cents",
        "percent",
        "minutes",
        "hours",
        "days",
        "points",
        "units",
        "recipients",
        "refunds",
        "journeys",
        "orders",
        "tries",
    ];
    let unit = if known.contains(&last) { last } else { "" };
    let (group, meaning, note) = Default::default();
    let edge = EDGES.iter().find(|(word, _)| name.contains(word)).map_or("", |(_, edge)| edge);
    Threshold { path: path.to_owned(), value, unit: unit.to_owned(), line, group, meaning, note, edge: edge.to_owned() }
}

/// The remark at the end of a line that holds one number.
fn note(lines: &[&str], line: u32) -> String {
    let text = usize::try_from(line).ok().and_then(|line| lines.get(line.checked_sub(1)?)).copied().unwrap_or_default();
    text.split_once("# ").map(|(_, note)| note.trim().to_owned()).unwrap_or_default()
}

/// The heading above line `line`, and the comment that ends there.
fn words(lines: &[&str], line: u32) -> (String, String) {
    let above = lines.get(..usize::try_from(line).unwrap_or_default().saturating_sub(1)).unwrap_or_default();
    let comment: Vec<&str> = above.iter().rev().take_while(|text| text.starts_with('#')).copied().collect();
    let meaning = comment.iter().rev().filter(|text| !text.starts_with(HEADING));
    let meaning = meaning.map(|text| text.trim_start_matches('#').trim()).collect::<Vec<_>>().join(" ");
    let heading = above.iter().rev().find_map(|text| text.strip_prefix(HEADING));
    (heading.unwrap_or_default().trim_end_matches('-').trim().to_owned(), meaning)
}
