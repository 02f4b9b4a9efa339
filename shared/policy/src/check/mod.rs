//! What is looked at before a policy is believed.
//!
//! The language lets much pass that finance would want to know: `1.000` is one, `< "100"` is never true,
//! a misspelt name makes a rule silent. All of it is found here, when a policy is loaded, with the line
//! and what to do.

mod budgets;
mod codes;
mod compare;
mod conflicts;
mod figures;
mod gone;
pub(crate) mod grounds;
mod literals;
mod loops;
mod metadata;
mod names;
mod near;
mod numbers;
mod order;
mod people;
mod places;
mod refs;
mod rows;
mod scope;
mod shape;
mod slips;
mod values;
mod walk;
mod words;

pub(crate) use figures::euro;
pub(crate) use words::engine_problem;

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

/// One parsed file.
#[derive(Clone)]
struct File<'a> {
    source: &'a Source,
    module: Ref<Module>,
}

/// Everything that was read.
struct Read<'a> {
    /// All files.
    files: Vec<File<'a>>,
    /// Those with rules.
    rules: Vec<File<'a>>,
    tables: Value,
    /// Where each threshold stands.
    places: BTreeMap<String, Place>,
    /// Where everything in a table stands, by the table's own path: the file, and the place in it.
    around: BTreeMap<String, (String, Place)>,
    problems: Vec<Problem>,
}

/// Parses all files and looks for what the language itself lets pass.
pub(crate) fn all(sources: &[Source]) -> Result<Checked<'_>, PolicyError> {
    let mut read = Read::nothing();
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
    Ok(Checked { rules: read.rules.iter().map(|file| file.source).collect(), tables: read.tables, places: read.places })
}

fn parse(source: &Source) -> Result<Ref<Module>, Problem> {
    let mut engine = Engine::new();
    engine
        .add_policy(source.name.clone(), source.text.clone())
        .map_err(|cause| slips::first(source).unwrap_or_else(|| words::parse_problem(source, &cause.to_string())))?;
    let parsed = engine.get_modules().first().cloned();
    parsed.ok_or_else(|| words::whole_file(source, "nothing was found in it", ""))
}

impl<'a> Read<'a> {
    fn nothing() -> Self {
        Self {
            files: Vec::new(),
            rules: Vec::new(),
            tables: Value::Object(Map::new()),
            places: BTreeMap::new(),
            around: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    fn file(&mut self, source: &'a Source, module: Ref<Module>) {
        let package = names::package(&module).join(".");
        let file = File { source, module };
        if package == THRESHOLDS {
            self.problems.extend(numbers::problems(source, &file.module));
        }
        self.problems.extend(places::rules_in_tables(&file, &package));
        self.files.push(file.clone());
        match fold::table(&file.module) {
            None => self.rules.push(file),
            Some(table) => self.table(source, &package, table),
        }
    }

    fn table(&mut self, source: &'a Source, package: &str, table: fold::Table) {
        let path = package.strip_prefix("data.").unwrap_or(package);
        let all = table.places.iter().map(|(inner, place)| (format!("{path}.{inner}"), (source.name.clone(), *place)));
        self.around.extend(all);
        self.around.insert(path.to_owned(), (source.name.clone(), Place { line: 1, column: 1 }));
        if package == THRESHOLDS {
            self.places = table.places;
        }
        if !put(&mut self.tables, package, Value::Object(table.value)) {
            let what = "another file has the same first line (`package …`)";
            let fix = "keep one of the two files";
            self.problems.push(words::whole_file(source, what, fix));
        }
    }

    /// In steps: what one step finds would make the next one find what is none.
    fn judge(&mut self) {
        let steps = [Self::files_are_named, Self::tables_hold, Self::names_lead_somewhere, Self::rules_do_something];
        let found = steps.into_iter().map(|step| step(self)).find(|found| !found.is_empty());
        self.problems = found.unwrap_or_default();
        self.problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        self.problems.dedup();
    }

    fn files_are_named(&self) -> Vec<Problem> {
        metadata::problems(&self.files)
    }

    fn tables_hold(&self) -> Vec<Problem> {
        let tables = places::Tables { value: &self.tables, places: &self.around };
        let mut problems = people::problems(&tables);
        problems.extend(rows::problems(&tables, &refs::packages(&self.rules)));
        problems.extend(literals::problems(&self.files));
        if let Some(order) = self.order() {
            problems.extend(order::problems(&order));
            problems.extend(gone::problems(&self.rules, &order));
        }
        problems
    }

    fn names_lead_somewhere(&self) -> Vec<Problem> {
        let mut problems = refs::problems(&self.rules, &self.tables);
        problems.extend(codes::problems(&self.rules, &self.tables));
        problems.extend(values::problems(&self.rules, &self.tables));
        problems.extend(conflicts::problems(&self.rules));
        problems.extend(loops::problems(&self.rules));
        problems
    }

    fn rules_do_something(&self) -> Vec<Problem> {
        let mut problems = compare::problems(&self.rules, &scope::Scope::of(&self.rules, &self.tables));
        problems.extend(loops::unread_rules(&self.rules));
        if problems.is_empty() {
            problems.extend(self.order().iter().flat_map(|order| loops::unread_numbers(&self.rules, order)));
        }
        problems
    }

    fn order(&self) -> Option<order::Order<'_>> {
        order::Order::of(&self.tables, &self.places)
    }
}

/// The same without a word about what is wrong: for tests of what happens then.
#[cfg(test)]
pub(crate) fn unjudged(sources: &[Source]) -> Result<Checked<'_>, PolicyError> {
    let mut read = Read::nothing();
    for source in sources {
        read.file(source, parse(source).map_err(|problem| PolicyError::Broken(vec![problem]))?);
    }
    Ok(Checked { rules: read.rules.iter().map(|file| file.source).collect(), tables: read.tables, places: read.places })
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
    let Place { line, column } = span.into();
    Problem { file: source.name.clone(), line, column, what, fix: fix.into() }
}
