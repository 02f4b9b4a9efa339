//! The actions of an order.
//!
//! They are found by key: those that its parcels name; the last hold, release and cancellation, whose effects are known
//! by their digests; and what names its customer since it was placed, which is the rest (refunds, parcels that a person
//! changed). Nothing is looked through.

use crate::{auth::Permit, problem::Problem};
use domain::{
    Action, ActionId, Digest, Order, Record,
    action::{OrderCancel, OrderHold, OrderRelease},
};
use std::collections::BTreeSet;
use store::seen::Wanted;
use time::Duration;

/// Links of the customer that are followed. Far more than one order ever has.
const MOST: i32 = 100;
/// Why an order is held, as the action says it.
const HOLDS: [&str; 5] = ["fraud_checks", "fraud_blocked", "fraud_unscored", "fraud_review", "undo"];
/// Clocks that differ.
const MARGIN: Duration = Duration::minutes(1);

/// The actions that are about the order, oldest first.
pub(super) async fn actions(permit: &Permit, order: &Order) -> Result<Vec<Record>, Problem> {
    let store = permit.store();
    let since = ActionId::at(order.created - MARGIN, "", 0);
    let named = store.actions_of(&order.shop.customer, Some(since), MOST).await?.items;
    let whole = effects(permit, order).await?;
    let ids: BTreeSet<ActionId> = whole.into_iter().chain(of_parcels(order)).chain(named).collect();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = store.things::<Record>(&ids).await?;
    let mut records: Vec<Record> =
        rows.into_iter().map(|row| row.value).filter(|record| is_about(&record.proposal.action, order.id())).collect();
    records.sort_by_key(|record| (record.proposal.at, record.proposal.id));
    Ok(records)
}

/// Those that place its parcels, and that tell of them.
fn of_parcels(order: &Order) -> impl Iterator<Item = ActionId> {
    order.parcels.iter().flat_map(|parcel| [Some(parcel.action), parcel.announced]).flatten()
}

/// The last actions of what can be done to the order as a whole.
async fn effects(permit: &Permit, order: &Order) -> Result<Vec<ActionId>, Problem> {
    let id = || order.id().to_owned();
    let holds = HOLDS.map(|reason| Action::from(OrderHold { order: id(), reason: reason.to_owned() }));
    let others = [
        Action::from(OrderRelease { order: id() }),
        Action::from(OrderCancel { order: id(), amount: order.shop.totals.total }),
    ];
    let digests: Vec<Digest> = holds.iter().chain(&others).filter_map(|action| Digest::of(action).ok()).collect();
    let seen = permit.store().see(digests.iter().fold(Wanted::default(), Wanted::effect)).await?;
    let mut found = Vec::new();
    for digest in &digests {
        let effect = seen.effect(digest)?;
        found.extend(effect.open.into_iter().chain(effect.last.map(|last| last.id)));
    }
    Ok(found)
}

fn is_about(action: &Action, order: &str) -> bool {
    let payload = serde_json::to_value(action).unwrap_or_default();
    payload.get("order").is_some_and(|named| named == order)
}
