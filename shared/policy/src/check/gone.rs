//! Numbers that rules read and that are not in `thresholds.rego` any more: named where the edit was made.

use super::{File, names, near, order::Order, walk};
use crate::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// Where the numbers are.
const LIMITS: &str = "data.royal.thresholds.";

/// Numbers that were taken out or renamed. A name that only one rule reads, and that is nearly one that others read,
/// is the rule's own slip, and not among them.
pub(super) fn problems(files: &[File<'_>], order: &Order<'_>) -> Vec<Problem> {
    let gone = Gone { read: read(files), there: order.places().collect() };
    let mut found: Vec<Problem> = Vec::new();
    for (path, times) in &gone.read {
        let Some((what, at, fix)) = gone.told(path, *times) else { continue };
        let problem = order.problem(&at, what, &fix);
        if !found.iter().any(|other| other.fix == problem.fix) {
            found.push(problem);
        }
    }
    found
}

/// How often rules name a number: to compare with it, and at all.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    compared: usize,
    named: usize,
}

struct Gone<'a> {
    read: BTreeMap<String, Times>,
    there: BTreeSet<&'a str>,
}

impl Gone<'_> {
    /// What is gone, where, and what to do.
    fn told(&self, path: &str, times: Times) -> Option<(String, String, String)> {
        let (table, name) = path.split_once('.')?;
        if times.compared == 0 || self.there.contains(path) {
            return None;
        }
        if !self.there.contains(table) {
            return Some(self.without_table(table));
        }
        let beside: Vec<&str> =
            self.there.iter().filter_map(|other| other.strip_prefix(table)?.strip_prefix('.')).collect();
        let unread: Vec<&str> =
            beside.iter().copied().filter(|name| !self.is_read(&format!("{table}.{name}"))).collect();
        let near = near::nearest(name, &beside);
        if times.named < 2 && near.is_some_and(|near| !unread.contains(&near)) {
            return None;
        }
        let what = format!("`{path}` is gone, and rules read it");
        Some(match near.filter(|near| unread.contains(near)).or(unread.first().copied()) {
            Some(other) => (what, format!("{table}.{other}"), format!("write \"{name}\" instead of \"{other}\"")),
            None => (what, table.to_owned(), format!("put \"{name}\" back, or undo the last edit")),
        })
    }

    fn without_table(&self, table: &str) -> (String, String, String) {
        let what = format!("the table `{table}` is gone, and rules read it");
        let tables = self.there.iter().copied().filter(|path| !path.contains('.'));
        let unread: Vec<&str> = tables.filter(|table| !self.is_read(&format!("{table}."))).collect();
        match near::nearest(table, &unread) {
            Some(other) => (what, other.to_owned(), format!("write `{table}` instead of `{other}`")),
            None => (what, String::new(), "put it back, or undo the last edit".to_owned()),
        }
    }

    fn is_read(&self, start: &str) -> bool {
        self.read.keys().any(|path| path.starts_with(start))
    }
}

/// How often the rules name each number.
fn read(files: &[File<'_>]) -> BTreeMap<String, Times> {
    let mut read: BTreeMap<String, Times> = BTreeMap::new();
    for file in files {
        let short = names::Short::of(&file.module);
        for expr in walk::rules(&file.module).into_iter().flat_map(|rule| rule.exprs) {
            let compared =
                short.name(expr).and_then(|name| Some(name.all()?.join(".").strip_prefix(LIMITS)?.to_owned()));
            if let Some(path) = &compared {
                read.entry(path.clone()).or_default().compared += 1;
            }
            for path in compared.into_iter().chain(super::codes::limit(expr)) {
                read.entry(path).or_default().named += 1;
            }
        }
    }
    read
}
