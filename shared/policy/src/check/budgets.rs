//! Budgets that would not hold: one without a limit, or a window that another makes useless.

use super::{near, order::Order};
use crate::Problem;
use serde_json::{Map, Value};

/// Windows of a budget, from the shortest.
const WINDOWS: [&str; 3] = ["hour_cents", "day_cents", "week_cents"];

/// Who has a budget in the table `budgets`.
const NAMED: [&str; 7] = ["store", "product", "marketing", "customer", "finance", "insight", "ceo"];

/// Tables of budgets, and the lines that they cannot do without.
const TABLES: [(&str, &[&str]); 3] =
    [("budgets", &NAMED), ("budget_agents", &["default"]), ("budget_campaigns", &["default"])];

/// Everything about budgets that would make one of them silent.
pub(super) fn problems(order: &Order<'_>) -> Vec<Problem> {
    let mut found: Vec<_> = TABLES.iter().flat_map(|(table, needed)| table_problems(order, table, needed)).collect();
    if found.is_empty() {
        found.extend(TABLES.iter().flat_map(|(table, _)| above_the_store(order, table)));
    }
    found
}

/// What is above the limit of the whole store is never reached.
fn above_the_store(order: &Order<'_>, table: &str) -> Vec<Problem> {
    let limit = |table: &str, name: &str, window: &str| order.table(table)?.get(name)?.get(window)?.as_i64();
    let names = order.table(table).into_iter().flat_map(Map::keys);
    let windows = names.flat_map(|name| WINDOWS.iter().map(move |window| (name, window)));
    let wrong = |(name, window): (&String, &&str)| {
        let (own, store) = (limit(table, name, window)?, limit("budgets", "store", window)?);
        let what = format!(
            "`{table}.{name}.{window}` ({own}) is above `budgets.store.{window}` ({store}), so it does nothing"
        );
        (own > store)
            .then(|| order.problem(&format!("{table}.{name}.{window}"), what, "make it no larger than the store's"))
    };
    windows.filter_map(wrong).collect()
}

fn table_problems(order: &Order<'_>, table: &str, needed: &[&str]) -> Vec<Problem> {
    let none = Map::new();
    let lines = order.table(table).unwrap_or(&none);
    let gone = needed.iter().filter(|name| !lines.contains_key(**name)).map(|name| {
        let what = format!("`{table}.{name}` is gone");
        order.problem(table, what, "put it back, or undo the last edit")
    });
    let unknown = lines.keys().filter(|name| table == "budgets" && !NAMED.contains(&name.as_str())).map(|name| {
        order.problem(&format!("{table}.{name}"), format!("`{name}` has no budget"), &near::instead(name, NAMED))
    });
    let lines = lines.iter().flat_map(|(name, line)| line_problems(order, &format!("{table}.{name}"), line));
    gone.chain(unknown).chain(lines).collect()
}

fn line_problems(order: &Order<'_>, path: &str, line: &Value) -> Vec<Problem> {
    let limits: Vec<_> = WINDOWS.iter().filter_map(|window| Some((window, line.get(*window)?.as_i64()?))).collect();
    let count = line.as_object().map_or(0, Map::len);
    if limits.len() != WINDOWS.len() || count != WINDOWS.len() {
        let what = format!("`{path}` does not have the three limits of a budget, and nothing else");
        return vec![order.problem(path, what, &format!("write: {}", WINDOWS.join(", ")))];
    }
    let steps = limits.iter().zip(limits.iter().skip(1));
    let above = steps.filter(|((_, short), (_, long))| short > long).map(|((window, short), (next, long))| {
        let what = format!("`{window}` ({short}) is above `{next}` ({long}), so it does nothing");
        order.problem(&format!("{path}.{window}"), what, "make the first the smaller one")
    });
    above.collect()
}
