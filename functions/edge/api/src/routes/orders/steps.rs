//! The way of an order, step by step.

use domain::{
    AuditRecord, Order,
    order::{Band, OrderStage},
};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// One step of an order's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderStep)]
pub(super) struct StepView {
    /// `RECEIVED`, `CHECKED`, `TAXED`, `ORDERED`, `SHIPPED` or `DELIVERED`.
    #[schema(example = "ORDERED")]
    step: &'static str,
    /// `DONE`; `NOW` while it is under way; `STOPPED` where a person has to do something first; `AHEAD`; `SKIPPED` where it
    /// will not be taken.
    #[schema(example = "NOW")]
    state: StepState,
    /// When it was done; absent otherwise, and where the record does not say.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    at: Option<OffsetDateTime>,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = OrderStepState)]
pub(super) enum StepState {
    /// Done.
    Done,
    /// Under way.
    Now,
    /// A person has to do something first.
    Stopped,
    /// Still to come.
    Ahead,
    /// Not to be taken.
    Skipped,
}

/// What the supplier and the carrier do, each with the stage that it ends in.
const SENT: [(&str, OrderStage); 3] =
    [("ORDERED", OrderStage::Ordered), ("SHIPPED", OrderStage::Shipped), ("DELIVERED", OrderStage::Delivered)];

/// The steps of the order, in order; `chain` is its record.
pub(super) fn steps(order: &Order, chain: &[AuditRecord]) -> Vec<StepView> {
    let received = done("RECEIVED", Some(order.created));
    let sent = SENT.iter().map(|(step, stage)| sent(order, chain, step, *stage));
    [received, checked(order), taxed(order, chain)].into_iter().chain(sent).collect()
}

fn done(step: &'static str, at: Option<OffsetDateTime>) -> StepView {
    StepView { step, state: StepState::Done, at }
}

fn undone(step: &'static str, state: StepState) -> StepView {
    StepView { step, state, at: None }
}

fn checked(order: &Order) -> StepView {
    match &order.checked {
        Some(checked) if order.stage == OrderStage::Held && checked.band > Band::Low && !checked.released => {
            StepView { at: Some(checked.at), ..undone("CHECKED", StepState::Stopped) }
        }
        Some(checked) => done("CHECKED", Some(checked.at)),
        None if order.stage == OrderStage::Cancelled => undone("CHECKED", StepState::Skipped),
        None => undone("CHECKED", StepState::Now),
    }
}

fn taxed(order: &Order, chain: &[AuditRecord]) -> StepView {
    let at = || chain.iter().rev().find(|record| record.entry.what == "taxed").map(|record| record.at);
    match &order.taxed {
        Some(_) => done("TAXED", at()),
        None if order.shop.test || order.stage == OrderStage::Cancelled => undone("TAXED", StepState::Skipped),
        None => undone("TAXED", StepState::Now),
    }
}

/// A step that ends in the stage `until`: done if the order was in it, or in a later one, and has not fallen back.
fn sent(order: &Order, chain: &[AuditRecord], step: &'static str, until: OrderStage) -> StepView {
    let beyond = |result: &str| {
        let stage = OrderStage::ALL.into_iter().find(|stage| stage.name() == result);
        stage.is_some_and(|stage| (until..=OrderStage::Delivered).contains(&stage))
    };
    let reached = || chain.iter().find(|record| beyond(&record.entry.result)).map(|record| record.at);
    match order.stage {
        OrderStage::Cancelled => match reached() {
            Some(at) => done(step, Some(at)),
            None => undone(step, StepState::Skipped),
        },
        stage if beyond(stage.name()) => done(step, reached()),
        stage => undone(step, under_way(stage, until)),
    }
}

/// How a step that is not done stands while the order is in `stage`.
fn under_way(stage: OrderStage, until: OrderStage) -> StepState {
    match (stage, until) {
        (OrderStage::Ordering, OrderStage::Ordered)
        | (OrderStage::Ordered, OrderStage::Shipped)
        | (OrderStage::Shipped, OrderStage::Delivered) => StepState::Now,
        (OrderStage::Stuck, OrderStage::Ordered) => StepState::Stopped,
        _ => StepState::Ahead,
    }
}
