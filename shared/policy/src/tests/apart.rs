//! Each rule speaks about its own action types, and says the right figure.

use super::support::{calm, judge, limit};
use crate::{CeoReview, FraudBand, Input};
use domain::{Action, Decision, Reason, Tier};

/// What alarms, how, and the action types that it concerns.
type Alarm = (&'static str, fn(&mut Input), &'static [&'static str]);

const BACK: &[&str] = &["refund.issue", "compensation.offer"];
const ADDRESSED: &[&str] = &["review.request", "email.send", "retention.offer"];
const PRICED: &[&str] = &["price.change", "product.publish"];
const PUBLISH: &[&str] = &["product.publish"];
const UNPUBLISH: &[&str] = &["product.unpublish"];
const PRICE: &[&str] = &["price.change"];
const FULFILL: &[&str] = &["order.fulfill"];
const RESTOCK: &[&str] = &["inventory.restock"];
const SPENT: &[&str] = &[
    "budget.adjust",
    "campaign.launch",
    "campaign.scale",
    "inventory.restock",
    "refund.issue",
    "compensation.offer",
    "influencer.contact",
    "expense.pay",
];

const ALARMS: &[Alarm] = &[
    (
        "an amount that is no whole cents",
        |input| input.action.amount_cents = None,
        &[
            "budget.adjust",
            "ad.variant.start",
            "campaign.launch",
            "campaign.scale",
            "inventory.restock",
            "refund.issue",
            "compensation.offer",
            "retention.offer",
            "influencer.contact",
            "order.fulfill",
            "expense.pay",
        ],
    ),
    ("similar", |input| input.context.similar_24h_cents = Some(1_000_000_000), SPENT),
    ("refunds", |input| input.context.refunds_30d = Some(1_000), BACK),
    (
        "nothing paid",
        |input| input.context.order_paid_cents = Some(0),
        &["refund.issue", "compensation.offer", "order.fulfill"],
    ),
    ("recipients", |input| input.action.recipients = Some(1_000_000), ADDRESSED),
    ("no consent", |input| input.context.consented = Some(false), ADDRESSED),
    ("too often", |input| input.context.within_frequency = Some(false), ADDRESSED),
    ("offers", |input| input.context.offers_customer_cents = Some(1_000_000), &["retention.offer"]),
    (
        "a delicate topic and a brand topic",
        |input| input.action.topics = vec!["legal_threat".to_owned()],
        &["support.reply", "review.reply", "content.publish"],
    ),
    ("a brand topic", |input| input.context.topics = vec!["politics".to_owned()], &["content.publish"]),
    ("a harmless topic", |input| input.action.topics = vec!["cooking".to_owned()], &[]),
    ("an unknown wish", |input| input.action.intent = None, &["support.reply"]),
    ("no confidence", |input| input.confidence = Some(0), &["product.publish", "support.reply"]),
    ("a sanctioned country", |input| input.action.country = Some("KP".to_owned()), FULFILL),
    ("a medium band", |input| input.context.fraud_band = Some(FraudBand::Medium), &["order.fulfill", "order.release"]),
    ("a held order", |input| input.context.order_held = Some(true), &["order.fulfill", "order.ship"]),
    ("a high band", |input| input.context.fraud_band = Some(FraudBand::High), FULFILL),
    ("a blocked band", |input| input.context.fraud_band = Some(FraudBand::Blocked), FULFILL),
    (
        "a medium band with passed checks",
        |input| {
            input.context.fraud_band = Some(FraudBand::Medium);
            input.context.fraud_checks_passed = Some(true);
        },
        FULFILL,
    ),
    ("passed checks", |input| input.context.fraud_checks_passed = Some(true), &[]),
    ("an order that was high", |input| input.context.order_was_high = Some(true), &["order.release"]),
    ("nothing left of the campaign", |input| input.context.campaign_budget_left_cents = Some(0), &["ad.variant.start"]),
    ("a price below cost", |input| input.action.new_price_cents = Some(1), PRICED),
    ("no price", |input| (input.action.new_price_cents, input.action.cost_cents) = (Some(0), Some(0)), PRICED),
    ("no cost", |input| input.action.cost_cents = Some(0), PRICED),
    ("a thin margin", |input| input.action.cost_cents = Some(9_999), PRICED),
    ("another price yesterday", |input| input.context.price_24h_ago_cents = Some(1), PRICE),
    ("no price yesterday", |input| input.context.price_24h_ago_cents = Some(0), PRICE),
    ("many price changes", |input| input.context.price_changes_24h = Some(1_000), PRICE),
    ("a price change just now", |input| input.context.minutes_since_price_change = Some(0), PRICE),
    ("a restricted category", |input| input.action.category = Some("Weapons".to_owned()), PUBLISH),
    ("no review", |input| input.context.ceo_review = None, PUBLISH),
    ("a rejection", |input| input.context.ceo_review = Some(CeoReview::Rejected), PUBLISH),
    ("an escalation", |input| input.context.ceo_review = Some(CeoReview::Escalated), PUBLISH),
    ("a recall", |input| input.action.reason = Some("recall".to_owned()), UNPUBLISH),
    ("an unknown reason", |input| input.action.reason = Some("boredom".to_owned()), UNPUBLISH),
    ("many unpublished", |input| input.context.unpublished_24h = Some(1_000), UNPUBLISH),
    ("a jump in stock", |input| input.action.quantity = Some(100_000), &["inventory.set"]),
    ("another usual stock", |input| input.context.usual_quantity = Some(100_000), &["inventory.set"]),
    ("an unproven supplier", |input| input.context.supplier_proven = Some(false), RESTOCK),
    ("a new supplier", |input| input.context.supplier_known = Some(false), RESTOCK),
    ("a far goal", |input| input.action.new_goal = Some(1_000_000), &["goal.set"]),
    ("no goal before", |input| input.action.old_goal = Some(0), &["goal.set"]),
];

fn said(decision: &Decision) -> Vec<(&str, Tier)> {
    decision.reasons.iter().map(|reason| (reason.code.as_str(), reason.tier)).collect()
}

#[test]
pub(super) fn an_alarm_is_heard_by_the_types_that_it_concerns_and_by_no_other() {
    for (name, alarm, concerned) in ALARMS {
        for kind in Action::KINDS {
            let mut input = calm(kind);
            let before = judge(&input);
            alarm(&mut input);
            let after = judge(&input);
            let heard = said(&before) != said(&after);
            assert_eq!(heard, concerned.contains(kind), "{name}, {kind}: {:?}", said(&after));
            assert!(after.tier >= before.tier, "{name}, {kind}");
        }
    }
}

/// The reason with a code, of one alarm on one type.
fn reason(kind: &str, alarm: impl Fn(&mut Input), code: &str) -> Reason {
    let mut input = calm(kind);
    alarm(&mut input);
    let reasons = judge(&input).reasons;
    reasons.into_iter().find(|reason| reason.code == code).unwrap_or_else(|| panic!("{kind} says no {code}"))
}

#[test]
pub(super) fn this_one_is_counted_in() {
    let count = |value: &Reason| value.value.clone().unwrap();
    let refunds = limit("refund_issue.up_to_refunds");
    let refund = reason("refund.issue", |input| input.context.refunds_30d = Some(refunds), "refunds_many");
    assert_eq!(count(&refund), (refunds + 1).to_string());
    let changes = limit("pricing.changes_per_day");
    let change = reason("price.change", |input| input.context.price_changes_24h = Some(changes), "price_changes_often");
    assert_eq!(count(&change), (changes + 1).to_string());
    let most = limit("product_unpublish.up_to_per_day");
    let gone = reason("product.unpublish", |input| input.context.unpublished_24h = Some(most), "unpublished_many");
    assert_eq!(count(&gone), (most + 1).to_string());
}

#[test]
pub(super) fn percentages_are_rounded_to_the_side_that_explains_the_tier() {
    let moves = |cents: i64, percent: &str| {
        let moved = reason("price.change", |input| input.action.new_price_cents = Some(cents), "price_moves");
        assert_eq!(moved.value.as_deref(), Some(percent), "{cents}");
    };
    moves(10_500, "5 %");
    moves(10_501, "6 %");
    moves(9_499, "6 %");
    let goal = |to: i64, percent: &str| {
        let moved = reason("goal.set", |input| input.action.new_goal = Some(to), "goal_moves");
        assert_eq!(moved.value.as_deref(), Some(percent), "{to}");
    };
    goal(11_500, "15 %");
    goal(11_501, "16 %");
    let margin = |cost: i64, percent: &str| {
        let thin = reason("product.publish", |input| input.action.cost_cents = Some(cost), "margin_below_target");
        assert_eq!(thin.value.as_deref(), Some(percent), "{cost}");
    };
    margin(6_100, "39 %");
    margin(6_101, "38 %");
    margin(6_199, "38 %");
}

#[test]
pub(super) fn figures_that_cannot_be_right_ask_a_person_each_by_itself() {
    let high = [
        reason("product.publish", |input| input.action.new_price_cents = Some(0), "price_not_positive"),
        reason("product.publish", |input| input.action.cost_cents = Some(0), "cost_not_positive"),
        reason("price.change", |input| input.context.price_24h_ago_cents = Some(0), "price_not_positive"),
        reason("product.unpublish", |input| input.action.reason = Some("boredom".to_owned()), "reason_unknown"),
        reason("goal.set", |input| input.action.old_goal = Some(0), "goal_not_positive"),
    ];
    assert!(high.iter().all(|reason| reason.tier == Tier::High), "{high:?}");
}

#[test]
pub(super) fn a_price_and_a_cost_of_nothing_have_no_margin_to_be_on_target_with() {
    let mut input = calm("product.publish");
    (input.action.new_price_cents, input.action.cost_cents) = (Some(0), Some(0));
    assert_eq!(judge(&input).tier, Tier::High);
}
