//! What an order waits for, and what would help.
//!
//! It is read off the order as it is, as the finance manager reads off it what is to be done, and off the actions that it
//! has under way: nothing is kept that could say something else.

mod told;

use domain::{
    ActionId, Order, Status,
    order::{Band, OrderStage, Parcel, ParcelState, Payment},
    text::Lang,
};
use serde::Serialize;
use std::collections::BTreeMap;
use told::{
    APPROVAL, BLOCKED, BY_HAND, CHECK, CHECKS, CHOICE, DECISION, DELIVERY, HOLD, PAYMENT, SHIPMENT, STOP, STUCK,
    SUPPLIER, TAX, TRIAL, Told, UNPAID,
};
use utoipa::ToSchema;

/// What an order waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderWait)]
pub(super) struct WaitView {
    /// A name for it, such as `PAYMENT`.
    #[schema(example = "DECISION")]
    pub(super) code: &'static str,
    /// What it waits for, in words.
    #[schema(example = "A person, who lets it go or cancels it")]
    what: &'static str,
    /// What would help.
    #[schema(example = "Decide the request about it, or cancel the order in the shop.")]
    help: &'static str,
    /// Why it is held or stuck: text that can come from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// The action that has to be decided or carried out by hand, where that is what it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<String>,
}

/// Where actions are, by id.
pub(super) type Known = BTreeMap<ActionId, Status>;

/// The parcels that are being decided or placed.
pub(super) fn asked(order: &Order) -> impl Iterator<Item = &Parcel> {
    order.parcels.iter().filter(|parcel| parcel.state == ParcelState::Asked)
}

/// What the order waits for; `known` says where the actions are that place its parcels.
pub(super) fn waits(order: &Order, known: &Known, lang: Lang) -> Option<WaitView> {
    let ((code, wanted, help), action) = what(order, known)?;
    let pick = |[en, nl]: [&'static str; 2]| match lang {
        Lang::En => en,
        Lang::Nl => nl,
    };
    let action = action.map(|parcel| parcel.action.to_string());
    Some(WaitView { code, what: pick(wanted), help: pick(help), why: order.reason.clone(), action })
}

fn what<'a>(order: &'a Order, known: &Known) -> Option<(Told, Option<&'a Parcel>)> {
    let alone = |told| Some((told, None));
    match order.stage {
        OrderStage::Cancelled => None,
        OrderStage::Received => alone(before_it_goes_on(order)),
        OrderStage::Held => alone(held(order)),
        OrderStage::Ordering if !order.open().is_empty() => alone(CHOICE),
        OrderStage::Ordering => Some(placing(order, known)),
        OrderStage::Ordered => alone(SHIPMENT),
        OrderStage::Shipped => alone(DELIVERY),
        OrderStage::Stuck => alone(STUCK),
        OrderStage::Delivered if order.taxed.is_none() && !order.shop.test => alone(TAX),
        OrderStage::Delivered => None,
    }
}

fn before_it_goes_on(order: &Order) -> Told {
    match order.shop.payment {
        _ if order.shop.test => TRIAL,
        Payment::Refunded | Payment::Voided | Payment::Expired => UNPAID,
        payment if !payment.is_taken() => PAYMENT,
        _ => CHECK,
    }
}

fn held(order: &Order) -> Told {
    match order.checked.as_ref() {
        Some(checked) if checked.band == Band::Blocked => BLOCKED,
        Some(checked) if checked.released => HOLD,
        Some(checked) if checked.band == Band::High => DECISION,
        Some(checked) if checked.band == Band::Medium && checked.checks_passed == Some(true) => DECISION,
        Some(checked) if checked.band == Band::Medium => CHECKS,
        _ => HOLD,
    }
}

/// What the parcels wait for that are not placed yet. What was sent to nobody, somebody has to order.
fn placing<'a>(order: &'a Order, known: &Known) -> (Told, Option<&'a Parcel>) {
    let with = |status: Status| asked(order).find(|parcel| known.get(&parcel.action) == Some(&status));
    let by_hand = asked(order).find(|parcel| parcel.reason.is_some()).map(|parcel| (BY_HAND, parcel));
    let pending = || with(Status::Pending).map(|parcel| (APPROVAL, parcel));
    let held = || with(Status::Held).map(|parcel| (STOP, parcel));
    by_hand.or_else(pending).or_else(held).map_or((SUPPLIER, None), |(told, parcel)| (told, Some(parcel)))
}
