//! Reading the catalogue, and everything that can be wrong with it, each with its line.

mod expression;
mod grants;
mod limits;
mod wakes;

use crate::model::Catalog;
use domain::AgentName;
use std::collections::BTreeMap;
use toml::Spanned;

/// Everything that is wrong with the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("catalog.toml: {}", .0.join("\ncatalog.toml: "))]
pub struct CatalogError(pub Vec<String>);

/// A catalogue being checked.
struct Check<'a> {
    text: &'a str,
    catalog: &'a Catalog,
    problems: Vec<String>,
}

/// Reads and checks `text`.
pub(crate) fn read(text: &str) -> Result<Catalog, CatalogError> {
    let catalog: Catalog = toml::from_str(text).map_err(|error| CatalogError(vec![unreadable(text, &error)]))?;
    let mut check = Check { text, catalog: &catalog, problems: Vec::new() };
    check.names();
    check.grants();
    check.triggers();
    check.schedules();
    check.rules();
    check.sleepers();
    check.limits();
    let problems = check.problems;
    if problems.is_empty() { Ok(catalog) } else { Err(CatalogError(problems)) }
}

fn unreadable(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    format!("line {line}: {}", error.message())
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

impl Check<'_> {
    fn problem(&mut self, at: &Spanned<String>, what: &str) {
        let line = line_of(self.text, at.span().start);
        self.problems.push(format!("line {line}: `{}` {what}", at.get_ref()));
    }

    fn names(&mut self) {
        let catalog = self.catalog;
        let functions = catalog.functions.iter().map(|f| &f.name);
        let schedules = catalog.schedules.iter().map(|s| &s.name);
        let others = catalog.rules.iter().map(|r| &r.name).chain(catalog.specialists.iter().map(|s| &s.name));
        let watched = catalog.systems.iter().map(|s| &s.name).chain(catalog.metrics.iter().map(|m| &m.name));
        let mut seen: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
        let secrets = catalog.secrets.iter().map(|s| &s.name);
        for name in functions.chain(schedules).chain(others).chain(secrets).chain(watched) {
            if seen.insert(name.get_ref(), name).is_some() {
                self.problem(name, "is there twice: names are unique");
            }
        }
        for function in &catalog.functions {
            if function.name().parse::<AgentName>().is_err() {
                self.problem(&function.name, "is no name: use lower-case words joined by `-`");
            }
        }
    }
}
