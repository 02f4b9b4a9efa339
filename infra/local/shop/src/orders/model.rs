//! What is kept of an order. Amounts are in the shop's currency, which is the only one that
//! shoppers of the sandbox pay in.

pub(crate) use super::address::Address;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: i64,
    /// The number that people use: `#1001`.
    pub(crate) number: i64,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) cancelled_at: Option<String>,
    /// `CUSTOMER`, `FRAUD` …
    pub(crate) cancel_reason: Option<String>,
    /// `None` for a guest.
    pub(crate) customer: Option<i64>,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) locale: String,
    pub(crate) ip: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) shipping: Address,
    pub(crate) billing: Address,
    pub(crate) lines: Vec<Line>,
    /// What the shopper pays for delivery.
    pub(crate) delivery: Decimal,
    /// Share of tax in what is paid, in percent; 0 where the sandbox knows no rate.
    pub(crate) tax_rate: Decimal,
    pub(crate) tax_title: String,
    pub(crate) risk: Vec<Assessment>,
    pub(crate) fulfillment_orders: Vec<FulfillmentOrder>,
    pub(crate) fulfillments: Vec<Fulfillment>,
    pub(crate) transactions: Vec<Transaction>,
    pub(crate) refunds: Vec<Refund>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) product: i64,
    pub(crate) variant: i64,
    pub(crate) item: i64,
    pub(crate) location: i64,
    pub(crate) sku: Option<String>,
    pub(crate) title: String,
    pub(crate) variant_title: String,
    pub(crate) vendor: String,
    pub(crate) requires_shipping: bool,
    pub(crate) taxable: bool,
    pub(crate) tracked: bool,
    /// How many were ordered.
    pub(crate) quantity: i64,
    /// How many were taken off again, by a refund or a cancellation.
    pub(crate) removed: i64,
    /// What one costs.
    pub(crate) price: Decimal,
}

/// What one location has to send.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FulfillmentOrder {
    pub(crate) id: i64,
    pub(crate) location: i64,
    /// `OPEN`, `IN_PROGRESS`, `ON_HOLD`, `CLOSED`, `CANCELLED`.
    pub(crate) status: String,
    pub(crate) lines: Vec<FulfillmentOrderLine>,
    pub(crate) holds: Vec<Hold>,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FulfillmentOrderLine {
    pub(crate) id: i64,
    /// The order's line.
    pub(crate) line: i64,
    pub(crate) total: i64,
    pub(crate) remaining: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Hold {
    pub(crate) id: i64,
    pub(crate) reason: String,
    pub(crate) notes: Option<String>,
    pub(crate) handle: Option<String>,
}

/// A parcel.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Fulfillment {
    pub(crate) id: i64,
    /// `SUCCESS` or `CANCELLED`.
    pub(crate) status: String,
    pub(crate) fulfillment_order: i64,
    pub(crate) location: i64,
    pub(crate) lines: Vec<FulfillmentLine>,
    pub(crate) company: Option<String>,
    pub(crate) tracking: Option<String>,
    pub(crate) url: Option<String>,
    /// `in_transit`, `delivered` …, as the carrier said last.
    pub(crate) shipment: Option<String>,
    pub(crate) delivered_at: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FulfillmentLine {
    pub(crate) id: i64,
    /// The order's line.
    pub(crate) line: i64,
    pub(crate) quantity: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub(crate) id: i64,
    /// `SALE`, `REFUND`, `AUTHORIZATION`, `CAPTURE`, `VOID`.
    pub(crate) kind: String,
    /// `SUCCESS`, `PENDING`, `FAILURE`.
    pub(crate) status: String,
    pub(crate) gateway: String,
    pub(crate) amount: Decimal,
    /// What the payment provider keeps.
    pub(crate) fee: Option<Fee>,
    pub(crate) parent: Option<i64>,
    pub(crate) created_at: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Fee {
    pub(crate) id: i64,
    pub(crate) amount: Decimal,
    /// Share of the amount, as a fraction.
    pub(crate) rate: Decimal,
    pub(crate) flat: Decimal,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) id: i64,
    pub(crate) note: Option<String>,
    pub(crate) lines: Vec<RefundLine>,
    /// What was given back of the delivery.
    pub(crate) delivery: Decimal,
    /// Ids of the order's transactions that moved the money.
    pub(crate) transactions: Vec<i64>,
    pub(crate) created_at: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct RefundLine {
    pub(crate) id: i64,
    /// The order's line.
    pub(crate) line: i64,
    pub(crate) quantity: i64,
    /// `CANCEL`, `RETURN`, `NO_RESTOCK`.
    pub(crate) restock: String,
    pub(crate) location: Option<i64>,
    pub(crate) subtotal: Decimal,
    /// The tax within, or on top of, the subtotal.
    pub(crate) tax: Decimal,
}

/// What somebody thinks of an order's risk.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Assessment {
    /// `HIGH`, `MEDIUM`, `LOW`, `NONE`, `PENDING`.
    pub(crate) level: String,
    pub(crate) facts: Vec<Fact>,
    /// Name of the app that said it; `None` for the shop itself.
    pub(crate) provider: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub(crate) description: String,
    /// `POSITIVE`, `NEUTRAL`, `NEGATIVE`.
    pub(crate) sentiment: String,
}

/// A person who buys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) address: Address,
    pub(crate) created_at: String,
}

impl Order {
    /// The words under which the order is found.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.customer.iter().map(|id| format!("customer:{id}")).collect();
        words.extend(self.lines.iter().map(|l| format!("line:{}", l.id)));
        for part in &self.fulfillment_orders {
            words.push(format!("fulfillment-order:{}", part.id));
            words.extend(part.lines.iter().map(|l| format!("fulfillment-order-line:{}", l.id)));
            words.extend(part.holds.iter().map(|h| format!("hold:{}", h.id)));
        }
        words.extend(self.fulfillments.iter().map(|f| format!("fulfillment:{}", f.id)));
        words.extend(self.transactions.iter().map(|t| format!("transaction:{}", t.id)));
        words.extend(self.refunds.iter().map(|r| format!("refund:{}", r.id)));
        words
    }

    /// The name that people see.
    pub(crate) fn name(&self) -> String {
        format!("#{}", self.number)
    }

    pub(crate) fn line(&self, id: i64) -> Option<&Line> {
        self.lines.iter().find(|l| l.id == id)
    }

    /// How many of a line are in parcels.
    pub(crate) fn sent(&self, line: i64) -> i64 {
        let parcels = self.fulfillments.iter().filter(|f| f.status == "SUCCESS");
        parcels.flat_map(|f| &f.lines).filter(|l| l.line == line).map(|l| l.quantity).sum()
    }
}

impl Line {
    /// The name that shoppers see, with the variant where there are several.
    pub(crate) fn name(&self) -> String {
        match self.variant_title.as_str() {
            "" | "Default Title" => self.title.clone(),
            variant => format!("{} - {variant}", self.title),
        }
    }

    /// How many the shopper still buys.
    pub(crate) fn current(&self) -> i64 {
        self.quantity.saturating_sub(self.removed)
    }

    /// What the ordered quantity costs.
    pub(crate) fn total(&self) -> Decimal {
        self.price.saturating_mul(self.quantity.into())
    }
}

impl Customer {
    /// The words under which the customer is found.
    pub(crate) fn words(&self) -> Vec<String> {
        vec![format!("email:{}", self.email.to_lowercase())]
    }
}
