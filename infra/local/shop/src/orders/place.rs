//! A shopper places an order: by the sandbox's own address, as no client of the Admin API may.

use super::address::Address;
use super::model::{Assessment, Customer, Fact, Fee, FulfillmentOrder, FulfillmentOrderLine, Line, Order, Transaction};
use super::people::{self, Dice, Person};
use super::{save, save_customer, stock};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::model::{Product, Variant, sku_word};
use crate::text;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

/// What a shopper wants. Whatever is not said is made up from the seed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Ask {
    /// Decides everything that is not said; the same seed gives the same order of the same shop.
    seed: u64,
    /// How many orders, of this and the following seeds; 1 unless said, 1000 at most.
    count: Option<u64>,
    lines: Option<Vec<AskLine>>,
    /// Buys without a customer account.
    guest: bool,
    email: Option<String>,
    shipping: Option<Address>,
    billing: Option<Address>,
    note: Option<String>,
    tags: Vec<String>,
    /// `false` leaves the payment open.
    paid: Option<bool>,
    /// What the shop itself thinks of the risk: `LOW` unless said.
    risk: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskLine {
    sku: String,
    quantity: i64,
}

const MOST: u64 = 1000;
/// What delivery costs, in cents; nothing from the second amount on.
const DELIVERY: Decimal = Decimal::from_parts(490, 0, 0, false, 2);
const FREE_FROM: Decimal = Decimal::from_parts(5_000, 0, 0, false, 2);
/// What the payment provider keeps: 2.1 % and 0.30.
const FEE_RATE: Decimal = Decimal::from_parts(21, 0, 0, false, 3);
const FEE_FLAT: Decimal = Decimal::from_parts(30, 0, 0, false, 2);

/// Places the orders that are asked for; answers id, name and total of each.
pub(crate) fn place(cx: &Cx<'_>, ask: &Ask) -> Result<Value, Fail> {
    let count = ask.count.unwrap_or(1).clamp(1, MOST);
    let placed = (0..count).map(|n| one(cx, ask, ask.seed.saturating_add(n)));
    let orders: Vec<Value> = placed.collect::<Result<_, _>>()?;
    Ok(json!({ "orders": orders }))
}

fn one(cx: &Cx<'_>, ask: &Ask, seed: u64) -> Result<Value, Fail> {
    let transaction = cx.store.begin()?;
    let person = wanted(ask, people::person(seed));
    let mut order = drawn(cx, ask, &person)?;
    order.lines = lines(cx, ask, &mut Dice::new(seed))?;
    order.delivery = if order.subtotal() >= FREE_FROM { Decimal::ZERO } else { DELIVERY };
    order.fulfillment_orders = parts(cx, &order)?;
    let paid = ask.paid.unwrap_or(true);
    if paid {
        order.transactions.push(payment(cx, &order)?);
    }
    for line in &order.lines {
        stock::commit(cx, line)?;
    }
    let topics: &[&str] = if paid { &["orders/create", "orders/paid"] } else { &["orders/create"] };
    save(cx, &mut order, topics)?;
    transaction.commit()?;
    Ok(json!({ "id": order.id, "name": order.name(), "total": text::money(order.total()), "email": order.email }))
}

/// The shopper pays an order that was left open; `false` when there is nothing to pay.
pub(crate) fn pay(cx: &Cx<'_>, id: i64) -> Result<bool, Fail> {
    let transaction = cx.store.begin()?;
    let Some(mut order) = super::load(cx, id)?.filter(|o| o.financial_status() == "PENDING") else {
        return Ok(false);
    };
    order.transactions.push(payment(cx, &order)?);
    save(cx, &mut order, &["orders/paid"])?;
    transaction.commit()?;
    Ok(true)
}

/// The person that the seed makes up, with what is said instead.
fn wanted(ask: &Ask, mut person: Person) -> Person {
    if let Some(address) = &ask.shipping {
        person.address = address.clone();
    }
    if let Some(email) = &ask.email {
        person.email.clone_from(email);
    }
    person
}

fn drawn(cx: &Cx<'_>, ask: &Ask, person: &Person) -> Result<Order, Fail> {
    let level = ask.risk.clone().unwrap_or_else(|| "LOW".to_owned());
    let fact = Fact { description: "Characteristics of this order were compared".into(), sentiment: "NEUTRAL".into() };
    Ok(Order {
        id: cx.store.next_id()?,
        number: number(cx)?,
        created_at: cx.stamp(),
        customer: if ask.guest { None } else { Some(customer(cx, person)?) },
        email: person.email.clone(),
        phone: person.address.phone.clone(),
        locale: person.locale.clone(),
        ip: Some(person.ip.clone()),
        note: ask.note.clone(),
        tags: ask.tags.clone(),
        tax_rate: people::tax_rate(&person.address.country_code),
        tax_title: format!("{} VAT", person.address.country_code),
        shipping: person.address.clone(),
        billing: ask.billing.clone().unwrap_or_else(|| person.address.clone()),
        risk: vec![Assessment { level, facts: vec![fact], provider: None }],
        ..Order::default()
    })
}

fn number(cx: &Cx<'_>) -> Result<i64, Fail> {
    let number: i64 = cx.store.get("counter", "order")?.unwrap_or(1001);
    cx.store.put("counter", "order", &number.saturating_add(1))?;
    Ok(number)
}

/// The account of a mail address, opened when there is none.
fn customer(cx: &Cx<'_>, person: &Person) -> Result<i64, Fail> {
    if let Some(known) = cx.store.marked(&format!("email:{}", person.email.to_lowercase()))?.first() {
        return Ok(*known);
    }
    let address = person.address.clone();
    let customer = Customer {
        id: cx.store.next_id()?,
        first_name: address.first_name.clone(),
        last_name: address.last_name.clone(),
        email: person.email.clone(),
        phone: address.phone.clone(),
        created_at: cx.stamp(),
        address,
    };
    save_customer(cx, &customer)?;
    Ok(customer.id)
}

fn lines(cx: &Cx<'_>, ask: &Ask, dice: &mut Dice) -> Result<Vec<Line>, Fail> {
    match &ask.lines {
        Some(asked) => asked.iter().map(|line| said(cx, line)).collect(),
        None => Ok(vec![chosen(cx, dice)?]),
    }
}

fn said(cx: &Cx<'_>, asked: &AskLine) -> Result<Line, Fail> {
    let product = cx.product_by(&sku_word(&asked.sku))?;
    let found = product.as_ref().and_then(|p| p.variants.iter().find(|v| has_sku(v, &asked.sku)).map(|v| (p, v)));
    let (product, variant) = found.ok_or_else(|| Fail::bad_request(format!("no product has SKU `{}`", asked.sku)))?;
    if asked.quantity < 1 || !buyable(variant, asked.quantity) {
        return Err(Fail::new("SOLD_OUT", format!("`{}` cannot be bought {} times", asked.sku, asked.quantity)));
    }
    line(cx, product, variant, asked.quantity)
}

fn has_sku(variant: &Variant, sku: &str) -> bool {
    variant.sku.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(sku))
}

/// One or two of something that is for sale.
fn chosen(cx: &Cx<'_>, dice: &mut Dice) -> Result<Line, Fail> {
    let online = cx.publications()?.first().map_or(0, |p| p.id);
    let mut products: Vec<Product> = cx.store.all("product")?;
    products.retain(|p| p.status == "ACTIVE" && p.is_published_on(online, cx.unix()));
    products.retain(|p| p.variants.iter().any(|v| buyable(v, 1)));
    let nothing = || Fail::new("SOLD_OUT", "nothing is for sale");
    let product = dice.of(&products).ok_or_else(nothing)?;
    let variants: Vec<&Variant> = product.variants.iter().filter(|v| buyable(v, 1)).collect();
    let variant = dice.of(&variants).ok_or_else(nothing)?;
    let two = dice.below(5) == 0 && buyable(variant, 2);
    line(cx, product, variant, if two { 2 } else { 1 })
}

fn buyable(variant: &Variant, quantity: i64) -> bool {
    let free = !variant.item.tracked || variant.inventory_policy == "CONTINUE";
    free || variant.item.levels.values().any(|level| level.available >= quantity)
}

fn line(cx: &Cx<'_>, product: &Product, variant: &Variant, quantity: i64) -> Result<Line, Fail> {
    let levels = &variant.item.levels;
    // What lies on the shop's own shelf, its last location, goes first.
    let full = levels.iter().rev().find(|(_, level)| level.available >= quantity).or_else(|| levels.iter().next());
    let anywhere = cx.locations()?.first().map_or(0, |l| l.id);
    Ok(Line {
        id: cx.store.next_id()?,
        product: product.id,
        variant: variant.id,
        item: variant.item.id,
        location: full.map_or(anywhere, |(location, _)| *location),
        sku: variant.sku.clone(),
        title: product.title.clone(),
        variant_title: product.variant_title(variant),
        vendor: product.vendor.clone(),
        requires_shipping: variant.item.requires_shipping,
        taxable: variant.taxable,
        tracked: variant.item.tracked,
        quantity,
        removed: 0,
        price: variant.price,
    })
}

/// What each location has to send.
fn parts(cx: &Cx<'_>, order: &Order) -> Result<Vec<FulfillmentOrder>, Fail> {
    let mut parts: Vec<FulfillmentOrder> = Vec::new();
    for line in &order.lines {
        let id = cx.store.next_id()?;
        let piece = FulfillmentOrderLine { id, line: line.id, total: line.quantity, remaining: line.quantity };
        match parts.iter_mut().find(|p| p.location == line.location) {
            Some(part) => part.lines.push(piece),
            None => parts.push(FulfillmentOrder {
                id: cx.store.next_id()?,
                location: line.location,
                status: "OPEN".into(),
                lines: vec![piece],
                holds: Vec::new(),
                updated_at: cx.stamp(),
            }),
        }
    }
    Ok(parts)
}

fn payment(cx: &Cx<'_>, order: &Order) -> Result<Transaction, Fail> {
    let amount = order.current_total();
    let fee = text::cents(amount.saturating_mul(FEE_RATE).saturating_add(FEE_FLAT));
    Ok(Transaction {
        id: cx.store.next_id()?,
        kind: "SALE".into(),
        status: "SUCCESS".into(),
        gateway: "shopify_payments".into(),
        amount,
        fee: Some(Fee { id: cx.store.next_id()?, amount: fee, rate: FEE_RATE, flat: FEE_FLAT }),
        parent: None,
        created_at: cx.stamp(),
    })
}
