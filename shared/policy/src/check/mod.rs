//! What is looked at before a policy is believed.

use crate::{
    PolicyError, Problem,
    fold::{self, Place},
    source::Source,
};
use regorus::Engine;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Sources that passed.
pub(crate) struct Checked<'a> {
    /// Files with rules.
    pub(crate) rules: Vec<&'a Source>,
    /// Files of constants, at their package's path.
    pub(crate) tables: Value,
    /// Where each threshold stands, by its path inside `royal.thresholds`.
    pub(crate) places: BTreeMap<String, Place>,
}

/// Parses all files and looks for what the language itself lets pass.
pub(crate) fn all(sources: &[Source]) -> Result<Checked<'_>, PolicyError> {
    let mut checked = Checked { rules: Vec::new(), tables: Value::Object(Map::new()), places: BTreeMap::new() };
    for source in sources {
        let mut engine = Engine::new();
        let package = engine
            .add_policy(source.name.clone(), source.text.clone())
            .map_err(|cause| parse_problem(&source.name, &cause.to_string()))?;
        let table = engine.get_modules().first().and_then(|m| fold::table(m));
        match table {
            None => checked.rules.push(source),
            Some(table) => {
                if package == "data.royal.thresholds" {
                    checked.places = table.places;
                }
                put(&mut checked.tables, &package, Value::Object(table.value));
            }
        }
    }
    Ok(checked)
}

/// Puts `value` at a package's path, such as `data.royal.lists`.
fn put(tables: &mut Value, package: &str, value: Value) {
    let mut at = tables;
    for part in package.split('.').skip(1) {
        let Value::Object(map) = at else { return };
        at = map.entry(part).or_insert_with(|| Value::Object(Map::new()));
    }
    *at = value;
}

/// A message of the parser.
pub(crate) fn parse_problem(file: &str, message: &str) -> PolicyError {
    PolicyError::Broken(vec![Problem {
        file: file.to_owned(),
        line: 0,
        column: 0,
        what: message.trim().to_owned(),
        fix: String::new(),
    }])
}
