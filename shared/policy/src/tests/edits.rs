//! What whoever edits a file is told about an edit that does not hold.
//!
//! `edits.json` holds the edits and every sentence that each leads to. After a change of words or lines, run the test
//! with `REWRITE=1`, and read what changed.

use super::support::{edited, kept, sources};
use crate::{Policy, PolicyError, check};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    edit: String,
    file: String,
    from: String,
    to: String,
    says: Vec<String>,
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/edits.json")
}

fn edits() -> Vec<Edit> {
    serde_json::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
}

/// Everything that is said about the policy with one edit.
fn said(edit: &Edit) -> Vec<String> {
    match Policy::compile(&edited(&edit.file, &edit.from, &edit.to)) {
        Err(PolicyError::Broken(problems)) => problems.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{}: {other}", edit.edit),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn every_wrong_edit_is_told_with_its_line_its_column_and_what_to_do() {
    let mut edits = edits();
    for edit in &mut edits {
        edit.says = said(edit);
    }
    let text = serde_json::to_string_pretty(&edits).unwrap() + "\n";
    kept(&path(), &text);
    for edit in &edits {
        let place = format!("`{}` line ", edit.file);
        assert!(edit.says.iter().any(|said| said.starts_with(&place)), "{}: {:?}", edit.edit, edit.says);
        assert!(
            edit.says.iter().all(|said| said.contains(" line ") && said.contains(" column ") && said.contains("; ")),
            "{}: {:?}",
            edit.edit,
            edit.says
        );
    }
    assert!(edits.len() >= 40, "{}", edits.len());
}

#[test]
fn nothing_is_said_about_the_policy_as_it_is() {
    let sources = sources();
    let problems = check::all(&sources).err().map(|cause| cause.to_string());
    assert_eq!(problems, None);
}

#[test]
fn every_problem_is_listed_at_once() {
    let mut sources = edited("royal/thresholds.rego", "\"people\": 1", "\"people\": 1.5");
    let file = sources.iter_mut().find(|source| source.name == "royal/thresholds.rego").unwrap();
    file.text = file.text.replacen("\"hours\": 24", "\"hours\": \"24\"", 1);
    let refused = Policy::compile(&sources).unwrap_err().to_string();
    assert_eq!(refused.lines().count(), 2, "{refused}");
}
