//! Edited files, the table of thresholds, and what would have needed less consent.

use super::support::{POLICY, calm, judge, limit};
use crate::{Change, Input, Way};
use domain::Tier;
use serde_json::{Value, json};
use time::OffsetDateTime;

const FILE: &str = "royal/thresholds.rego";

/// A way to LOW.
fn way(changes: &[(&str, Value, Value)]) -> Way {
    let change = |(field, value, instead): &(&str, Value, Value)| Change {
        field: (*field).to_owned(),
        value: value.clone(),
        instead: instead.clone(),
    };
    Way { changes: changes.iter().map(change).collect(), tier: Tier::Low }
}

fn ways(input: &Input) -> Vec<Way> {
    let seen: Value = serde_json::from_str(&input.seen()).unwrap();
    POLICY.ways_down(&seen, &judge(input))
}

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
    assert_eq!(POLICY.ways_down(&seen, &decision), [way(&[("action.amount_cents", json!(15_000), json!(10_000))])]);
    let always = calm("supplier.onboard");
    let seen: Value = serde_json::from_str(&always.seen()).unwrap();
    assert_eq!(POLICY.ways_down(&seen, &judge(&always)), []);
}

#[test]
fn what_only_several_fields_together_would_change_is_found() {
    let mut input = calm("email.send");
    input.action.recipients = Some(5_000);
    input.context.consented = Some(false);
    let expected =
        way(&[("action.recipients", json!(5_000), json!(1_000)), ("context.consented", json!(false), json!(true))]);
    assert_eq!(ways(&input), [expected]);
    let mut input = calm("price.change");
    input.action.new_price_cents = Some(15_000);
    input.context.price_changes_24h = Some(4);
    let expected = [
        way(&[
            ("action.new_price_cents", json!(15_000), json!(10_200)),
            ("context.price_changes_24h", json!(4), json!(1)),
        ]),
        way(&[
            ("context.price_24h_ago_cents", json!(10_000), json!(14_706)),
            ("context.price_changes_24h", json!(4), json!(1)),
        ]),
    ];
    assert_eq!(ways(&input), expected);
}

#[test]
fn what_counts_together_can_be_less_of_either() {
    let mut input = calm("expense.pay");
    input.action.amount_cents = Some(6_000);
    input.context.similar_24h_cents = Some(5_000);
    let expected = [
        way(&[("action.amount_cents", json!(6_000), json!(5_000))]),
        way(&[("context.similar_24h_cents", json!(5_000), json!(4_000))]),
    ];
    assert_eq!(ways(&input), expected);
}

#[test]
fn a_fact_that_is_missing_or_a_stop_or_another_agent_is_named_as_what_would_help() {
    let mut input = calm("refund.issue");
    input.context.refunds_30d = None;
    assert_eq!(ways(&input), [way(&[("context.refunds_30d", Value::Null, json!(0))])]);
    let mut input = calm("order.hold");
    input.context.stopped = Some(true);
    assert_eq!(ways(&input), [way(&[("context.stopped", json!(true), json!(false))])]);
    let mut input = calm("order.hold");
    (input.agent.name, input.agent.cluster) = ("marketing-ads".to_owned(), "marketing".to_owned());
    let fields: Vec<_> = ways(&input).into_iter().flat_map(|way| way.changes).map(|change| change.field).collect();
    assert_eq!(fields, ["agent.cluster", "agent.name"]);
}

#[test]
fn every_reason_of_a_decision_comes_from_a_rule_that_says_it() {
    let mut input = calm("expense.pay");
    input.action.amount_cents = Some(limit("expense_pay.medium_up_to_cents") + 1);
    input.agent.probation = true;
    let decision = judge(&input);
    let origins = POLICY.origins(&decision.reasons);
    assert_eq!(origins.len(), decision.reasons.len());
    for (reason, origins) in decision.reasons.iter().zip(&origins) {
        let origin = origins.first().unwrap_or_else(|| panic!("{reason:?}"));
        let text = POLICY.draft().files().into_iter().find(|file| file.name == origin.file).unwrap().text;
        let line = text.lines().nth(usize::try_from(origin.line).unwrap() - 1).unwrap();
        assert!(line.starts_with(origin.rule.rsplit('.').next().unwrap()), "{line}");
    }
}

#[test]
fn an_edit_of_remarks_alone_says_the_same() {
    let draft = POLICY.draft();
    let remark = draft.clone().with(FILE, &format!("{}\n# more\n", text().replacen("10000,", "10000, # euro", 1)));
    assert!(draft.says_the_same(&remark));
    assert!(!draft.says_the_same(&draft.clone().with(FILE, &text().replacen("10000,", "10001,", 1))));
}
