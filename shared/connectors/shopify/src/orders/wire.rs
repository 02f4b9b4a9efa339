//! An order as the API answers it.

use super::{RiskLevel, Sending, Sent, ShopOrder, money::Bag};
use crate::{
    Error,
    error::Problem,
    model::{Gid, Link, Nodes},
    operation::ORDER_STATE,
};
use domain::{
    Contact, Money, contact,
    order::{self, Line, Payment, Refund, RefundLine, Snapshot, Totals},
};
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

/// How units that were paid back are for sale again, in the shop's words.
const RESTOCKED: [&str; 3] = ["CANCEL", "RETURN", "LEGACY_RESTOCK"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Order {
    id: Gid,
    name: String,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    cancelled_at: Option<OffsetDateTime>,
    test: bool,
    taxes_included: bool,
    display_financial_status: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    client_ip: Option<String>,
    customer: Option<Customer>,
    shipping_address: Option<Address>,
    billing_address: Option<Address>,
    current_total_price_set: Bag,
    current_subtotal_price_set: Bag,
    current_shipping_price_set: Bag,
    current_total_tax_set: Bag,
    current_total_discounts_set: Bag,
    total_outstanding_set: Bag,
    net_payment_set: Bag,
    risk: Risk,
    line_items: Nodes<Item>,
    refunds: Vec<Refunded>,
    fulfillment_orders: Nodes<Part>,
    fulfillments: Vec<Shipped>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    id: Gid,
    number_of_orders: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    zip: Option<String>,
    city: Option<String>,
    province_code: Option<String>,
    country_code_v2: Option<String>,
    phone: Option<String>,
}

#[derive(Deserialize)]
struct Risk {
    assessments: Vec<Assessment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    risk_level: RiskLevel,
    provider: Option<Link>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: Gid,
    sku: Option<String>,
    title: String,
    current_quantity: u32,
    requires_shipping: bool,
    product: Option<Link>,
    variant: Option<Link>,
    original_unit_price_set: Bag,
    total_discount_set: Bag,
    tax_lines: Vec<Tax>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tax {
    price_set: Bag,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refunded {
    id: Gid,
    note: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    created_at: Option<OffsetDateTime>,
    total_refunded_set: Bag,
    refund_line_items: Nodes<RefundedLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundedLine {
    quantity: u32,
    restock_type: String,
    line_item: Link,
    subtotal_set: Bag,
    total_tax_set: Bag,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: Gid,
    status: String,
    fulfillment_holds: Vec<Hold>,
    line_items: Nodes<PartLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hold {
    id: Gid,
    handle: Option<String>,
    held_by_requesting_app: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartLine {
    id: Gid,
    remaining_quantity: u32,
    line_item: Link,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shipped {
    id: Gid,
    status: String,
    tracking_info: Vec<Followed>,
    fulfillment_line_items: Nodes<ShippedLine>,
}

#[derive(Deserialize)]
struct Followed {
    number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShippedLine {
    quantity: Option<u32>,
    line_item: Link,
}

fn strange(what: String) -> Error {
    Error::refused(ORDER_STATE.name, Problem::ours("NOT_UNDERSTOOD", &["order"], what))
}

impl Order {
    /// In our words.
    pub(super) fn read(self) -> Result<ShopOrder, Error> {
        let number = self.id.number().to_owned();
        let customer =
            self.customer.as_ref().map_or_else(|| format!("guest-{number}"), |who| who.id.number().to_owned());
        let worst = self.risk.assessments.iter().filter(|assessed| assessed.provider.is_none());
        let notes = self.refunds.iter().filter_map(|r| Some((r.id.number().to_owned(), r.note.clone()?)));
        Ok(ShopOrder {
            snapshot: self.snapshot(&number, &customer).map_err(strange)?,
            refunds: self.refunds.iter().map(|r| r.read(&number)).collect::<Result<_, _>>().map_err(strange)?,
            contact: self.contact(&number, &customer),
            notes: notes.collect(),
            paid: self.net_payment_set.money().map_err(strange)?,
            risk: worst.map(|assessed| assessed.risk_level).filter(|level| *level != RiskLevel::Pending).max(),
            orders: self.customer.as_ref().and_then(|who| who.number_of_orders.parse().ok()),
            held: self.fulfillment_orders.nodes.iter().any(|part| part.status == "ON_HOLD"),
            sendings: self.fulfillment_orders.nodes.iter().map(Part::read).collect(),
            sent: self.fulfillments.iter().filter(|sent| sent.status == "SUCCESS").map(Shipped::read).collect(),
            id: self.id,
        })
    }

    fn snapshot(&self, number: &str, customer: &str) -> Result<Snapshot, String> {
        let status = self.display_financial_status.clone().unwrap_or_else(|| "PENDING".to_owned()).to_lowercase();
        let payment: Payment = serde_json::from_value(Value::from(status)).map_err(|error| error.to_string())?;
        Ok(Snapshot {
            order: number.to_owned(),
            name: self.name.clone(),
            customer: customer.to_owned(),
            country: self.shipping_address.as_ref().and_then(|address| address.country_code_v2.clone()),
            payment,
            taxes_included: self.taxes_included,
            lines: self.line_items.nodes.iter().map(Item::read).collect::<Result<_, _>>()?,
            totals: self.totals()?,
            test: self.test,
            cancelled: self.cancelled_at,
            placed: self.created_at,
            updated: self.updated_at,
        })
    }

    fn totals(&self) -> Result<Totals, String> {
        Ok(Totals {
            subtotal: self.current_subtotal_price_set.money()?,
            shipping: self.current_shipping_price_set.money()?,
            tax: self.current_total_tax_set.money()?,
            discount: self.current_total_discounts_set.money()?,
            total: self.current_total_price_set.money()?,
            outstanding: self.total_outstanding_set.money()?,
        })
    }

    fn contact(&self, number: &str, customer: &str) -> Contact {
        Contact {
            order: number.to_owned(),
            customer: customer.to_owned(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            shipping: self.shipping_address.as_ref().map(Address::read),
            billing: self.billing_address.as_ref().map(Address::read),
            vat_number: None,
            ip: self.client_ip.clone(),
            updated: self.updated_at,
        }
    }
}

impl Address {
    fn read(&self) -> contact::Address {
        contact::Address {
            name: self.name.clone(),
            company: self.company.clone(),
            address1: self.address1.clone(),
            address2: self.address2.clone(),
            city: self.city.clone(),
            province: self.province_code.clone(),
            zip: self.zip.clone(),
            country: self.country_code_v2.clone(),
            phone: self.phone.clone(),
        }
    }
}

impl Item {
    fn read(&self) -> Result<Line, String> {
        let price = self.original_unit_price_set.money()?;
        let nothing = Money::new(rust_decimal::Decimal::ZERO, price.currency()).map_err(|error| error.to_string())?;
        let tax = self
            .tax_lines
            .iter()
            .try_fold(nothing, |sum, line| sum.plus(&line.price_set.money()?).map_err(|error| error.to_string()))?;
        Ok(Line {
            id: self.id.number().to_owned(),
            sku: self.sku.clone().filter(|sku| !sku.is_empty()),
            product: self.product.as_ref().map(|link| link.id.number().to_owned()),
            variant: self.variant.as_ref().map(|link| link.id.number().to_owned()),
            title: self.title.clone(),
            quantity: self.current_quantity,
            price,
            discount: self.total_discount_set.money()?,
            tax,
            ships: self.requires_shipping,
        })
    }
}

impl Refunded {
    fn read(&self, order: &str) -> Result<Refund, String> {
        let lines = self.refund_line_items.nodes.iter().map(|line| {
            Ok(RefundLine {
                line: line.line_item.id.number().to_owned(),
                quantity: line.quantity,
                subtotal: line.subtotal_set.money()?,
                tax: line.total_tax_set.money()?,
                restocked: RESTOCKED.contains(&line.restock_type.as_str()),
            })
        });
        Ok(order::Refund {
            id: self.id.number().to_owned(),
            order: order.to_owned(),
            amount: self.total_refunded_set.money()?,
            lines: lines.collect::<Result<_, String>>()?,
            at: self.created_at.ok_or("a refund has no time")?,
        })
    }
}

impl Part {
    fn read(&self) -> Sending {
        let holds = self.fulfillment_holds.iter();
        let left = self.line_items.nodes.iter();
        Sending {
            id: self.id.clone(),
            status: self.status.clone(),
            holds: holds.map(|h| (h.id.clone(), h.handle.clone().filter(|_| h.held_by_requesting_app))).collect(),
            left: left.map(|l| (l.id.clone(), l.line_item.id.number().to_owned(), l.remaining_quantity)).collect(),
        }
    }
}

impl Shipped {
    fn read(&self) -> Sent {
        let lines = self.fulfillment_line_items.nodes.iter();
        Sent {
            id: self.id.clone(),
            numbers: self.tracking_info.iter().filter_map(|info| info.number.clone()).collect(),
            lines: lines.map(|l| (l.line_item.id.number().to_owned(), l.quantity.unwrap_or_default())).collect(),
        }
    }
}
