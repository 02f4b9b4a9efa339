//! What was ordered, what it comes to, and what was paid back.

use crate::view::MoneyView;
use domain::order::{Line, Refund, Totals};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// One line of an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderLine)]
pub(super) struct LineView {
    /// The shop's id of the line.
    id: String,
    /// Stock keeping unit; absent for what was typed in by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    /// Name, as the shop has it: text from outside.
    title: String,
    /// Units ordered, less those removed since.
    quantity: u32,
    /// Price of one unit before discounts.
    price: MoneyView,
    /// Discount on the whole line.
    discount: MoneyView,
    /// Tax that the shop counted on the whole line.
    tax: MoneyView,
    /// Whether something has to be sent.
    ships: bool,
}

/// What an order comes to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderTotals)]
pub(super) struct TotalsView {
    /// Lines after discounts, before shipping.
    subtotal: MoneyView,
    /// Shipping after discounts.
    shipping: MoneyView,
    /// Tax that the shop counted.
    tax: MoneyView,
    /// All discounts.
    discount: MoneyView,
    /// What the customer owes for the order as it is now.
    total: MoneyView,
    /// What of it is still to be paid.
    outstanding: MoneyView,
}

/// Money of an order that was paid back.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderRefund)]
pub(super) struct RefundView {
    /// The shop's id of the refund.
    id: String,
    /// What the customer got.
    amount: MoneyView,
    /// Units that it is for; none where it is for no line in particular.
    units: u32,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl From<&Line> for LineView {
    fn from(line: &Line) -> Self {
        Self {
            id: line.id.clone(),
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: line.quantity,
            price: line.price.into(),
            discount: line.discount.into(),
            tax: line.tax.into(),
            ships: line.ships,
        }
    }
}

impl From<&Totals> for TotalsView {
    fn from(totals: &Totals) -> Self {
        Self {
            subtotal: totals.subtotal.into(),
            shipping: totals.shipping.into(),
            tax: totals.tax.into(),
            discount: totals.discount.into(),
            total: totals.total.into(),
            outstanding: totals.outstanding.into(),
        }
    }
}

impl From<&Refund> for RefundView {
    fn from(refund: &Refund) -> Self {
        let units = refund.lines.iter().fold(0_u32, |sum, line| sum.saturating_add(line.quantity));
        Self { id: refund.id.clone(), amount: refund.amount.into(), units, at: refund.at }
    }
}
