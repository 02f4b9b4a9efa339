//! What finance reads is what the program does: the reference of all numbers, and the worked edits of the README.

use super::support::{POLICY, dir, kept};
use crate::{Draft, Review, Threshold};
use domain::text::Lang;
use std::fmt::Write as _;
use time::OffsetDateTime;

const FILE: &str = "royal/thresholds.rego";
/// Tables whose lines say in the name alone what they are about.
const BY_NAME: [&str; 6] =
    ["budgets", "budget_agents", "budget_campaigns", "approval_people", "approval_hours", "undo_minutes"];

fn table_of(threshold: &Threshold) -> &str {
    threshold.path.split('.').next().unwrap()
}

/// The reference, out of the remarks of the file.
fn reference() -> String {
    let mut text = "# Every number of `royal/thresholds.rego`\n\nWritten from the remarks in that file, with the numbers \
                    as they are shipped. Do not edit: change the remark, and run\n`REWRITE=1 cargo nextest run -p policy \
                    reference`.\n"
        .to_owned();
    let (mut group, mut table) = (String::new(), String::new());
    for threshold in POLICY.table_of_thresholds() {
        if threshold.group != group {
            write!(text, "\n## {}\n", threshold.group).unwrap();
            group.clone_from(&threshold.group);
        }
        if table_of(&threshold) != table {
            table = table_of(&threshold).to_owned();
            write!(text, "\n### `{table}`\n{}\n\n", threshold.meaning).unwrap();
            text.push_str("| number | shipped | unit | holds for | meaning |\n|---|---|---|---|---|\n");
        }
        let name = threshold.path.strip_prefix(&table).unwrap().trim_start_matches('.');
        let Threshold { value, unit, edge, note, .. } = &threshold;
        writeln!(text, "| `{name}` | {value} | {unit} | {edge} | {note} |").unwrap();
    }
    text
}

#[test]
fn the_reference_of_all_numbers_is_current() {
    kept(&dir().join("REFERENCE.md"), &reference());
}

#[test]
fn every_number_says_what_it_does() {
    for threshold in POLICY.table_of_thresholds() {
        let by_name = BY_NAME.contains(&table_of(&threshold));
        assert!(by_name || !threshold.note.is_empty(), "{} says nothing", threshold.path);
        assert!(!threshold.meaning.is_empty(), "{}", threshold.path);
    }
}

/// The policy with a hunk as `diff` writes it.
fn applied(hunk: &str) -> Draft {
    let side = |sign: char| -> String {
        let lines = hunk.lines().filter_map(|line| line.strip_prefix([' ', sign]).map(|line| format!("{line}\n")));
        lines.collect()
    };
    let draft = POLICY.draft();
    let text = draft.files().into_iter().find(|file| file.name == FILE).unwrap().text;
    let (from, to) = (side('-'), side('+'));
    assert!(text.contains(&from), "the README edits what is not there:\n{from}");
    draft.with(FILE, &text.replacen(&from, &to, 1))
}

/// What the tool says to each edit, and to each question, in the order of the README.
fn answer(kind: &str, block: &str) -> Option<Vec<String>> {
    match kind {
        "diff" => {
            let draft = applied(block);
            Some(Review::of(&draft, Some(&POLICY.draft())).0.lines(&draft))
        }
        "console" if block.contains("bill-of-120-euro.json") => {
            let bill = std::fs::read_to_string(dir().join("examples/bill-of-120-euro.json")).unwrap();
            let seen = serde_json::from_str(&bill).unwrap();
            Some(POLICY.explain(&seen, OffsetDateTime::UNIX_EPOCH).lines(Lang::En))
        }
        _ => None,
    }
}

#[test]
fn the_readme_says_what_the_tool_says() {
    let path = dir().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (mut out, mut expected, mut answered) = (String::new(), None::<Vec<String>>, 0);
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let body = match (kind, expected.take()) {
            ("text", Some(said)) => {
                answered += 1;
                said
            }
            _ => block.iter().map(ToString::to_string).collect(),
        };
        expected = answer(kind, &(block.join("\n") + "\n"));
        writeln!(out, "{}\n```", body.join("\n")).unwrap();
    }
    kept(&path, &out);
    assert!(answered >= 7, "only {answered} answers are told");
}
