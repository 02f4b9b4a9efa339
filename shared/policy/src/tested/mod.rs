//! The tests that stand beside the rules, run by the interpreter, and the lines that none of them reads.
//!
//! The interpreter and not the rule machine: only it knows `with`, and only it knows which line it is on.

mod coverage;

pub use coverage::Covered;

use crate::{
    Draft, File, PolicyError, Problem,
    check::{self, Checked},
    program,
    source::{self, Source},
};
use regorus::{Engine, Value};
use serde::Serialize;
use std::path::Path;

/// How a rule that is a test begins.
const TEST: &str = "test_";

/// What came of the tests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tested {
    /// Tests that hold.
    pub passed: u32,
    /// Tests that do not.
    pub failed: Vec<Failed>,
    /// Which lines of rules they read, by file; empty without the feature `coverage`.
    pub coverage: Vec<Covered>,
}

/// A test that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failed {
    /// Its file.
    pub file: String,
    /// The line it starts on.
    pub line: u32,
    /// Its name.
    pub test: String,
    /// What it said instead of `true`.
    pub why: String,
}

/// One rule of a file of tests.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) name: String,
    /// Where the interpreter finds it.
    pub(crate) path: String,
}

/// The files of tests below `dir`.
///
/// # Errors
/// When they cannot be read.
pub fn read(dir: &Path) -> Result<Vec<File>, PolicyError> {
    let sources = source::tests(dir)?;
    Ok(sources.into_iter().map(|Source { name, text }| File { name, text }).collect())
}

/// Runs all tests of `tests` on the rules of `draft`.
///
/// # Errors
/// With every problem found, when the rules or the tests cannot be run at all.
pub fn run(draft: &Draft, tests: &[File]) -> Result<Tested, Vec<Problem>> {
    let mut engine = engine(draft.sources()).map_err(PolicyError::into_problems)?;
    let all = add(&mut engine, tests).map_err(PolicyError::into_problems)?;
    coverage::start(&mut engine);
    let mut tested = Tested::default();
    for test in all {
        match holds(&mut engine, &test) {
            Ok(()) => tested.passed += 1,
            Err(why) => tested.failed.push(Failed { file: test.file, line: test.line, test: test.name, why }),
        }
    }
    tested.coverage = coverage::of(&engine, draft.sources());
    Ok(tested)
}

/// An interpreter with the rules: tables as data, as in production.
pub(crate) fn engine(sources: &[Source]) -> Result<Engine, PolicyError> {
    let Checked { rules, tables, .. } = check::all(sources)?;
    let mut engine = Engine::new();
    engine.set_input(Value::new_object());
    engine.add_data(Value::from(tables)).map_err(|cause| program::broken("data", &cause))?;
    for Source { name, text } in rules {
        engine.add_policy(name.clone(), text.clone()).map_err(|cause| program::broken(name, &cause))?;
    }
    Ok(engine)
}

/// Adds files of tests, and says which tests there are.
pub(crate) fn add(engine: &mut Engine, tests: &[File]) -> Result<Vec<Test>, PolicyError> {
    let mut all = Vec::new();
    for File { name, text } in tests {
        let package = engine.add_policy(name.clone(), text.clone()).map_err(|cause| program::broken(name, &cause))?;
        all.extend(named(name, text, &package));
    }
    Ok(all)
}

/// The tests of a file, in its order; several rules of one name are one test.
fn named(file: &str, text: &str, package: &str) -> Vec<Test> {
    let mut found: Vec<Test> = Vec::new();
    for (line, rule) in (1..).zip(text.lines()).filter(|(_, text)| text.starts_with(TEST)) {
        let end = rule.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rule.len());
        let name = rule.get(..end).unwrap_or(rule).to_owned();
        if found.iter().all(|test| test.name != name) {
            found.push(Test { file: file.to_owned(), line, path: format!("{package}.{name}"), name });
        }
    }
    found
}

/// Whether a test says `true`, or what it says instead.
pub(crate) fn holds(engine: &mut Engine, test: &Test) -> Result<(), String> {
    match engine.eval_rule(test.path.clone()) {
        Ok(Value::Bool(true)) => Ok(()),
        Ok(Value::Undefined) => Err("it does not hold".to_owned()),
        Ok(other) => Err(format!("it says {other} and not true")),
        Err(cause) => Err(format!("it cannot be run: {cause}")),
    }
}
