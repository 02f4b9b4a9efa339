//! Rules that need themselves. The rule machine would follow them until the process dies.

use super::{File, names, refs, walk};
use crate::{Problem, source::Source};
use std::collections::{BTreeMap, BTreeSet};

/// Every rule that leads back to itself.
pub(super) fn problems(files: &[File<'_>]) -> Vec<Problem> {
    let graph = Graph::of(files);
    let looping = graph.edges.keys().filter(|rule| graph.leads_back(rule));
    let problem = |rule: &String| Problem {
        file: graph.files.get(rule).map_or("", |s| s.name.as_str()).to_owned(),
        line: 0,
        column: 0,
        what: format!("rule `{rule}` needs itself"),
        fix: "undo the last edit".to_owned(),
    };
    looping.map(problem).collect()
}

/// Which rule reads which.
struct Graph<'a> {
    edges: BTreeMap<String, BTreeSet<String>>,
    files: BTreeMap<String, &'a Source>,
}

impl<'a> Graph<'a> {
    fn of(files: &[File<'a>]) -> Self {
        let packages = refs::packages(files);
        let mut graph = Self { edges: BTreeMap::new(), files: BTreeMap::new() };
        for file in files {
            let package = names::package(&file.module).join(".");
            let short = names::Short::of(&file.module);
            for rule in walk::rules(&file.module) {
                let from = format!("{package}.{}", rule.name);
                let paths = rule.exprs.iter().flat_map(|expr| {
                    let long = short.name(expr).map(|name| name.text());
                    let own = names::first(expr).map(|first| format!("{package}.{first}"));
                    [long, own].into_iter().flatten()
                });
                let to = paths.flat_map(|path| targets(&packages, &path));
                graph.edges.entry(from.clone()).or_default().extend(to);
                graph.files.insert(from, file.source);
            }
        }
        graph
    }

    fn leads_back(&self, rule: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = self.edges.get(rule).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if next == rule {
                return true;
            }
            if seen.insert(next) {
                open.extend(self.edges.get(next).into_iter().flatten());
            }
        }
        false
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
