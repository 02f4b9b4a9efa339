//! What an order amounts to, and where it stands.

use super::model::{Order, Transaction};
use crate::text;
use rust_decimal::Decimal;

impl Order {
    /// What all ordered lines cost.
    pub(crate) fn subtotal(&self) -> Decimal {
        self.lines.iter().map(super::model::Line::total).sum()
    }

    /// What the shopper pays. Prices include tax.
    pub(crate) fn total(&self) -> Decimal {
        self.subtotal().saturating_add(self.delivery)
    }

    /// What the lines still bought cost.
    pub(crate) fn current_subtotal(&self) -> Decimal {
        self.lines.iter().map(|l| l.price.saturating_mul(l.current().into())).sum()
    }

    /// What the shopper still pays: refunded lines and delivery are gone.
    pub(crate) fn current_total(&self) -> Decimal {
        let back: Decimal = self.refunds.iter().map(|r| r.delivery).sum();
        self.current_subtotal().saturating_add(self.delivery).saturating_sub(back)
    }

    /// The tax within an amount.
    pub(crate) fn tax_in(&self, amount: Decimal) -> Decimal {
        let whole = self.tax_rate.saturating_add(Decimal::ONE_HUNDRED);
        let tax = amount.saturating_mul(self.tax_rate).checked_div(whole);
        text::cents(tax.unwrap_or_default())
    }

    /// What was paid.
    pub(crate) fn received(&self) -> Decimal {
        self.sum(&["SALE", "CAPTURE"])
    }

    /// What was given back.
    pub(crate) fn refunded(&self) -> Decimal {
        self.sum(&["REFUND"])
    }

    fn sum(&self, kinds: &[&str]) -> Decimal {
        let counts = |t: &&Transaction| t.status == "SUCCESS" && kinds.contains(&t.kind.as_str());
        self.transactions.iter().filter(counts).map(|t| t.amount).sum()
    }

    /// `PAID`, `PENDING` … as the API says it.
    pub(crate) fn financial_status(&self) -> &'static str {
        let (received, refunded) = (self.received(), self.refunded());
        match () {
            () if !refunded.is_zero() && refunded >= received => "REFUNDED",
            () if !refunded.is_zero() => "PARTIALLY_REFUNDED",
            () if received >= self.current_total() && !received.is_zero() => "PAID",
            () if !received.is_zero() => "PARTIALLY_PAID",
            () if self.cancelled_at.is_some() => "VOIDED",
            () => "PENDING",
        }
    }

    /// `UNFULFILLED`, `FULFILLED` … as the API says it.
    pub(crate) fn fulfillment_status(&self) -> &'static str {
        let sent = |l: &super::model::Line| self.sent(l.id);
        let wanted = || self.lines.iter().filter(|l| l.requires_shipping);
        let any = wanted().any(|l| sent(l) > 0);
        match () {
            () if any && wanted().all(|l| sent(l) >= l.current()) => "FULFILLED",
            () if any => "PARTIALLY_FULFILLED",
            () if self.fulfillment_orders.iter().any(|f| f.status == "ON_HOLD") => "ON_HOLD",
            () => "UNFULFILLED",
        }
    }

    /// What the shop advises, by the worst that anybody thinks of the order.
    pub(crate) fn recommendation(&self) -> &'static str {
        let thinks = |level: &str| self.risk.iter().any(|a| a.level == level);
        match () {
            () if thinks("HIGH") => "CANCEL",
            () if thinks("MEDIUM") => "INVESTIGATE",
            () if thinks("LOW") => "ACCEPT",
            () => "NONE",
        }
    }
}
