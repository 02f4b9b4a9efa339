//! Which rule reads which: rules that need themselves, and rules and numbers that nothing reads.
//!
//! The rule machine would follow the first until the process dies. The others are the traces of a misspelt name: an
//! edit of them does nothing.

use super::{File, names, near, order::Order, problem, refs, walk};
use crate::{Problem, Rule, rules, source::Source};
use regorus::unstable::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that functions read themselves.
const READ_BY_FUNCTIONS: &[&str] = &[
    "budgets",
    "budget_agents",
    "budget_campaigns",
    "scout.up_to_journeys",
    "vetting.points_per_response_hour",
    "fulfillment.late_over_days",
    "fulfillment.up_to_tries",
    "inventory.reorder_z_hundredths",
    "inventory.order_cost_cents",
    "inventory.holding_percent",
    "inventory.history_days",
    "inventory.least_history_days",
    "inventory.late_over_days",
    "payment_fee",
    "analyst",
];
/// Where the numbers are.
const LIMITS: &str = "data.royal.thresholds.";

/// Every rule that leads back to itself.
pub(super) fn problems(files: &[File<'_>]) -> Vec<Problem> {
    let graph = Graph::of(files);
    let looping = graph.edges.keys().filter(|rule| graph.from(&[rule.as_str()]).contains(rule.as_str()));
    let problem = |rule: &String| {
        let name = rule.rsplit('.').next().unwrap_or(rule);
        graph.problem(rule, format!("the rule `{name}` needs itself"), "take its own name out of its conditions")
    };
    looping.filter_map(problem).collect()
}

/// Every rule that nothing leads to from what the system asks.
pub(super) fn unread_rules(files: &[File<'_>]) -> Vec<Problem> {
    let graph = Graph::of(files);
    let asked: Vec<&str> = Rule::ALL.iter().map(|rule| rule.path()).chain([rules::DECISION]).collect();
    let mut read = graph.from(&asked);
    read.extend(asked);
    let unread = graph.edges.keys().filter(|rule| !read.contains(rule.as_str()));
    let problem = |rule: &String| {
        let (package, name) = rule.rsplit_once('.')?;
        let named = graph.named.get(package).into_iter().flatten().map(String::as_str).filter(|other| *other != name);
        let near = near::nearest(name, &named.collect::<Vec<_>>());
        let fix = near.map_or("take it out, or name it where it is needed".to_owned(), |near| {
            format!("write `{near}`, or take it out")
        });
        graph.problem(rule, format!("nothing reads the rule `{name}`, so it does nothing"), &fix)
    };
    unread.filter_map(problem).collect()
}

/// Every number of `thresholds.rego` that nothing reads.
pub(super) fn unread_numbers(files: &[File<'_>], order: &Order<'_>) -> Vec<Problem> {
    let mut read: BTreeSet<String> = READ_BY_FUNCTIONS.iter().map(ToString::to_string).collect();
    for file in files {
        let short = names::Short::of(&file.module);
        let rules = walk::rules(&file.module).into_iter().zip(&file.module.policy);
        let rules = rules.filter(|(_, rule)| !names::is_short(rule));
        let names = rules.flat_map(|(rule, _)| rule.exprs).filter_map(|expr| short.name(expr));
        read.extend(names.filter_map(|name| Some(name.text().strip_prefix(LIMITS)?.to_owned())));
    }
    let is_read = |path: &str| {
        read.iter()
            .any(|read| path.strip_prefix(read.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    let all: Vec<&str> = read.iter().map(String::as_str).collect();
    let numbers = order.numbers().filter(|path| !is_read(path));
    let problem = |path: &str| {
        let what = format!("nothing reads `{path}`, so it does nothing");
        let near = near::nearest(path, &all);
        let fix = near
            .map_or("take it out, or undo the last edit".to_owned(), |near| format!("write `{near}`, or take it out"));
        order.problem(path, what, &fix)
    };
    numbers.map(problem).collect()
}

/// Which rule reads which.
struct Graph<'a> {
    edges: BTreeMap<String, BTreeSet<String>>,
    places: BTreeMap<String, (&'a Source, &'a Span)>,
    /// What the rules of each package name.
    named: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Graph<'a> {
    fn of(files: &'a [File<'a>]) -> Self {
        let packages = refs::packages(files);
        let mut graph = Self { edges: BTreeMap::new(), places: BTreeMap::new(), named: BTreeMap::new() };
        for file in files {
            let package = names::package(&file.module).join(".");
            let short = names::Short::of(&file.module);
            for rule in walk::rules(&file.module) {
                let from = format!("{package}.{}", rule.name);
                let named = rule.exprs.iter().filter_map(|expr| names::first(expr));
                graph.named.entry(package.clone()).or_default().extend(named);
                let paths = rule.exprs.iter().flat_map(|expr| {
                    let long = short.name(expr).map(|name| name.text());
                    let own = names::first(expr).map(|first| format!("{package}.{first}"));
                    let called = called(expr).map(|name| format!("{package}.{name}"));
                    [long, own, called].into_iter().flatten()
                });
                let to = paths.flat_map(|path| targets(&packages, &path));
                graph.edges.entry(from.clone()).or_default().extend(to);
                graph.places.entry(from).or_insert((file.source, rule.span));
            }
        }
        graph
    }

    /// Everything that these read, and what that reads.
    fn from(&self, rules: &[&str]) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = rules.iter().filter_map(|rule| self.edges.get(*rule)).flatten().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next.as_str()) {
                open.extend(self.edges.get(next).into_iter().flatten());
            }
        }
        seen
    }

    fn problem(&self, rule: &str, what: String, fix: &str) -> Option<Problem> {
        let (source, span) = self.places.get(rule)?;
        Some(problem(source, span, what, fix))
    }
}

/// The name of the function that an expression calls.
fn called(expr: &regorus::unstable::Expr) -> Option<String> {
    match expr {
        regorus::unstable::Expr::Call { fcn, .. } => names::first(fcn),
        _ => None,
    }
}

/// The rules that a path reads: one, or all of a package that is named as a whole.
fn targets(packages: &BTreeMap<String, BTreeSet<String>>, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (package, rules) in packages {
        let inside = path.strip_prefix(package.as_str());
        let rule = inside.and_then(|rest| rest.strip_prefix('.')?.split('.').next());
        if let Some(rule) = rule.filter(|rule| rules.contains(*rule)) {
            found.push(format!("{package}.{rule}"));
        }
        let above = package.strip_prefix(path);
        if above.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            found.extend(rules.iter().map(|rule| format!("{package}.{rule}")));
        }
    }
    found
}
