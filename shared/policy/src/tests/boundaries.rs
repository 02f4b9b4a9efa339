//! One below, at, and one above every limit of the tier rules.

use super::support::{calm, limit, sources, tier};
use crate::Input;
use domain::Tier::{self, Ceo, Denied, High, Low, Medium};
use std::collections::BTreeSet;

/// Type, limit, how a figure is set, and the tiers one below, at, and one above the limit.
type Row = (&'static str, &'static str, fn(&mut Input, i64), [Tier; 3]);

/// Type, how a fact is set, and the tiers one below, at, and one above what it is held against.
type Edge = (&'static str, fn(&mut Input, i64), [Tier; 3]);

fn amount(input: &mut Input, cents: i64) {
    input.action.amount_cents = Some(cents);
}

fn similar(input: &mut Input, cents: i64) {
    input.action.amount_cents = Some(1);
    input.context.similar_24h_cents = Some(cents - 1);
}

fn recipients(input: &mut Input, count: i64) {
    input.action.recipients = Some(count);
}

fn confidence(input: &mut Input, percent: i64) {
    input.confidence = u8::try_from(percent).ok();
}

fn unwatched(input: &mut Input, hours: i64) {
    input.context.unwatched_hours = Some(hours);
}

/// One step is a hundredth of a percent.
fn price_up(input: &mut Input, percent: i64) {
    let step = percent - limit_of(input, percent);
    input.action.new_price_cents = Some(10_000 + (percent - step) * 100 + step);
}

fn price_down(input: &mut Input, percent: i64) {
    let step = percent - limit_of(input, percent);
    input.action.new_price_cents = Some(10_000 - (percent - step) * 100 - step);
}

fn goal(input: &mut Input, percent: i64) {
    let step = percent - limit_of(input, percent);
    input.action.new_goal = Some(10_000 + (percent - step) * 100 + step);
}

/// The whole percentage that a row is about: one below, at, or one above it was asked for.
fn limit_of(input: &Input, percent: i64) -> i64 {
    let paths: &[&str] = match input.action.kind.as_str() {
        "price.change" => &["price_change.low_up_to_percent", "price_change.high_from_percent"],
        _ => &["goal_set.low_up_to_percent", "goal_set.medium_up_to_percent"],
    };
    paths.iter().map(|path| limit(path)).find(|limit| limit.abs_diff(percent) <= 1).unwrap()
}

/// A product of 100 euro, whose margin is as many percent, and one step a cent of cost.
fn margin(input: &mut Input, percent: i64) {
    let floor = limit("pricing.min_margin_percent");
    let target = limit("pricing.target_margin_percent");
    let about = if floor.abs_diff(percent) <= 1 { floor } else { target };
    input.action.cost_cents = Some((100 - about) * 100 - (percent - about));
}

const ROWS: &[Row] = &[
    ("budget.adjust", "budget_adjust.low_under_cents", amount, [Low, Medium, Medium]),
    ("budget.adjust", "budget_adjust.medium_up_to_cents", amount, [Medium, Medium, High]),
    ("budget.adjust", "budget_adjust.low_under_cents", similar, [Low, Medium, Medium]),
    ("budget.adjust", "budget_adjust.medium_up_to_cents", similar, [Medium, Medium, High]),
    ("campaign.scale", "budget_adjust.low_under_cents", amount, [Low, Medium, Medium]),
    ("campaign.scale", "budget_adjust.medium_up_to_cents", similar, [Medium, Medium, High]),
    ("campaign.launch", "campaign_launch.medium_up_to_cents", amount, [Medium, Medium, Ceo]),
    ("campaign.launch", "campaign_launch.ceo_up_to_cents", amount, [Ceo, Ceo, High]),
    ("campaign.launch", "campaign_launch.ceo_up_to_cents", similar, [Ceo, Ceo, High]),
    ("influencer.contact", "influencer_contact.ceo_up_to_cents", amount, [Ceo, Ceo, High]),
    ("inventory.restock", "inventory_restock.medium_up_to_cents", amount, [Low, Low, High]),
    ("inventory.restock", "inventory_restock.medium_up_to_cents", similar, [Low, Low, High]),
    (
        "inventory.set",
        "inventory_set.jump_over_units",
        |input, units| input.action.quantity = Some(10 + units),
        [Low, Low, Medium],
    ),
    (
        "inventory.set",
        "inventory_set.jump_over_percent",
        |input, percent| {
            input.context.usual_quantity = Some(100);
            input.action.quantity = Some(100 - percent);
        },
        [Low, Low, Medium],
    ),
    ("price.change", "price_change.low_up_to_percent", price_up, [Low, Low, Medium]),
    ("price.change", "price_change.low_up_to_percent", price_down, [Low, Low, Medium]),
    ("price.change", "price_change.high_from_percent", price_up, [Medium, High, High]),
    ("price.change", "price_change.high_from_percent", price_down, [Medium, High, High]),
    ("price.change", "pricing.min_margin_percent", margin, [High, Low, Low]),
    (
        "price.change",
        "pricing.changes_per_day",
        |input, changes| input.context.price_changes_24h = Some(changes - 1),
        [Low, Low, High],
    ),
    (
        "price.change",
        "pricing.minutes_between_changes",
        |input, minutes| input.context.minutes_since_price_change = Some(minutes),
        [High, Low, Low],
    ),
    ("product.publish", "pricing.min_margin_percent", margin, [High, Ceo, Ceo]),
    ("product.publish", "pricing.target_margin_percent", margin, [Ceo, Medium, Medium]),
    ("product.publish", "product_publish.ceo_from_confidence_percent", confidence, [High, Ceo, Ceo]),
    ("product.publish", "product_publish.medium_from_confidence_percent", confidence, [Ceo, Medium, Medium]),
    (
        "product.unpublish",
        "product_unpublish.up_to_per_day",
        |input, count| input.context.unpublished_24h = Some(count - 1),
        [Low, Low, High],
    ),
    ("support.reply", "support_reply.low_from_confidence_percent", confidence, [Medium, Low, Low]),
    ("refund.issue", "refund_issue.low_up_to_cents", amount, [Low, Low, Ceo]),
    ("refund.issue", "refund_issue.ceo_up_to_cents", amount, [Ceo, Ceo, High]),
    ("refund.issue", "refund_issue.low_up_to_cents", similar, [Low, Low, Ceo]),
    ("refund.issue", "refund_issue.ceo_up_to_cents", similar, [Ceo, Ceo, High]),
    ("compensation.offer", "refund_issue.low_up_to_cents", amount, [Low, Low, Ceo]),
    ("compensation.offer", "refund_issue.ceo_up_to_cents", similar, [Ceo, Ceo, High]),
    (
        "refund.issue",
        "refund_issue.up_to_refunds",
        |input, count| input.context.refunds_30d = Some(count - 1),
        [Low, Low, High],
    ),
    ("email.send", "email_send.low_up_to_recipients", recipients, [Low, Low, Medium]),
    ("email.send", "email_send.medium_up_to_recipients", recipients, [Medium, Medium, High]),
    ("review.request", "email_send.low_up_to_recipients", recipients, [Low, Low, Medium]),
    ("retention.offer", "email_send.medium_up_to_recipients", recipients, [Medium, Medium, High]),
    ("retention.offer", "retention_offer.customer_up_to_cents", amount, [Low, Low, High]),
    (
        "retention.offer",
        "retention_offer.customer_up_to_cents",
        |input, cents| {
            input.action.amount_cents = Some(1);
            input.context.offers_customer_cents = Some(cents - 1);
        },
        [Low, Low, High],
    ),
    ("expense.pay", "expense_pay.low_up_to_cents", amount, [Low, Low, Medium]),
    ("expense.pay", "expense_pay.medium_up_to_cents", amount, [Medium, Medium, High]),
    ("expense.pay", "expense_pay.medium_up_to_cents", similar, [Medium, Medium, High]),
    (
        "order.hold",
        "approval.reject_cooldown_minutes",
        |input, minutes| input.context.rejected_minutes_ago = Some(minutes),
        [Denied, Low, Low],
    ),
    ("order.hold", "dead_man.after_hours", unwatched, [Low, Medium, Medium]),
    ("price.change", "dead_man.after_hours", unwatched, [Low, Medium, Medium]),
    ("product.publish", "dead_man.after_hours", unwatched, [Medium, High, High]),
    ("influencer.contact", "dead_man.after_hours", unwatched, [Ceo, High, High]),
    ("order.cancel", "dead_man.after_hours", unwatched, [High, High, High]),
    ("goal.set", "goal_set.low_up_to_percent", goal, [Low, Low, Medium]),
    ("goal.set", "goal_set.medium_up_to_percent", goal, [Medium, Medium, High]),
];

#[test]
pub(super) fn tiers_change_exactly_at_each_limit() {
    for (kind, path, set, expected) in ROWS {
        let found = [-1, 0, 1].map(|step| {
            let mut input = calm(kind);
            set(&mut input, limit(path) + step);
            tier(&input)
        });
        assert_eq!(found, *expected, "{kind} around {path}");
    }
}

#[test]
fn every_limit_that_a_tier_rule_names_has_a_row() {
    let risk = sources().into_iter().filter(|source| source.name.starts_with("royal/risk"));
    let texts: Vec<_> = risk.map(|source| source.text).collect();
    let mut named: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| text.split("\"limit\": \"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    // Read beside the limit in units, and named by that one.
    named.insert("inventory_set.jump_over_percent");
    let rows: BTreeSet<&str> = ROWS.iter().map(|(_, path, ..)| *path).collect();
    assert_eq!(named, rows);
}

#[test]
pub(super) fn facts_that_are_no_limits_have_their_edge_too() {
    let cases: [Edge; 4] = [
        ("product.publish", |input, step| input.action.new_price_cents = Some(1_000 + step), [Denied, High, High]),
        ("refund.issue", |input, step| input.context.order_paid_cents = Some(100 + step), [High, Low, Low]),
        ("order.fulfill", |input, step| input.context.order_paid_cents = Some(100 + step), [High, Low, Low]),
        (
            "ad.variant.start",
            |input, step| input.context.campaign_budget_left_cents = Some(100 + step),
            [High, Low, Low],
        ),
    ];
    for (kind, set, expected) in cases {
        let found = [-1, 0, 1].map(|step| {
            let mut input = calm(kind);
            set(&mut input, step);
            tier(&input)
        });
        assert_eq!(found, expected, "{kind}");
    }
}
