//! Limits that contradict each other: an edit of one of them would do nothing.

use super::{budgets, near};
use crate::{Problem, fold::Place};
use domain::Action;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The first is never above the second.
const ASCENDING: &[(&str, &str)] = &[
    ("budget_adjust.low_under_cents", "budget_adjust.medium_up_to_cents"),
    ("campaign_launch.medium_up_to_cents", "campaign_launch.ceo_up_to_cents"),
    ("price_change.low_up_to_percent", "price_change.high_from_percent"),
    ("product_publish.ceo_from_confidence_percent", "product_publish.medium_from_confidence_percent"),
    ("pricing.min_margin_percent", "pricing.target_margin_percent"),
    ("refund_issue.low_up_to_cents", "refund_issue.ceo_up_to_cents"),
    ("email_send.low_up_to_recipients", "email_send.medium_up_to_recipients"),
    ("expense_pay.low_up_to_cents", "expense_pay.medium_up_to_cents"),
    ("goal_set.low_up_to_percent", "goal_set.medium_up_to_percent"),
    ("approval.escalate_before_hours", "approval.hours"),
    ("pricing.min_margin_percent", "ceo_product.min_margin_percent"),
    ("scout.fast_shipping_days", "scout.slow_shipping_days"),
    ("vetting.marginal_from_points", "vetting.fair_from_points"),
    ("vetting.fair_from_points", "vetting.good_from_points"),
    ("vetting.good_from_points", "vetting.excellent_from_points"),
    ("fraud.few_under_orders", "fraud.regular_over_orders"),
    ("fraud.value_high_over_cents", "fraud.value_higher_over_cents"),
    ("fraud.value_higher_over_cents", "fraud.value_highest_over_cents"),
    ("fraud.medium_from_points", "fraud.high_from_points"),
    ("fraud.high_from_points", "fraud.blocked_from_points"),
    ("fulfillment.fast_days", "fulfillment.slow_days"),
    ("inventory.least_history_days", "inventory.history_days"),
];

/// Dividing by these, or asking nobody, would make a rule silent.
const AT_LEAST_ONE: &[&str] = &[
    "approval.people",
    "approval.hours",
    "scout.full_margin_percent",
    "scout.full_stock_units",
    "scout.up_to_journeys",
    "dead_man.after_hours",
    "fulfillment.up_to_tries",
    "inventory.holding_percent",
    "inventory.least_history_days",
    "analyst.revenue_drop_from_percent",
    "analyst.forecast_days",
    "analyst.forecast_from_days",
];

/// No rule names these, and functions cannot do without them.
const NEEDED: &[&str] = &[
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
    "payment_fee.percent_hundredths",
    "payment_fee.fixed_cents",
    "analyst.revenue_drop_from_percent",
    "analyst.forecast_days",
    "analyst.forecast_from_days",
    "approval_people.policy.publish",
    "approval_people.control.resume",
    "approval_people.access.grant",
];

/// Nobody alone changes rules or rights, or lifts a stop.
const AT_LEAST_TWO: &[&str] =
    &["approval_people.policy.publish", "approval_people.control.resume", "approval_people.access.grant"];

/// Terms that weigh 100 together.
const WEIGHTS: &[&str] = &["scout_weights", "vetting_weights", "fulfillment_weights"];

/// Tables by action type.
const BY_TYPE: &[&str] = &["approval_people", "approval_hours", "undo_minutes"];

impl<'a> Order<'a> {
    /// Of the tables, and the places of what stands in `thresholds.rego`.
    pub(super) fn of(tables: &'a Value, places: &'a BTreeMap<String, Place>) -> Option<Self> {
        Some(Self { thresholds: tables.pointer("/royal/thresholds")?, places })
    }
}

/// What the numbers of `thresholds.rego` have to do with each other.
pub(super) fn problems(order: &Order<'_>) -> Vec<Problem> {
    let mut problems = order.ascending();
    problems.extend(budgets::problems(order));
    problems.extend(order.needed());
    problems.extend(order.at_least_one());
    problems.extend(order.weights());
    problems.extend(order.types());
    problems.extend(order.percents());
    problems
}

pub(super) struct Order<'a> {
    thresholds: &'a Value,
    places: &'a BTreeMap<String, Place>,
}

impl Order<'_> {
    fn number(&self, path: &str) -> Option<i64> {
        // Names of action types have dots of their own.
        let (table, name) = path.split_once('.')?;
        let table = self.thresholds.get(table)?;
        let deeper = || name.rsplit_once('.').and_then(|(line, field)| table.get(line)?.get(field));
        table.get(name).or_else(deeper)?.as_i64()
    }

    /// The lines of a table.
    pub(super) fn table(&self, name: &str) -> Option<&Map<String, Value>> {
        self.thresholds.get(name)?.as_object()
    }

    /// The paths of all numbers, in the order of their lines.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        let mut found: Vec<_> = self.places.iter().filter(|(path, _)| self.is_number(path)).collect();
        found.sort_by_key(|(_, place)| (place.line, place.column));
        found.into_iter().map(|(path, _)| path.as_str())
    }

    /// The paths of everything that is there.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    fn is_number(&self, path: &str) -> bool {
        self.number(path).is_some() || self.thresholds.get(path).is_some_and(Value::is_i64)
    }

    /// A problem with what stands at a path.
    pub(super) fn problem(&self, path: &str, what: String, fix: &str) -> Problem {
        let place = self.places.get(path);
        Problem {
            file: "royal/thresholds.rego".to_owned(),
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            what,
            fix: fix.to_owned(),
        }
    }

    fn ascending(&self) -> Vec<Problem> {
        let wrong = |(low, high): &(&str, &str)| {
            let (below, above) = (self.number(low)?, self.number(high)?);
            let steps = *low == "scout.fast_shipping_days" && below == above;
            let side = if steps { "not below" } else { "above" };
            let what = format!("`{low}` ({below}) is {side} `{high}` ({above}), so one of them does nothing");
            (below > above || steps).then(|| self.problem(low, what, "make the first the smaller one"))
        };
        ASCENDING.iter().filter_map(wrong).collect()
    }

    fn needed(&self) -> Vec<Problem> {
        let gone = NEEDED.iter().filter(|path| self.number(path).is_none());
        let problem =
            |path: &&str| self.problem(path, format!("`{path}` is gone"), "put it back, or undo the last edit");
        gone.map(problem).collect()
    }

    fn at_least_one(&self) -> Vec<Problem> {
        let listed = AT_LEAST_ONE.iter().map(ToString::to_string);
        let people = self.paths("approval_people").chain(self.paths("approval_hours"));
        let wrong = |path: String| {
            let least = if AT_LEAST_TWO.contains(&path.as_str()) { 2 } else { 1 };
            let number = self.number(&path).filter(|number| *number < least)?;
            let what = format!("`{path}` is {number}");
            Some(self.problem(&path, what, &format!("write {least} or more")))
        };
        listed.chain(people).filter_map(wrong).collect()
    }

    /// Paths of a table's entries.
    fn paths<'a>(&'a self, table: &'a str) -> impl Iterator<Item = String> + 'a {
        let entries = self.thresholds.get(table).and_then(Value::as_object);
        entries.into_iter().flat_map(|entries| entries.keys()).map(move |name| format!("{table}.{name}"))
    }

    fn weights(&self) -> Vec<Problem> {
        let wrong = |table: &&str| {
            let weights = self.thresholds.get(table)?.as_object()?.values();
            let sum: i64 = weights.filter_map(Value::as_i64).sum();
            let what = format!("the weights in `{table}` are {sum} together");
            (sum != 100).then(|| self.problem(table, what, "make them 100"))
        };
        WEIGHTS.iter().filter_map(wrong).collect()
    }

    fn types(&self) -> Vec<Problem> {
        let wrong = |path: String| {
            let (_, kind) = path.split_once('.')?;
            let what = format!("`{kind}` is no action type");
            let fix = || near::instead(kind, Action::KINDS.iter().copied());
            (!Action::KINDS.contains(&kind)).then(|| self.problem(&path, what, &fix()))
        };
        BY_TYPE.iter().flat_map(|table| self.paths(table)).filter_map(wrong).collect()
    }

    fn percents(&self) -> Vec<Problem> {
        let wrong = |path: &String| {
            let most = most(path)?;
            let number = self.number(path).filter(|number| *number > most)?;
            let what = format!("`{path}` is {number}");
            Some(self.problem(path, what, &format!("write {most} or less")))
        };
        self.places.keys().filter_map(wrong).collect()
    }
}

/// The largest number that makes sense, by the name's unit.
fn most(path: &str) -> Option<i64> {
    let shares = path.ends_with("_percent") || path.ends_with("_points");
    match path {
        // 100 % of margin is a price without end, and .99 is the last cent.
        path if path.ends_with("margin_percent") || path.ends_with("ending_cents") => Some(99),
        _ if shares => Some(100),
        _ => None,
    }
}
