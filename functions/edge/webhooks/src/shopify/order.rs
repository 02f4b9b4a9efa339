//! An order as a webhook carries it, read into a snapshot without anything personal.

use super::{
    address::{AddressBody, NoteBody, clean},
    wire::{Amount, Id},
};
use domain::{
    Currency, Money,
    order::{Line, Payment, Refund, RefundLine, Snapshot, Totals},
};
use rust_decimal::Decimal;
use serde::Deserialize;
use time::OffsetDateTime;

/// How units that were paid back are for sale again, in the shop's words.
const RESTOCKED: [&str; 3] = ["cancel", "return", "legacy_restock"];

/// What is read of an order. Whatever is missing or strange makes it unreadable: then it is read from the shop.
#[derive(Deserialize)]
pub(super) struct OrderBody {
    pub(super) id: Id,
    name: String,
    customer: Option<CustomerBody>,
    pub(super) email: Option<String>,
    pub(super) contact_email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) browser_ip: Option<String>,
    pub(super) shipping_address: Option<AddressBody>,
    pub(super) billing_address: Option<AddressBody>,
    #[serde(default)]
    pub(super) note_attributes: Vec<NoteBody>,
    currency: String,
    financial_status: Payment,
    taxes_included: bool,
    #[serde(default)]
    test: bool,
    line_items: Vec<LineBody>,
    #[serde(default)]
    shipping_lines: Vec<ShippingBody>,
    current_subtotal_price: Amount,
    current_total_tax: Amount,
    current_total_discounts: Amount,
    current_total_price: Amount,
    total_outstanding: Amount,
    current_shipping_price_set: Option<BagBody>,
    total_shipping_price_set: Option<BagBody>,
    #[serde(with = "time::serde::rfc3339::option", default)]
    cancelled_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) updated_at: OffsetDateTime,
}

#[derive(Deserialize)]
struct CustomerBody {
    id: Option<Id>,
}

#[derive(Deserialize)]
struct BagBody {
    shop_money: MoneyBody,
}

#[derive(Deserialize)]
struct MoneyBody {
    amount: Amount,
    currency_code: String,
}

#[derive(Deserialize)]
struct ShippingBody {
    discounted_price: Option<Amount>,
    price: Amount,
}

#[derive(Deserialize)]
struct LineBody {
    id: Id,
    sku: Option<String>,
    product_id: Option<Id>,
    variant_id: Option<Id>,
    title: Option<String>,
    quantity: u32,
    current_quantity: Option<u32>,
    price: Amount,
    #[serde(default)]
    total_discount: Amount,
    #[serde(default)]
    discount_allocations: Vec<AmountBody>,
    #[serde(default)]
    tax_lines: Vec<TaxBody>,
    #[serde(default)]
    requires_shipping: bool,
    #[serde(default)]
    gift_card: bool,
}

#[derive(Deserialize)]
struct AmountBody {
    amount: Amount,
}

#[derive(Deserialize)]
struct TaxBody {
    price: Amount,
}

/// What is read of a refund.
#[derive(Deserialize)]
pub(super) struct RefundBody {
    id: Id,
    pub(super) order_id: Id,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(default)]
    refund_line_items: Vec<RefundLineBody>,
    #[serde(default)]
    transactions: Vec<TransactionBody>,
}

#[derive(Deserialize)]
struct RefundLineBody {
    line_item_id: Id,
    quantity: u32,
    #[serde(default)]
    restock_type: String,
    subtotal: Amount,
    total_tax: Amount,
    subtotal_set: Option<BagBody>,
    total_tax_set: Option<BagBody>,
}

#[derive(Deserialize)]
struct TransactionBody {
    amount: Amount,
    currency: Option<String>,
    kind: String,
    status: String,
}

/// What cannot be read exactly.
#[derive(Debug)]
pub(super) struct Unreadable;

fn money(amount: Amount, currency: Currency) -> Result<Money, Unreadable> {
    Money::new(amount.0, currency).map_err(|_| Unreadable)
}

fn sum(amounts: impl Iterator<Item = Amount>) -> Amount {
    Amount(amounts.fold(Decimal::ZERO, |sum, amount| sum.saturating_add(amount.0)))
}

impl OrderBody {
    /// Shop's id of the customer, or `guest-<order>`.
    pub(super) fn customer(&self) -> String {
        let known = self.customer.as_ref().and_then(|customer| customer.id.as_ref());
        known.map_or_else(|| format!("guest-{}", self.id.0), |id| id.0.clone())
    }

    /// The order at this moment.
    pub(super) fn snapshot(&self) -> Result<Snapshot, Unreadable> {
        let currency: Currency = self.currency.parse().map_err(|_| Unreadable)?;
        Ok(Snapshot {
            order: self.id.0.clone(),
            name: self.name.clone(),
            customer: self.customer(),
            country: self.shipping_address.as_ref().and_then(|address| address.country_code.clone()),
            payment: self.financial_status,
            taxes_included: self.taxes_included,
            lines: self.line_items.iter().map(|line| line.read(currency)).collect::<Result<_, _>>()?,
            totals: self.totals(currency)?,
            test: self.test,
            cancelled: self.cancelled_at,
            placed: self.created_at,
            updated: self.updated_at,
        })
    }

    fn totals(&self, currency: Currency) -> Result<Totals, Unreadable> {
        Ok(Totals {
            subtotal: money(self.current_subtotal_price, currency)?,
            shipping: money(self.shipping(), currency)?,
            tax: money(self.current_total_tax, currency)?,
            discount: money(self.current_total_discounts, currency)?,
            total: money(self.current_total_price, currency)?,
            outstanding: money(self.total_outstanding, currency)?,
        })
    }

    /// Shipping after discounts: as it is now, else of the lines that are shipped for money, else as it was.
    fn shipping(&self) -> Amount {
        if let Some(bag) = &self.current_shipping_price_set {
            return bag.shop_money.amount;
        }
        if !self.shipping_lines.is_empty() {
            return sum(self.shipping_lines.iter().map(|line| line.discounted_price.unwrap_or(line.price)));
        }
        self.total_shipping_price_set.as_ref().map(|bag| bag.shop_money.amount).unwrap_or_default()
    }
}

impl LineBody {
    fn read(&self, currency: Currency) -> Result<Line, Unreadable> {
        let allocated = sum(self.discount_allocations.iter().map(|part| part.amount));
        let discount = if self.discount_allocations.is_empty() { self.total_discount } else { allocated };
        Ok(Line {
            id: self.id.0.clone(),
            sku: self.sku.clone().filter(|sku| !sku.is_empty()),
            product: self.product_id.as_ref().map(|id| id.0.clone()),
            variant: self.variant_id.as_ref().map(|id| id.0.clone()),
            title: clean(self.title.as_ref()).unwrap_or_default(),
            quantity: self.current_quantity.unwrap_or(self.quantity),
            price: money(self.price, currency)?,
            discount: money(discount, currency)?,
            tax: money(sum(self.tax_lines.iter().map(|tax| tax.price)), currency)?,
            ships: self.requires_shipping && !self.gift_card,
        })
    }
}

impl RefundBody {
    /// The refund, in the shop's currency. A refund whose money is in several, or not moved yet, is read from the shop.
    pub(super) fn read(&self) -> Result<Refund, Unreadable> {
        let moved = || self.transactions.iter().filter(|moved| moved.kind == "refund" && moved.status == "success");
        let said = moved().find_map(|moved| moved.currency.as_deref()).ok_or(Unreadable)?;
        let in_shop = |bag: &BagBody| bag.shop_money.currency_code == said;
        let bags = self.refund_line_items.iter().flat_map(|line| [&line.subtotal_set, &line.total_tax_set]);
        if !bags.flatten().all(in_shop) || moved().any(|moved| moved.currency.as_deref() != Some(said)) {
            return Err(Unreadable);
        }
        let currency: Currency = said.parse().map_err(|_| Unreadable)?;
        let line = |line: &RefundLineBody| {
            Ok(RefundLine {
                line: line.line_item_id.0.clone(),
                quantity: line.quantity,
                subtotal: money(line.subtotal, currency)?,
                tax: money(line.total_tax, currency)?,
                restocked: RESTOCKED.contains(&line.restock_type.as_str()),
            })
        };
        Ok(Refund {
            id: self.id.0.clone(),
            order: self.order_id.0.clone(),
            amount: money(sum(moved().map(|moved| moved.amount)), currency)?,
            lines: self.refund_line_items.iter().map(line).collect::<Result<_, _>>()?,
            at: self.created_at,
        })
    }
}
