//! Facts about the order that an action is about, read from the order itself: never what an agent says of it.

use domain::{
    Action, Currency, Money, Order,
    action::{CompensationOffer, InventorySet, RefundIssue},
    order::{Band, OrderStage},
};
use policy::{Context, FraudBand};
use store::{
    Row, StoreError,
    seen::{Seen, Wanted},
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// How far back refunds are counted.
const MONTH: Duration = Duration::days(30);

/// Adds the rows that the facts are read from.
pub(crate) fn wanted(rows: Wanted, action: &Action) -> Wanted {
    let rows = match order(action) {
        Some(order) => rows.thing::<Order>(order),
        None => rows,
    };
    match action {
        Action::RefundIssue(RefundIssue { customer, .. })
        | Action::CompensationOffer(CompensationOffer { customer, .. }) => rows.fact(&refunds(customer)),
        Action::InventorySet(InventorySet { variant_sku, .. }) => rows.fact(&variant(variant_sku)),
        _ => rows,
    }
}

/// Adds what is known; what is not stays absent, and policy then asks a person.
pub(crate) fn gather(
    context: &mut Context,
    seen: &Seen,
    action: &Action,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    if let Some(id) = order(action)
        && let Some(row) = seen.thing::<Order>(id)?
    {
        of_order(context, &row, action);
    }
    match action {
        Action::RefundIssue(RefundIssue { customer, .. })
        | Action::CompensationOffer(CompensationOffer { customer, .. }) => {
            let known = seen.fact(&refunds(customer))?;
            let times = known.and_then(|mut fact| fact.fields.remove("times")).unwrap_or_default();
            let recent = times.split(',').filter_map(|at| OffsetDateTime::parse(at.trim(), &Rfc3339).ok());
            context.refunds_30d = i64::try_from(recent.filter(|at| now - *at < MONTH).count()).ok();
        }
        Action::InventorySet(InventorySet { variant_sku, .. }) => {
            let known = seen.fact(&variant(variant_sku))?;
            context.usual_quantity = known.and_then(|fact| fact.fields.get("usual")?.parse().ok());
        }
        _ => {}
    }
    Ok(())
}

/// Shop's id of the order that an action is about.
fn order(action: &Action) -> Option<&str> {
    match action {
        Action::OrderFulfill(action) => Some(&action.order),
        Action::OrderShip(action) => Some(&action.order),
        Action::OrderHold(action) => Some(&action.order),
        Action::OrderRelease(action) => Some(&action.order),
        Action::RefundIssue(action) => Some(&action.order),
        Action::CompensationOffer(action) => Some(&action.order),
        _ => None,
    }
}

/// Where it is noted when a customer got money back: the finance manager keeps it.
fn refunds(customer: &str) -> String {
    format!("finance:refunds/{customer}")
}

/// Where it is noted what a variant's stock usually is.
fn variant(sku: &str) -> String {
    format!("product:variant/{sku}")
}

fn of_order(context: &mut Context, row: &Row<Order>, action: &Action) {
    let order = &row.value;
    context.order_paid_cents = left(order, action);
    context.order_held = Some(matches!(order.stage, OrderStage::Held | OrderStage::Cancelled));
    let Some(checked) = &order.checked else { return };
    context.fraud_band = Some(match checked.band {
        Band::Low => FraudBand::Low,
        Band::Medium => FraudBand::Medium,
        Band::High => FraudBand::High,
        Band::Blocked => FraudBand::Blocked,
    });
    context.fraud_checks_passed = checked.checks_passed;
    context.order_was_high = Some(checked.band >= Band::High);
}

/// What the customer paid and has not got back, and what of it no other supplier was promised, in cents of euro: so
/// that several suppliers together do not get more than was paid either. Nothing where the order is not paid in full,
/// or in another currency.
fn left(order: &Order, action: &Action) -> Option<i64> {
    if !order.shop.payment.is_taken() {
        return None;
    }
    let mut left = order.shop.totals.total;
    let ours = |parcel: &&domain::order::Parcel| match action {
        Action::OrderFulfill(fulfill) => parcel.supplier != fulfill.supplier || parcel.portions != fulfill.portions,
        _ => false,
    };
    let promised: Vec<Money> = order.live().filter(ours).map(|parcel| parcel.cost).collect();
    for spent in order.refunds.iter().filter(|refund| !is_line(refund)).map(|refund| refund.amount).chain(promised) {
        left = left.minus(&spent).ok()?;
    }
    left.cents().filter(|_| left.currency() == Currency::EUR).map(|cents| cents.max(0))
}

/// Whether a refund took lines off: the shop's total is then without them already.
fn is_line(refund: &domain::order::Refund) -> bool {
    !refund.lines.is_empty()
}

#[cfg(test)]
mod tests;
