//! The tests that stand beside the rules.

use super::support::{dir, sources};
use crate::check;
use regorus::{Engine, Value};
use std::{fs, path::Path};

fn tests(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, found);
        } else if path.to_string_lossy().ends_with("_test.rego") {
            found.push(path);
        }
    }
}

/// Names of the tests in a file.
fn named(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("test_")).filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn every_test_beside_a_rule_passes() {
    let mut files = Vec::new();
    tests(&dir(), &mut files);
    let sources = sources();
    // Tables as data, as in production: the interpreter loses them under `with` otherwise.
    let checked = check::all(&sources).unwrap();
    let mut engine = Engine::new();
    engine.add_data(Value::from(checked.tables)).unwrap();
    for source in checked.rules {
        engine.add_policy(source.name.clone(), source.text.clone()).unwrap();
    }
    let mut all = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let package = engine.add_policy(file.display().to_string(), text.clone()).unwrap();
        all.extend(named(&text).into_iter().map(|test| format!("{package}.{test}")));
    }
    engine.set_input(Value::new_object());
    let failed: Vec<_> = all
        .iter()
        .filter_map(|test| match engine.eval_rule(test.clone()) {
            Ok(Value::Bool(true)) => None,
            Ok(other) => Some(format!("{test}: {other}")),
            Err(cause) => Some(format!("{test}: {cause}")),
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(all.len() > 70, "only {} tests were found", all.len());
}

#[test]
fn every_file_of_rules_has_its_tests_beside_it() {
    let tables = ["royal/thresholds.rego", "royal/lists.rego", "royal/actions.rego", "royal/rights.rego"];
    for source in sources().iter().filter(|source| !tables.contains(&source.name.as_str())) {
        let beside = source.name.replace(".rego", "_test.rego");
        assert!(dir().join(&beside).is_file(), "{beside} is not there");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for source in sources() {
        assert!(source.text.starts_with("# METADATA\n# title: "), "{}", source.name);
        let path = source.name.trim_end_matches(".rego").replace('/', ".");
        assert!(source.text.contains(&format!("\npackage {path}\n")), "{} has another package", source.name);
        let long = source.text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(long, None, "{}", source.name);
    }
}
