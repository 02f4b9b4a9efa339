//! What a sweep tells of an edit.

use super::support::{POLICY, edited};
use crate::{
    Policy,
    sweep::{self, Sweep},
};

const THRESHOLDS: &str = "royal/thresholds.rego";

/// The sweep of some action types after edits of one file.
fn after(kinds: &[&str], file: &str, edits: &[(&str, &str)]) -> Sweep {
    let mut sources = edited(file, edits[0].0, edits[0].1);
    for (from, to) in &edits[1..] {
        let source = sources.iter_mut().find(|source| source.name == file).unwrap();
        assert!(source.text.contains(from), "`{from}` is not in {file}");
        source.text = source.text.replacen(from, to, 1);
    }
    let policy = Policy::compile_unjudged(&sources).unwrap_or_else(|cause| panic!("{cause}"));
    sweep::of(kinds, &POLICY, &policy)
}

#[test]
fn the_rules_have_no_hole_and_more_is_never_less() {
    let swept = sweep::run(&POLICY, &POLICY);
    assert_eq!(swept.lines(), [""; 0]);
    assert!(swept.holds() && swept.changes_nothing());
    assert!(swept.kinds == 35 && swept.cases > 10_000, "{}", swept.summary());
}

#[test]
fn every_boundary_that_moved_is_told_and_looser_ones_first() {
    let edits = [
        ("\"low_up_to_cents\": 10000,", "\"low_up_to_cents\": 15000,"),
        ("\"medium_up_to_cents\": 100000,", "\"medium_up_to_cents\": 90000,"),
        ("\"high_from_percent\": 20", "\"high_from_percent\": 25"),
        ("\"after_hours\": 72", "\"after_hours\": 100"),
        ("\"expense.pay\": 72", "\"expense.pay\": 48"),
        ("\"shortlist_from_points\": 75", "\"shortlist_from_points\": 70"),
    ];
    let swept = after(&["budget.adjust", "expense.pay", "price.change", "order.hold"], THRESHOLDS, &edits);
    let told = swept.lines();
    for line in [
        "LOOSER  expense.pay: action.amount_cents EUR 100.01 to EUR 150.00: MEDIUM becomes LOW",
        "stricter  budget.adjust: action.amount_cents EUR 900.01 to EUR 1,000.00: MEDIUM becomes HIGH",
        "LOOSER  price.change: action.new_price_cents EUR 120.00 to EUR 124.99: HIGH becomes MEDIUM",
        "LOOSER  price.change: action.new_price_cents EUR 75.01 to EUR 80.00: HIGH becomes MEDIUM",
        "LOOSER  order.hold: context.unwatched_hours 72 to 99: MEDIUM becomes LOW",
        "other  expense.pay: hours 72 becomes 48",
        "no tier  scout.shortlist_from_points: it decides no tier: agents.scout reads it",
    ] {
        assert!(told.iter().any(|found| found == line), "{line} is not among\n{}", told.join("\n"));
    }
    // Two amounts that add up to what one of them is by itself are not told again.
    let twice = |boundary: &&sweep::Boundary| boundary.field.ends_with("_cents") && !boundary.with.is_empty();
    assert_eq!(swept.boundaries.iter().find(twice), None);
    let marks: Vec<bool> = swept.boundaries.iter().map(|boundary| boundary.looser).collect();
    assert!(marks.is_sorted_by_key(|looser| !looser), "{marks:?}");
    assert!(swept.holds() && swept.looser > 0 && swept.stricter > 0);
}

#[test]
fn a_number_that_something_else_overrules_changes_nothing() {
    let swept = after(&["order.cancel"], THRESHOLDS, &[("\"after_hours\": 72", "\"after_hours\": 100")]);
    assert!(swept.changes_nothing(), "{:?}", swept.lines());
    assert_eq!(
        swept.lines(),
        ["no tier  dead_man.after_hours: it changes nothing about order.cancel: something else decides first"]
    );
}

#[test]
fn an_edit_is_tried_on_the_types_that_read_it_and_a_policy_by_itself_on_all() {
    let edit = [("\"shortlist_from_points\": 75", "\"shortlist_from_points\": 70")];
    let swept = after(&["expense.pay", "order.hold"], THRESHOLDS, &edit);
    assert_eq!((swept.kinds, swept.cases), (0, 0));
    assert!(swept.summary().starts_with("no action type reads what differs"), "{}", swept.summary());
    let edit = [("\"low_up_to_cents\": 10000,", "\"low_up_to_cents\": 15000,")];
    assert_eq!(after(&["expense.pay", "order.hold"], THRESHOLDS, &edit).kinds, 1);
}

#[test]
fn fewer_people_are_looser() {
    let swept = after(
        &["policy.publish"],
        "royal/approvals.rego",
        &[("\"quorum\": object.get(thresholds.approval_people, type, ", "\"quorum\": object.get({}, type, ")],
    );
    assert_eq!(swept.lines(), ["LOOSER  policy.publish: people 2 becomes 1"]);
}

#[test]
fn a_word_taken_from_a_list_is_told() {
    let swept = after(&["product.publish"], "royal/lists.rego", &[("\t\"weapon\",\n", "")]);
    assert_eq!(swept.lines(), ["LOOSER  product.publish: action.category weapon: HIGH becomes MEDIUM"]);
}

#[test]
fn a_hole_in_the_rules_is_found() {
    let holes = [("paying contains {\n\t\"tier\": \"MEDIUM\"", "paying contains {\n\t\"tier\": \"SOMETIMES\"")];
    let swept = after(&["expense.pay"], "royal/risk/finance.rego", &holes);
    assert!(!swept.holds());
    assert!(swept.gaps[0].with.iter().any(|with| with.field.ends_with("_cents")), "{:?}", swept.gaps);
}

#[test]
fn less_consent_for_more_money_is_found() {
    let band = (
        "\tsum.cents > thresholds.expense_pay.medium_up_to_cents\n",
        "\tsum.cents > thresholds.expense_pay.medium_up_to_cents\n\tsum.cents < 200000\n",
    );
    let swept = after(&["expense.pay"], "royal/risk/finance.rego", &[band]);
    let first = "LESS FOR MORE  expense.pay: action.amount_cents EUR 1,999.99 is HIGH and EUR 2,000.00 is only MEDIUM";
    assert_eq!(swept.lines()[0], first);
    assert!(!swept.holds());
}

#[test]
fn a_sweep_reads_the_same_twice() {
    let edit = [("\"low_up_to_cents\": 10000,", "\"low_up_to_cents\": 15000,")];
    let swept = || serde_json::to_string(&after(&["expense.pay"], THRESHOLDS, &edit)).unwrap();
    assert_eq!(swept(), swept());
}
