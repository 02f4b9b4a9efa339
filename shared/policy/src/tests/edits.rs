//! What finance is told about an edit that does not hold.

use super::support::edited;
use crate::{Policy, PolicyError, Problem};

const THRESHOLDS: &str = "royal/thresholds.rego";

/// The problems of the policy with one edit.
fn problems(file: &str, from: &str, to: &str) -> Vec<Problem> {
    match Policy::compile(&edited(file, from, to)) {
        Err(PolicyError::Broken(problems)) => problems,
        Err(other) => panic!("`{to}`: {other}"),
        Ok(_) => panic!("`{to}` was accepted"),
    }
}

#[test]
fn an_edit_that_does_not_hold_is_named_with_its_line_and_the_way_out() {
    let line = "\"low_under_cents\": 10000,";
    let cases = [
        (line, "\"low_under_cents\": 10.000,", "`10.000` is not a whole number", "10000"),
        (line, "\"low_under_cents\": 1e4,", "`1e4` is not a whole number", "digits"),
        (line, "\"low_under_cents\": 10,000,", "not a whole number", "digits only"),
        (line, "\"low_under_cents\": 10 000,", "not a whole number", "digits only"),
        (line, "\"low_under_cents\": €100,", "a sign that does not belong here", "without a currency sign"),
        (line, "\"low_under_cents\": 10%,", "a sign stands where none belongs", "without %"),
        (line, "\"low_under_cents\": \"10000\",", "is a text", "quotes"),
        (line, "\"low_under_cents\": 100 * 100,", "is not a whole number", "digits only"),
        (line, "\"low_under_cents\": -1,", "is not a whole number", "digits only"),
        (line, "\"low_under_cents\": 10000", "a comma", "comma"),
        (line, "\"low_under_cents: 10000,", "a quote is missing", "quote"),
        (line, "“low_under_cents”: 10000,", "a sign that does not belong here", "straight quotes"),
        (line, "\"low_under_cents\" 10000,", "a colon is missing", "\"name\": 100"),
        (line, "\"low_under_cents\": 10000,\n\t\"low_under_cents\": 1,", "for the second time", "keep one"),
    ];
    for (from, to, what, fix) in cases {
        let found = problems(THRESHOLDS, from, to);
        let problem = found.first().unwrap();
        assert!(problem.what.contains(what), "`{to}`: {problem}");
        assert!(problem.fix.contains(fix), "`{to}`: {problem}");
        assert_eq!(problem.file, THRESHOLDS, "`{to}`");
        assert!((15..=18).contains(&problem.line), "`{to}`: {problem}");
        assert!(problem.column > 0, "`{to}`: {problem}");
    }
}

#[test]
fn numbers_that_contradict_each_other_are_refused() {
    let cases = [
        ("\"low_under_cents\": 10000", "\"low_under_cents\": 100001", "is above `budget_adjust.medium_up_to_cents`"),
        ("\"high_from_percent\": 20", "\"high_from_percent\": 1", "is above `price_change.high_from_percent`"),
        ("\"margin_points\": 30", "\"margin_points\": 31", "are 101 together"),
        ("\"people\": 1", "\"people\": 0", "`approval.people` is 0"),
        ("\"access.grant\": 2", "\"access.grant\": 0", "`approval_people.access.grant` is 0"),
        ("\"access.grant\": 2", "\"acces.grant\": 2", "`acces.grant` is no action type"),
        ("\"min_margin_percent\": 15", "\"min_margin_percent\": 100", "`pricing.min_margin_percent` is 100"),
        ("\"shortlist_from_points\": 75", "\"shortlist_from_points\": 101", "`scout.shortlist_from_points` is 101"),
        ("\"slow_shipping_days\": 30", "\"slow_shipping_days\": 3", "scout.slow_shipping_days"),
        ("\"full_stock_units\": 50", "\"full_stock_units\": 0", "`scout.full_stock_units` is 0"),
    ];
    for (from, to, what) in cases {
        let found = problems(THRESHOLDS, from, to);
        assert!(found.iter().any(|problem| problem.what.contains(what)), "`{to}`: {found:?}");
        assert!(found.iter().any(|problem| problem.line > 0), "`{to}`: {found:?}");
    }
}

#[test]
fn a_name_that_leads_nowhere_is_refused() {
    let cases = [
        (THRESHOLDS, "\"changes_per_day\": 2,", "", "no `changes_per_day`"),
        (THRESHOLDS, "\"up_to_journeys\": 10,", "", "`scout.up_to_journeys` is gone"),
        (THRESHOLDS, "\"store\": {", "\"stroe\": {", "`budgets.store` is gone"),
        ("royal/risk/finance.rego", "thresholds.expense_pay.low_up_to", "thresholds.expense_pay.low_upto", "low_upto"),
        ("royal/risk/finance.rego", "input.context.fraud_band", "input.context.fraud_bnad", "fraud_bnad"),
        ("royal/agents/scout.rego", "input.stock_units", "input.stok_units", "stok_units"),
        ("royal/agents/scout.rego", "limits.full_stock_units", "limits.ful_stock_units", "ful_stock_units"),
        ("royal/risk.rego", "data.royal.risk.finance.findings", "data.royal.risk.finance.finding", "no `finding`"),
        ("royal/risk.rego", "import data.royal.actions", "import data.royal.action", "no `action`"),
        (
            "royal/risk.rego",
            "import data.royal.actions",
            "import data.royal.actions\nimport data.royal.risk.finance",
            "through an import every one of them runs",
        ),
        ("royal/risk/finance.rego", "\"limit\": \"expense_pay.low", "\"limit\": \"expense_pay.lo", "is no number"),
        ("royal/risk/finance.rego", "\"code\": \"fraud_high\"", "\"code\": \"fraud_hgh\"", "no words for the code"),
        ("royal/risk/finance.rego", "{\"tier\": \"HIGH\"", "{\"tier\": \"HIHG\"", "is no tier"),
        (
            "royal/risk/product.rego",
            "\tjump * 100 > thresholds.inventory_set",
            "\t(jump * 100) > thresholds.inventory_set",
            "the bracket after `thresholds.inventory_set.jump_over_units`",
        ),
        ("royal/risk/finance.rego", "type == \"expense.pay\"", "sprintf(\"%d\", [1]) == \"1\"", "`sprintf`"),
        ("royal/risk/finance.rego", "type == \"expense.pay\"", "time.now_ns() > 1", "`time.now_ns`"),
        ("royal/risk.rego", "rules == \"product\"", "input.action.type == \"x\" with input as {}", "uses `with`"),
    ];
    for (file, from, to, what) in cases {
        let found = problems(file, from, to);
        assert!(found.iter().any(|problem| problem.what.contains(what)), "`{to}`: {found:?}");
    }
}

#[test]
fn every_problem_is_listed_at_once() {
    let mut sources = edited(THRESHOLDS, "\"people\": 1", "\"people\": 1.5");
    let file = sources.iter_mut().find(|source| source.name == THRESHOLDS).unwrap();
    file.text = file.text.replacen("\"hours\": 24", "\"hours\": \"24\"", 1);
    let refused = Policy::compile(&sources).unwrap_err().to_string();
    assert_eq!(refused.lines().count(), 2, "{refused}");
    is_readable(&refused);
}

/// What finance reads.
fn is_readable(refused: &str) {
    let first = refused.lines().next().unwrap();
    assert!(first.starts_with("`royal/thresholds.rego` line "), "{first}");
    assert!(first.contains("`1.5` is not a whole number; a point makes it a fraction; write digits only"), "{first}");
}
