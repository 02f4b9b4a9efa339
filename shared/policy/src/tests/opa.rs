//! The rules and their tests hold in Open Policy Agent too, as far as can be told without it.
//!
//! What is refused here is what the two engines read differently: functions that only one of them has, a
//! negated call on a fact that may be missing (true in one, no answer in the other), METADATA in a place
//! or form that one ignores, and text that `opa fmt` would write otherwise.

use super::support::dir;
use crate::{
    File,
    source::{self, Source},
    tested,
};
use std::collections::BTreeSet;

/// Functions of both engines that give the same answer.
const BOTH: [&str; 17] = [
    "abs",
    "concat",
    "contains",
    "count",
    "floor",
    "lower",
    "max",
    "min",
    "numbers.range",
    "object.filter",
    "object.get",
    "object.keys",
    "object.union",
    "replace",
    "set",
    "sum",
    "upper",
];

fn all() -> Vec<File> {
    let rules = source::read(&dir()).unwrap().into_iter().map(|Source { name, text }| File { name, text });
    rules.chain(tested::read(&dir()).unwrap()).collect()
}

/// The lines of a file without remarks and without what stands in quotes.
fn code(text: &str) -> Vec<(usize, String)> {
    let bare = |line: &str| {
        let parts: Vec<&str> = line.split('"').step_by(2).collect();
        parts.join("\"").split('#').next().unwrap_or_default().to_owned()
    };
    (1..).zip(text.lines()).map(|(at, line)| (at, bare(line))).collect()
}

/// Names that are followed by an opening bracket.
fn calls(line: &str) -> Vec<&str> {
    let ends = line.match_indices('(').map(|(at, _)| &line[..at]);
    let name = |before: &'_ str| {
        before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').map_or(0, |at| at + 1)
    };
    ends.map(|before| &before[name(before)..]).filter(|name| !name.is_empty()).collect()
}

/// Functions that a file makes itself.
fn own(text: &str) -> BTreeSet<&str> {
    let heads = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    heads.filter_map(|line| Some(line.split_once('(')?.0)).filter(|name| !name.contains(' ')).collect()
}

fn refused(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_functions_of_both_engines_are_called() {
    let files = all();
    refused(files.iter().flat_map(|file| strange_calls(&file.name, &file.text)).collect());
    assert_eq!(strange_calls("a", "x := time.now_ns()"), ["a line 1: `time.now_ns`"]);
    assert_eq!(strange_calls("a", "f(x) := x\n\ny := f(1)\n\n# g(1) \"h(1)\""), [""; 0]);
}

fn strange_calls(name: &str, text: &str) -> Vec<String> {
    let own = own(text);
    let lines = code(text);
    let found = lines.iter().flat_map(|(at, line)| calls(line).into_iter().map(move |call| (at, call)));
    let strange = found.filter(|(_, call)| !own.contains(call) && !BOTH.contains(call) && !["in", "if"].contains(call));
    strange.map(|(at, call)| format!("{name} line {at}: `{call}`")).collect()
}

#[test]
fn no_negated_call_is_about_a_fact_that_may_be_missing() {
    refused(all().iter().flat_map(|file| negated(&file.name, &file.text)).collect());
    assert_eq!(negated("a", "\tnot f(input.missing)"), ["a line 1: not f(input.missing)"]);
    assert_eq!(negated("a", "\tnot helper\n\tnot x in f(input.y)"), [""; 0]);
}

fn negated(name: &str, text: &str) -> Vec<String> {
    let hits = |line: &str| {
        line.match_indices("not ").any(|(at, not)| {
            let rest = &line[at + not.len()..];
            let called = rest
                .find('(')
                .is_some_and(|bracket| rest[..bracket].chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c)));
            called && rest.contains("input.")
        })
    };
    code(text)
        .into_iter()
        .filter(|(_, line)| hits(line))
        .map(|(at, line)| format!("{name} line {at}: {}", line.trim()))
        .collect()
}

#[test]
fn metadata_stands_right_above_what_it_is_about_and_entry_points_are_named() {
    let mut entries = BTreeSet::new();
    for File { name, text } in all() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("# METADATA")) {
            assert_eq!(lines[at], "# METADATA", "{name} line {}", at + 1);
            let block: Vec<&str> = lines[at..].iter().take_while(|line| line.starts_with('#')).copied().collect();
            let below = lines.get(at + block.len()).copied().unwrap_or_default();
            assert!(below.starts_with(|c: char| c.is_ascii_lowercase()), "{name} line {}: nothing is below it", at + 1);
            assert!(block[1..].iter().all(|line| line.starts_with("# ")), "{name} line {}: no YAML", at + 1);
            let entry = block.contains(&"# entrypoint: true");
            assert!(!entry || !below.starts_with("package "), "{name}: a package is no entry point");
            if entry {
                let rule = below.split(' ').next().unwrap_or_default();
                entries.insert(format!("data.{}.{rule}", name.trim_end_matches(".rego").replace('/', ".")));
            }
        }
    }
    let rules: BTreeSet<String> = crate::Rule::ALL.iter().map(|rule| rule.path().to_owned()).collect();
    assert!(rules.is_subset(&entries), "compiled and not named by METADATA: {:?}", rules.difference(&entries));
}

#[test]
fn every_import_is_used_and_none_is_taken_twice() {
    for File { name, text } in all() {
        let imports: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("import ")).collect();
        let different: BTreeSet<&&str> = imports.iter().collect();
        assert_eq!(different.len(), imports.len(), "{name}");
        let body = code(&text).into_iter().filter(|(_, line)| !line.starts_with("import ")).map(|(_, line)| line);
        let body: Vec<String> = body.collect();
        for import in imports {
            let short = import.rsplit('.').next().unwrap();
            let used = body.iter().any(|line| [".", "["].iter().any(|next| line.contains(&format!("{short}{next}"))));
            assert!(used, "{name} does not use {import}");
        }
    }
}

#[test]
fn the_text_is_as_the_formatter_writes_it() {
    for File { name, text } in all() {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name} does not end with one line break");
        assert!(!text.contains("\n\n\n") && !text.contains('\r'), "{name} has two blank lines or other line breaks");
        for (at, line) in (1..).zip(text.lines()) {
            let indent = &line[..line.len() - line.trim_start().len()];
            assert!(indent.chars().all(|c| c == '\t'), "{name} line {at} is not indented by tabs");
            assert_eq!(line, line.trim_end(), "{name} line {at} ends with a blank");
        }
        for (at, line) in code(&text) {
            let spaced = [" if{", "  ", " ,", "( ", " )", "[ ", " ]", ":=="].iter().all(|wrong| !line.contains(wrong));
            assert!(spaced, "{name} line {at}: {line}");
        }
    }
}

#[test]
fn nothing_stands_in_the_place_of_input_or_data() {
    for File { name, text } in all() {
        for (at, line) in code(&text) {
            let taken = ["input :=", "data :=", "some input", "some data", "(input)", "(data)"];
            assert!(taken.iter().all(|wrong| !line.trim_start().starts_with(wrong)), "{name} line {at}: {line}");
        }
    }
}
