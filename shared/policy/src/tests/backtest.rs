//! A comparison says what evaluating every decision in full says.

use super::{
    differential::inputs,
    support::{POLICY, calm, edited},
};
use crate::{
    Input, Policy,
    backtest::{Approval, Backtest, Summary},
};
use domain::{Action, audit::EventV1};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::json;
use time::OffsetDateTime;

fn event(n: u64, input: &Input) -> EventV1 {
    serde_json::from_value(json!({
        "labels": {}, "bundles": {}, "path": "royal/risk/decision", "result": {}, "req_id": n,
        "decision_id": format!("{n}/1"), "requested_by": input.agent.name, "timestamp": "2026-11-20T10:00:00Z",
        "input": serde_json::from_str::<serde_json::Value>(&input.seen()).unwrap(),
    }))
    .unwrap()
}

/// Generated decisions, every third of them twice, and one calm one of every type.
fn log() -> Vec<EventV1> {
    let seeded = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seeded);
    let generated: Vec<Input> = (0..400).map(|_| inputs().new_tree(&mut runner).unwrap().current()).collect();
    let again = generated.iter().step_by(3).cloned().map(|mut input| {
        input.action.target = "another".to_owned();
        input
    });
    let calm = Action::KINDS.iter().map(|kind| calm(kind));
    let all = generated.iter().cloned().chain(again).chain(calm);
    all.zip(0..).map(|(input, n)| event(n, &input)).collect()
}

const THRESHOLDS: &str = "royal/thresholds.rego";

/// File, what stands in it, and what is put there instead.
const EDITS: [(&str, &str, &str); 8] = [
    (THRESHOLDS, "\"ceo_up_to_cents\": 25000", "\"ceo_up_to_cents\": 90000"),
    (THRESHOLDS, "\"low_up_to_cents\": 5000", "\"low_up_to_cents\": 1"),
    (THRESHOLDS, "\"after_hours\": 72", "\"after_hours\": 7200"),
    (THRESHOLDS, "\"reject_cooldown_minutes\": 1440", "\"reject_cooldown_minutes\": 9000"),
    (THRESHOLDS, "\"price.change\": 120", "\"price.change\": 0"),
    ("royal/lists.rego", "\"press\",\n", ""),
    ("royal/actions.rego", "\"from\": \"LOW\"", "\"from\": \"MEDIUM\""),
    ("royal/risk/finance.rego", "sum.cents > thresholds.expense_pay.low", "sum.cents > 2 * thresholds.expense_pay.low"),
];

fn edits() -> Vec<(&'static str, Policy)> {
    let edit = |(file, from, to)| (from, Policy::compile_unjudged(&edited(file, from, to)).unwrap());
    EDITS.into_iter().map(edit).chain([("nothing", POLICY.as_ref().clone())]).collect()
}

fn without_how(summary: &Summary) -> Summary {
    Summary { evaluated: 0, reused: 0, skipped: 0, ..summary.clone() }
}

#[test]
fn the_short_way_says_what_the_long_way_says() {
    let log = log();
    for (what, edited) in edits() {
        let mut long = Backtest::plain(&POLICY, &edited);
        let mut short = Backtest::new(&POLICY, &edited);
        for event in &log {
            let (one, other) = (long.add(event), short.add(event));
            assert_eq!(one, other, "{what}: {:?}", event.input);
            let text = event.input.as_ref().unwrap().to_string();
            let tier = |policy: &Policy| policy.judge_seen(&text, OffsetDateTime::UNIX_EPOCH).tier;
            let whole = (tier(&POLICY), tier(&edited));
            assert_eq!(one.map(|one| (one.from, one.to)), Some(whole).filter(|(from, to)| from != to), "{what}");
        }
        let (long, short) = (long.summary(), short.summary());
        assert_eq!(without_how(&long), without_how(&short), "{what}");
        assert_eq!(long.evaluated, long.compared, "{what}");
        assert_eq!(short.evaluated + short.reused + short.skipped, short.compared, "{what}");
        assert_eq!(short.unchanged + short.stricter + short.looser, short.compared, "{what}");
        let by_type: u64 =
            short.by_type.values().map(|counts| counts.unchanged + counts.stricter + counts.looser).sum();
        assert_eq!(by_type, short.compared, "{what}");
        assert_eq!(short.unnamed() == 0, short.stricter + short.looser <= 1_000, "{what}");
    }
}

#[test]
fn what_an_edit_cannot_touch_is_skipped_and_equal_facts_are_judged_once() {
    let looser = Policy::compile(&edited(THRESHOLDS, EDITS[0].1, EDITS[0].2)).unwrap();
    let mut refund = calm("refund.issue");
    refund.action.amount_cents = Some(30_000);
    let mut again = refund.clone();
    again.action.target = "another order".to_owned();
    let bill = calm("expense.pay");
    let events = [&refund, &again, &bill].into_iter().zip(0..).map(|(input, n)| event(n, input));
    let mut told = Vec::new();
    let summary = Backtest::new(&POLICY, &looser).run(events, |done| told.push(done));
    assert_eq!((summary.evaluated, summary.reused, summary.skipped), (1, 1, 1));
    assert_eq!((summary.looser, summary.stricter, summary.unchanged), (2, 0, 1));
    assert_eq!((summary.approvals_fallen_away, summary.approvals_added), (2, 0));
    assert_eq!(summary.affected[0].approval, Some(Approval::FallsAway));
    assert_eq!(summary.by_type["refund.issue"].looser, 2);
    assert_eq!(told, [1, 2, 3]);
}

#[test]
fn money_that_nobody_is_asked_about_any_more_is_summed_up_and_parts_add_up() {
    let (from, to) = ("\"medium_up_to_cents\": 100000", "\"medium_up_to_cents\": 300000");
    let looser = Policy::compile(&edited(THRESHOLDS, from, to)).unwrap();
    let bills: Vec<EventV1> = (0..4)
        .map(|n| {
            let mut bill = calm("budget.adjust");
            bill.action.amount_cents = Some(150_000);
            event(n, &bill)
        })
        .collect();
    let whole = Backtest::new(&POLICY, &looser).run(bills.clone(), |_| {});
    assert_eq!((whole.newly_unattended_cents, whole.newly_attended_cents), (600_000, 0));
    let mut parts = Backtest::new(&POLICY, &looser).run(bills[..1].to_vec(), |_| {});
    parts.extend(Backtest::new(&POLICY, &looser).run(bills[1..].to_vec(), |_| {}));
    assert_eq!(without_how(&parts), without_how(&whole));
    let mut gone = bills[0].clone();
    gone.input = None;
    let summary = Backtest::new(&POLICY, &looser).run([gone], |_| {});
    assert_eq!((summary.compared, summary.without_facts), (0, 1));
}
