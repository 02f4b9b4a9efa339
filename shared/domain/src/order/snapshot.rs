//! What the shop says of an order.

use crate::Money;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How far an order is paid, in Shopify's words (`financial_status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// Not yet.
    Pending,
    /// Promised by the bank, not taken.
    Authorized,
    /// In part.
    PartiallyPaid,
    /// In full.
    Paid,
    /// In full, and some of it was paid back.
    PartiallyRefunded,
    /// All of it was paid back.
    Refunded,
    /// Given up before it was taken.
    Voided,
    /// The promise ran out.
    Expired,
}

impl Payment {
    /// Whether the money was taken in full, whatever was paid back since.
    #[must_use]
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Paid | Self::PartiallyRefunded | Self::Refunded)
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Shop's id of the line.
    pub id: String,
    /// Stock keeping unit; absent for what was typed in by hand.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sku: Option<String>,
    /// Shop's id of the product.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub product: Option<String>,
    /// Shop's id of the variant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub variant: Option<String>,
    /// Name.
    pub title: String,
    /// Units ordered, less those removed since.
    pub quantity: u32,
    /// Price of one unit before discounts, in the shop's currency; with tax where [`Snapshot::taxes_included`].
    pub price: Money,
    /// Discount on the whole line, its part of order discounts included.
    pub discount: Money,
    /// Tax that the shop counted on the whole line.
    pub tax: Money,
    /// Whether something has to be sent.
    pub ships: bool,
}

/// Totals of an order, in the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Lines after discounts, before shipping.
    pub subtotal: Money,
    /// Shipping after discounts.
    pub shipping: Money,
    /// Tax that the shop counted.
    pub tax: Money,
    /// All discounts.
    pub discount: Money,
    /// What the customer owes for the order as it is now.
    pub total: Money,
    /// What of it is still to be paid.
    pub outstanding: Money,
}

/// The shop's order at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Shop's id: decimal digits, often beyond 2^53.
    pub order: String,
    /// What people call it, such as `#1001`.
    pub name: String,
    /// Shop's id of the customer, or `guest-<order>`.
    pub customer: String,
    /// ISO 3166 code of the country that it goes to; absent where nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// How far it is paid.
    pub payment: Payment,
    /// Whether prices hold the tax already.
    pub taxes_included: bool,
    /// Lines.
    pub lines: Vec<Line>,
    /// Totals.
    pub totals: Totals,
    /// A trial order of the shop's owner: nothing is bought for it.
    #[serde(default)]
    pub test: bool,
    /// When it was cancelled.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub cancelled: Option<OffsetDateTime>,
    /// When it was placed.
    #[serde(with = "time::serde::rfc3339")]
    pub placed: OffsetDateTime,
    /// When the shop last changed it: of two snapshots the later one holds.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

/// Units of one line that were paid back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundLine {
    /// Shop's id of the line.
    pub line: String,
    /// Units.
    pub quantity: u32,
    /// What was paid back for them, without tax.
    pub subtotal: Money,
    /// Tax of it.
    pub tax: Money,
    /// Whether the shop put them back among what is for sale.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub restocked: bool,
}

/// Money of an order that was paid back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// Shop's id of the refund.
    pub id: String,
    /// Shop's id of the order.
    pub order: String,
    /// What the customer got, all transactions together.
    pub amount: Money,
    /// The lines it is for; none where it is for no line in particular.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lines: Vec<RefundLine>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
