//! Reading the catalogue, and everything that can be wrong with it.

use crate::{
    Trigger,
    model::{Catalog, Function, Kind},
};
use domain::AgentName;
use std::collections::BTreeMap;
use toml::Spanned;

/// Partition-key prefixes of the table.
const KINDS: &[&str] = &[
    "PROPOSAL#",
    "ACTION#",
    "TASK#",
    "JOURNEY#",
    "CONTROL#",
    "AGENT#",
    "RUN#",
    "FACT#",
    "BUDGET#",
    "REFUSALS#",
    "DIGEST#",
    "DELEGATION#",
    "GOAL#",
    "SEAL#",
    "CUSTOMER#",
    "POLICY#",
    "POINTER#",
    "SHADOW#",
    "CONN#",
    "TOPIC#",
    "LIVE#",
    "EVENT#",
];

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
        let functions = self.catalog.functions.iter().map(|f| &f.name);
        let schedules = self.catalog.schedules.iter().map(|s| &s.name);
        let others = self.catalog.rules.iter().map(|r| &r.name).chain(self.catalog.specialists.iter().map(|s| &s.name));
        let mut seen: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
        for name in functions.chain(schedules).chain(others) {
            if seen.insert(name.get_ref(), name).is_some() {
                self.problem(name, "is there twice: names are unique");
            }
        }
        for function in &self.catalog.functions {
            if function.name().parse::<AgentName>().is_err() {
                self.problem(&function.name, "is no name: use lower-case words joined by `-`");
            }
        }
    }

    fn grants(&mut self) {
        for function in &self.catalog.functions {
            for grant in function.reads.iter().chain(&function.writes) {
                if !KINDS.contains(&grant.get_ref().as_str()) {
                    self.problem(grant, &format!("is no part of the table: use one of {}", KINDS.join(", ")));
                }
            }
            let decides = function.kind == Kind::Agent && function.name() != "ceo";
            if let Some(grant) = function.writes.iter().find(|grant| decides && grant.get_ref() == "ACTION#") {
                self.problem(grant, "is granted to an agent: agents propose, they never decide");
            }
        }
    }

    /// A function answers requests or takes messages, not both; there is one stream reader and one WebSocket, and
    /// only who reads the stream has filters, which are event patterns.
    fn triggers(&mut self) {
        for function in &self.catalog.functions {
            if function.wakes.on(Trigger::Http) && function.wakes.all().count() > 1 {
                self.problem(&function.name, "wakes on `http` and on something else: make it two functions");
            }
            for filter in &function.filters {
                if !function.wakes.on(Trigger::Stream) {
                    self.problem(filter, "filters a stream that the function does not read");
                } else if serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(filter.get_ref()).is_err() {
                    self.problem(filter, "is no event pattern: write a JSON object");
                }
            }
        }
        for trigger in [Trigger::Stream, Trigger::Websocket] {
            let woken = |function: &&Function| function.wakes.on(trigger);
            if let Some(second) = self.catalog.functions.iter().filter(woken).nth(1) {
                self.problem(
                    &second.name,
                    "wakes on what another function here wakes on: there is one stream and one WebSocket",
                );
            }
        }
    }

    fn schedules(&mut self) {
        for schedule in &self.catalog.schedules {
            if !self.has_queue(schedule.function()) {
                self.problem(&schedule.name, "wakes a function that has no queue here");
            }
        }
        for specialist in &self.catalog.specialists {
            let function = specialist.name.get_ref().split('/').next().unwrap_or_default();
            if !self.has_queue(function) || specialist.name.get_ref().parse::<AgentName>().is_err() {
                self.problem(&specialist.name, "is no specialist of a function here: use `<function>/<specialty>`");
            }
        }
    }

    fn rules(&mut self) {
        for rule in &self.catalog.rules {
            if !self.has_queue(rule.queue.get_ref()) {
                self.problem(&rule.queue, "is a queue that nobody reads");
            }
            let unused =
                |name: &&String| !rule.template.as_ref().is_some_and(|text| text.contains(&format!("<{name}>")));
            if let Some(name) = rule.paths.keys().find(unused) {
                self.problem(&rule.name, &format!("takes `{name}` out of the event and does not use it"));
            }
        }
    }

    fn has_queue(&self, name: &str) -> bool {
        self.catalog.functions.iter().any(|f| f.name() == name && f.wakes.on(Trigger::Queue))
    }
}
