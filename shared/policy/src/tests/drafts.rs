//! Edited files, the table of thresholds, and what would have needed less consent.

use super::support::{POLICY, calm, judge, limit};
use crate::Way;
use domain::Tier;
use serde_json::Value;
use time::OffsetDateTime;

const FILE: &str = "royal/thresholds.rego";

fn text() -> String {
    POLICY.draft().files().into_iter().find(|file| file.name == FILE).unwrap().text
}

#[test]
fn the_same_files_in_any_order_are_the_same_revision() {
    let draft = POLICY.draft();
    assert_eq!(draft.revision(), POLICY.revision());
    assert_eq!(draft.clone().with(FILE, &text()).revision(), POLICY.revision());
    assert_ne!(draft.with(FILE, &format!("{}\n# more\n", text())).revision(), POLICY.revision());
}

#[test]
fn an_edit_says_which_numbers_move_and_a_broken_one_says_where() {
    let edited = text().replacen(
        "expense_pay := {\n\t\"low_up_to_cents\": 10000",
        "expense_pay := {\n\t\"low_up_to_cents\": 12000",
        1,
    );
    let policy = POLICY.draft().with(FILE, &edited).compile().unwrap();
    let moved = POLICY.moved(&policy);
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!(
        (moved[0].path.as_str(), moved[0].from, moved[0].to),
        ("expense_pay.low_up_to_cents", Some(10_000), Some(12_000))
    );
    let broken = POLICY.draft().with(FILE, &edited.replacen("12000", "12.000", 1)).compile().unwrap_err();
    assert!(
        broken.iter().all(|problem| problem.file == FILE && problem.line > 0 && !problem.fix.is_empty()),
        "{broken:?}"
    );
}

#[test]
fn every_threshold_is_in_the_table_once_with_its_meaning() {
    let table = POLICY.table_of_thresholds();
    assert_eq!(table.len(), POLICY.numbers_at().count());
    let row = |path: &str| table.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("{path}"));
    let pay = row("expense_pay.low_up_to_cents");
    assert_eq!((pay.unit.as_str(), pay.group.as_str()), ("cents", "Finance"));
    assert_eq!(pay.meaning, "expense.pay: LOW, then MEDIUM, then a person.");
    assert_eq!(row("approval_people.policy.publish").value, 2);
    assert_eq!(row("budget_agents.default.day_cents").group, "Budgets");
    for row in &table {
        assert!(!row.meaning.is_empty() && !row.group.is_empty(), "{row:?}");
    }
}

#[test]
fn what_was_judged_is_judged_alike_from_what_was_kept_of_it() {
    for kind in ["expense.pay", "price.change", "email.send"] {
        let input = calm(kind);
        assert_eq!(POLICY.judge_seen(&input.seen(), OffsetDateTime::UNIX_EPOCH), judge(&input), "{kind}");
    }
    assert_eq!(POLICY.judge_seen("no JSON", OffsetDateTime::UNIX_EPOCH).tier, Tier::High);
}

#[test]
fn the_nearest_amount_that_needs_nobody_is_found_and_none_where_nothing_would_help() {
    let mut input = calm("expense.pay");
    input.action.amount_cents = Some(limit("expense_pay.low_up_to_cents") + 5_000);
    let decision = judge(&input);
    assert_eq!(decision.tier, Tier::Medium);
    let seen: Value = serde_json::from_str(&input.seen()).unwrap();
    let amount = Way { field: "action.amount_cents".into(), value: 15_000, instead: 10_000, tier: Tier::Low };
    assert_eq!(POLICY.ways_down(&seen, &decision), [amount]);
    let always = calm("supplier.onboard");
    let seen: Value = serde_json::from_str(&always.seen()).unwrap();
    assert_eq!(POLICY.ways_down(&seen, &judge(&always)), []);
}
