//! What is shown of one order.

use super::{
    found::{CheckedView, TaxedView},
    goods::{LineView, RefundView, TotalsView},
    parcel::{ParcelView, PortionView},
    steps::{StepView, steps},
    view::OrderView,
    waits::Known,
};
use crate::view::{HistoryView, action::ActionView};
use domain::{AuditRecord, Order, Record, Status, text::Lang};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// An order with everything that is known of it but who it is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrderDetail {
    #[serde(flatten)]
    order: OrderView,
    /// Its way, step by step.
    steps: Vec<StepView>,
    /// What was ordered.
    lines: Vec<LineView>,
    /// What it comes to, in the shop's currency.
    totals: TotalsView,
    /// Whether prices hold the tax already.
    taxes_included: bool,
    /// What fraud found; absent until it was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<CheckedView>,
    /// How it is taxed; absent until that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    taxed: Option<TaxedView>,
    /// Its parts, one per supplier that was asked.
    parcels: Vec<ParcelView>,
    /// What of it is with no supplier.
    open: Vec<PortionView>,
    /// What was paid back.
    refunds: Vec<RefundView>,
    /// What was proposed about it, oldest first.
    actions: Vec<ActionView>,
    /// The journey that its tasks and actions are part of.
    journey: String,
    /// When we first heard of it.
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    /// Everything that happened to it.
    history: HistoryView,
}

impl OrderDetail {
    pub(super) fn new(
        order: &Order,
        (actions, chain): (&[Record], &[AuditRecord]),
        history: HistoryView,
        lang: Lang,
    ) -> Self {
        Self {
            order: waiting(OrderView::new(order, &known(actions), lang), actions),
            steps: steps(order, chain),
            lines: order.shop.lines.iter().map(LineView::from).collect(),
            totals: TotalsView::from(&order.shop.totals),
            taxes_included: order.shop.taxes_included,
            checked: order.checked.as_ref().map(CheckedView::from),
            taxed: order.taxed.as_ref().map(TaxedView::from),
            parcels: order.parcels.iter().map(ParcelView::from).collect(),
            open: order.open().into_iter().map(PortionView::from).collect(),
            refunds: order.refunds.iter().map(RefundView::from).collect(),
            actions: actions.iter().map(|record| ActionView::new(record, lang)).collect(),
            journey: order.journey().to_string(),
            created: order.created,
            history,
        }
    }
}

/// Where the actions are.
fn known(actions: &[Record]) -> Known {
    actions.iter().map(|record| (record.proposal.id, record.status)).collect()
}

/// The order with the request that people have to decide before it goes on; none where it goes on by itself.
fn waiting(mut view: OrderView, actions: &[Record]) -> OrderView {
    let asked = actions.iter().rev().find(|record| record.status == Status::Pending);
    if let (Some(waits), Some(asked)) = (&mut view.waits, asked)
        && ["HELD", "STUCK", "RECEIVED"].contains(&view.stage)
    {
        waits.action.get_or_insert_with(|| asked.proposal.id.to_string());
    }
    view
}
