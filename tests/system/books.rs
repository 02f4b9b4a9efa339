//! The books behind the real queue, the real analyst and the real transactions: whatever is said twice, late or in
//! another order, every sum is the sum of its entries, and every entry is what its order implies.

use crate::world::World;
use domain::{
    Actor, Money, Order, Role, TaskId,
    audit::Entry as Link,
    books::{self, Account, Dimension, Entry, Grain, Terms},
    order::{Line, OrderStage, Payment, Refund, Snapshot, Taxed, Totals, Treatment},
    task::{Task, TaskStatus},
};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeMap;
use store::{Row, books::Span, page::Cut};
use time::Duration;

/// What finance's numbers say of fees.
pub(crate) const TERMS: Terms = Terms { basis_points: 210, fixed_cents: 25 };

fn eur(cents: i32) -> Money {
    Money::eur_cents(cents)
}

/// A delivered order: figures of its own, the same at every run.
fn order(world: &World, n: i32) -> Order {
    let placed = world.now() - Duration::hours(i64::from(n) * 7);
    let lines: Vec<Line> = (0..=n % 3)
        .map(|k| Line {
            id: format!("{n}-{k}"),
            sku: Some(format!("sku-{k}")),
            product: None,
            variant: None,
            title: "Thing".to_owned(),
            quantity: u32::try_from(1 + (n + k) % 3).unwrap(),
            price: eur(333 + n * 97 + k * 11),
            discount: eur(k),
            tax: eur(0),
            ships: true,
        })
        .collect();
    let paid = |line: &Line| line.price.amount() * Decimal::from(line.quantity) - line.discount.amount();
    let subtotal = Money::new(lines.iter().map(paid).sum(), eur(0).currency()).unwrap();
    let total = subtotal.plus(&eur(n)).unwrap();
    let totals = Totals { subtotal, shipping: eur(n), tax: eur(0), discount: eur(0), total, outstanding: eur(0) };
    let shop = Snapshot {
        order: format!("90071992547409{n:03}"),
        name: format!("#{n}"),
        customer: format!("guest-{n}"),
        country: Some("FI".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines,
        totals,
        test: false,
        cancelled: None,
        placed,
        updated: placed,
    };
    let taxed = Taxed {
        treatment: Treatment::Oss,
        country: Some("FI".to_owned()),
        rate: Decimal::new(255, 1),
        tax: eur(0),
        evidence: Vec::new(),
        on: placed.date().to_string(),
    };
    Order { stage: OrderStage::Delivered, taxed: Some(taxed), ..Order::new(shop, placed) }
}

fn refunded(order: &Order, n: i32) -> Order {
    let refund = |k: i32| Refund {
        id: format!("{}-{k}", order.id()),
        order: order.id().to_owned(),
        amount: eur(100 + n * 7 + k),
        lines: Vec::new(),
        at: order.shop.placed + Duration::minutes(i64::from(k) * 600 + 1),
    };
    Order { refunds: (0..n % 3).map(refund).collect(), ..order.clone() }
}

fn link(what: &str) -> Link {
    Link::new(Actor::Function("finance-manager".to_owned()), what, "DELIVERED")
}

async fn write(world: &World, order: &Order, from: Option<&Row<Order>>) {
    let mut tx = world.store().tx(world.now());
    match from {
        Some(row) => tx.update(row, order, link("refunded")).unwrap(),
        None => tx.create(order, link("told")).unwrap(),
    }
    tx.commit().await.unwrap();
}

/// Asks the analyst to book an order, for the `n`th time.
async fn ask(world: &World, order: &Order, n: i32) {
    let now = world.now();
    let task = Task {
        id: TaskId::of(&format!("book {} {n}", order.id())),
        agent: "finance-analyst".parse().unwrap(),
        kind: "book".to_owned(),
        input: json!({ "order": order.id(), "what": "sale", "of": n.to_string() }),
        reply_to: None,
        journey: None,
        status: TaskStatus::Ready,
        report: serde_json::Value::Null,
        error: None,
        by: "finance-manager".to_owned(),
        created: now,
        updated: now,
    };
    let mut tx = world.store().tx(now);
    tx.create(&task, link("asked")).unwrap();
    tx.commit().await.unwrap();
}

async fn entries(world: &World) -> BTreeMap<String, Entry> {
    let page = world.store().list::<Entry>(Entry::STATUS, &Cut::first(1000)).await.unwrap();
    assert!(page.next.is_none());
    page.items.into_iter().map(|row| (row.value.key().to_owned(), row.value)).collect()
}

/// The sums in the table against both sides of every move of every entry.
pub(crate) async fn sums_are_right(world: &World, entries: &BTreeMap<String, Entry>) {
    let of = [None, Some(Dimension::Product), Some(Dimension::Vat)];
    for (of, grain) in of.into_iter().flat_map(|of| Grain::ALL.map(|grain| (of, grain))) {
        if of.is_some() && !matches!(grain, Grain::Day | Grain::Month) {
            continue;
        }
        let span = Span { of, grain, from: "2000".to_owned(), to: "2100".to_owned() };
        let found = world.store().sums(&span).await.unwrap();
        let mut wanted: BTreeMap<(String, String, String), i64> = BTreeMap::new();
        for entry in entries.values() {
            for one in entry.moves() {
                let Some(name) = of.map_or(Some(""), |of| one.of.get(&of).map(String::as_str)) else { continue };
                let cents = one.amount.cents().unwrap();
                for (account, cents) in [(one.debit, cents), (one.credit, -cents)] {
                    let key = (grain.period(entry.at()), name.to_owned(), format!("{account}|EUR"));
                    *wanted.entry(key).or_default() += cents;
                }
                if let Some(units) = one.units {
                    let key = (grain.period(entry.at()), name.to_owned(), format!("u|{}", entry.kind()));
                    *wanted.entry(key).or_default() += i64::from(units);
                }
            }
        }
        let kept = found.sums.iter().flat_map(|((period, name), sums)| {
            let columns = sums.columns().filter(|(column, _)| !column.starts_with("n|"));
            columns.map(move |(column, cents)| ((period.clone(), name.clone(), column.to_owned()), cents))
        });
        assert_eq!(kept.collect::<BTreeMap<_, _>>(), wanted, "{of:?} by {grain}");
        assert!(found.whole && found.total().difference().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_told_twice_or_late_the_books_are_the_sums_of_what_happened() {
    const ORDERS: i32 = 24;
    let world = World::of(&[]).await;
    let early: Vec<Order> = (1..=ORDERS).map(|n| order(&world, n)).collect();
    for order in &early {
        write(&world, order, None).await;
    }
    // every second one is booked before its refunds are known, all of them three times and from the last to the first
    for (n, order) in (0..).zip(early.iter().rev().step_by(2)) {
        ask(&world, order, n).await;
    }
    let late: Vec<Order> = (1..).zip(&early).map(|(n, order)| refunded(order, n)).collect();
    for order in &late {
        let row = world.store().get::<Order>(order.id()).await.unwrap().unwrap();
        write(&world, order, Some(&row)).await;
        for n in 100..103 {
            ask(&world, order, n).await;
        }
    }
    world.settle().await;
    let booked = entries(&world).await;
    let implied = late.iter().flat_map(|order| books::of_order(order, Some(TERMS)).unwrap());
    let implied: BTreeMap<String, Entry> = implied.map(|entry| (entry.key().to_owned(), entry)).collect();
    assert_eq!(booked.keys().collect::<Vec<_>>(), implied.keys().collect::<Vec<_>>());
    assert!(booked.iter().all(|(key, entry)| entry.same(&implied[key])), "an entry is not what its order implies");
    sums_are_right(&world, &booked).await;
    for order in &late {
        ask(&world, order, 200).await;
    }
    world.settle().await;
    assert_eq!(entries(&world).await, booked, "said again, nothing is booked again");
    sums_are_right(&world, &booked).await;
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
    reports_say_so(&world, &booked).await;
}

/// What people read is what was booked, and costs no more requests for more entries.
async fn reports_say_so(world: &World, booked: &BTreeMap<String, Entry>) {
    let from = (world.now() - Duration::days(30)).date();
    let (status, report) = world.api(Role::Finance, Method::GET, &format!("reports/pnl?from={from}"), None).await;
    assert_eq!(status, 200, "{report:#}");
    let moved = |account: Account| -> Decimal {
        let moves = booked.values().flat_map(Entry::moves).filter(|one| one.credit == account);
        moves.map(|one| one.amount.amount()).sum()
    };
    assert_eq!(report["total"][0]["figures"]["sales"], json!(moved(Account::Revenue).to_string()));
    assert_eq!(report["total"][0]["orders"], 24);
    let (_, balance) = world.api(Role::Auditor, Method::GET, "reports/balance", None).await;
    assert_eq!(balance["balanced"], true, "{balance:#}");
    let (_, cashflow) = world.api(Role::Owner, Method::GET, "reports/cashflow", None).await;
    assert!(cashflow["rows"].as_array().unwrap().is_empty() && !cashflow["missing"].as_array().unwrap().is_empty());
    let (status, _) = world.api(Role::Finance, Method::GET, "reports/guesses", None).await;
    assert_eq!(status, 404);
    let (status, _) = world.api(Role::Finance, Method::GET, "reports/pnl?from=2026-13-01", None).await;
    assert_eq!(status, 400);
    let (_, dashboard) = world.api(Role::Owner, Method::GET, "ceo/dashboard", None).await;
    assert_eq!(dashboard["business"]["days"].as_array().unwrap().len(), 30, "{:#}", dashboard["business"]);
}
