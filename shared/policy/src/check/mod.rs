//! What is looked at before a policy is believed.
//!
//! The language lets much pass that finance would want to know: `1.000` is one, `< "100"` is never true,
//! a misspelt name makes a rule silent. All of it is found here, when a policy is loaded, with the line
//! and what to do.

mod budgets;
mod codes;
mod loops;
mod names;
mod numbers;
mod order;
mod people;
mod refs;
mod shape;
mod walk;
mod words;

use crate::{
    PolicyError, Problem,
    fold::{self, Place},
    source::Source,
};
use regorus::{
    Engine,
    unstable::{Module, Ref, Span},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The file that finance edits.
const THRESHOLDS: &str = "data.royal.thresholds";

/// Sources that passed.
pub(crate) struct Checked<'a> {
    /// Files with rules.
    pub(crate) rules: Vec<&'a Source>,
    /// Files of constants, at their package's path.
    pub(crate) tables: Value,
    /// Where each threshold stands, by its path inside `royal.thresholds`.
    pub(crate) places: BTreeMap<String, Place>,
}

/// One parsed file with rules.
struct File<'a> {
    source: &'a Source,
    module: Ref<Module>,
}

/// Everything that was read.
struct Read<'a> {
    files: Vec<File<'a>>,
    tables: Value,
    places: BTreeMap<String, Place>,
    problems: Vec<Problem>,
}

/// Parses all files and looks for what the language itself lets pass.
pub(crate) fn all(sources: &[Source]) -> Result<Checked<'_>, PolicyError> {
    let mut read =
        Read { files: Vec::new(), tables: Value::Object(Map::new()), places: BTreeMap::new(), problems: Vec::new() };
    for source in sources {
        match parse(source) {
            Ok(module) => read.file(source, module),
            Err(problem) => read.problems.push(problem),
        }
    }
    // A file that does not parse makes every name in it unknown: mend it first.
    if read.problems.is_empty() {
        read.judge();
    }
    if !read.problems.is_empty() {
        return Err(PolicyError::Broken(read.problems));
    }
    Ok(Checked { rules: read.files.iter().map(|file| file.source).collect(), tables: read.tables, places: read.places })
}

fn parse(source: &Source) -> Result<Ref<Module>, Problem> {
    let mut engine = Engine::new();
    engine
        .add_policy(source.name.clone(), source.text.clone())
        .map_err(|cause| words::parse_problem(source, &cause.to_string()))?;
    let parsed = engine.get_modules().first().cloned();
    parsed.ok_or_else(|| words::whole_file(source, "nothing was found in it", ""))
}

impl<'a> Read<'a> {
    fn file(&mut self, source: &'a Source, module: Ref<Module>) {
        let package = names::package(&module).join(".");
        if package == THRESHOLDS {
            self.problems.extend(numbers::problems(source, &module));
        }
        match fold::table(&module) {
            None => self.files.push(File { source, module }),
            Some(table) => {
                if package == THRESHOLDS {
                    self.places = table.places;
                }
                if !put(&mut self.tables, &package, Value::Object(table.value)) {
                    let what = "another file has the same first line (`package …`)";
                    let fix = "keep one of the two files";
                    self.problems.push(words::whole_file(source, what, fix));
                }
            }
        }
    }

    fn judge(&mut self) {
        let mut problems = order::problems(&self.tables, &self.places);
        problems.extend(people::problems(&self.tables));
        problems.extend(refs::problems(&self.files, &self.tables));
        problems.extend(codes::problems(&self.files, &self.tables));
        problems.extend(loops::problems(&self.files));
        self.problems.extend(problems);
    }
}

/// All codes that rules can say.
#[cfg(test)]
pub(crate) fn codes(sources: &[Source]) -> std::collections::BTreeSet<String> {
    let modules = sources.iter().filter_map(|source| parse(source).ok());
    modules.flat_map(|module| codes::used(&module)).collect()
}

/// Puts `value` at a package's path, such as `data.royal.lists`; false when something is there.
fn put(tables: &mut Value, package: &str, value: Value) -> bool {
    let mut at = tables;
    for part in package.split('.').skip(1) {
        let Value::Object(map) = at else { return false };
        at = map.entry(part).or_insert(Value::Null);
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
    }
    let free = at.as_object().is_some_and(Map::is_empty);
    if free {
        *at = value;
    }
    free
}

/// A problem at a place in a file.
fn problem(source: &Source, span: &Span, what: String, fix: impl Into<String>) -> Problem {
    Problem { file: source.name.clone(), line: span.line, column: span.col, what, fix: fix.into() }
}
