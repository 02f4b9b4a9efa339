use super::*;
use domain::{
    ActionId, Digest,
    action::{OrderFulfill, OrderRelease},
    order::{Checked, Parcel, ParcelState, Payment, Portion, Refund, RefundLine, Snapshot, Totals},
};

const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

fn euro(cents: i32) -> Money {
    Money::eur_cents(cents)
}

/// An order over EUR 100.00 that is paid.
fn order() -> Order {
    let totals = Totals {
        subtotal: euro(10_000),
        shipping: euro(0),
        tax: euro(0),
        discount: euro(0),
        total: euro(10_000),
        outstanding: euro(0),
    };
    let shop = Snapshot {
        order: "1".to_owned(),
        name: "#1".to_owned(),
        customer: "7".to_owned(),
        country: None,
        payment: Payment::Paid,
        taxes_included: true,
        lines: Vec::new(),
        totals,
        test: false,
        cancelled: None,
        placed: NOW,
        updated: NOW,
    };
    Order::new(shop, NOW)
}

fn told(order: Order, action: &Action) -> Context {
    let mut context = Context::default();
    let row = Row { value: order, seq: 1, head: Digest::of_bytes(b"") };
    of_order(&mut context, &row, action);
    context
}

fn release() -> Action {
    OrderRelease { order: "1".to_owned() }.into()
}

fn portion(line: &str) -> Portion {
    Portion { line: line.to_owned(), sku: "lamp".to_owned(), quantity: 1 }
}

fn parcel(supplier: &str, cents: i32, state: ParcelState) -> Parcel {
    Parcel {
        action: ActionId::of(supplier),
        supplier: supplier.to_owned(),
        portions: vec![portion(supplier)],
        cost: euro(cents),
        state,
        remote: None,
        tracking: None,
        announced: None,
        reason: None,
        updated: NOW,
    }
}

fn refund(cents: i32, lines: Vec<RefundLine>) -> Refund {
    Refund { id: cents.to_string(), order: "1".to_owned(), amount: euro(cents), lines, at: NOW }
}

#[test]
fn what_is_left_is_what_was_paid_less_what_was_paid_back() {
    assert_eq!(told(order(), &release()).order_paid_cents, Some(10_000));
    let mut back = order();
    back.refunds = vec![refund(2_500, Vec::new())];
    assert_eq!(told(back, &release()).order_paid_cents, Some(7_500));
    let mut lines = order();
    let line = RefundLine { line: "1".to_owned(), quantity: 1, subtotal: euro(900), tax: euro(100), restocked: false };
    lines.refunds = vec![refund(1_000, vec![line])];
    assert_eq!(told(lines, &release()).order_paid_cents, Some(10_000), "the shop's total is without it already");
    let mut open = order();
    open.shop.payment = Payment::Pending;
    assert_eq!(told(open, &release()).order_paid_cents, None);
    let mut dollars = order();
    dollars.shop.totals.total = Money::parse("100", "USD".parse().unwrap()).unwrap();
    assert_eq!(told(dollars, &release()).order_paid_cents, None);
}

#[test]
fn what_other_suppliers_were_promised_cannot_be_spent_again() {
    let mut order = order();
    order.parcels = vec![
        parcel("Acme", 6_000, ParcelState::Placed),
        parcel("Bolt", 1_000, ParcelState::Asked),
        parcel("Cora", 9_000, ParcelState::Failed),
    ];
    let fulfill = |supplier: &str| {
        let action = OrderFulfill {
            order: "1".to_owned(),
            customer: "7".to_owned(),
            supplier: supplier.to_owned(),
            portions: vec![portion(supplier)],
            cost: euro(1),
            country: "NL".to_owned(),
        };
        told(order.clone(), &action.into()).order_paid_cents
    };
    assert_eq!(fulfill("Bolt"), Some(4_000), "its own promise does not count against it");
    assert_eq!(fulfill("Dora"), Some(3_000));
}

#[test]
fn bands_checks_and_holds_are_the_orders_own() {
    let nothing = told(order(), &release());
    assert_eq!((nothing.fraud_band, nothing.order_was_high, nothing.order_held), (None, None, Some(false)));
    let bands = [
        (Band::Low, FraudBand::Low, false),
        (Band::Medium, FraudBand::Medium, false),
        (Band::High, FraudBand::High, true),
        (Band::Blocked, FraudBand::Blocked, true),
    ];
    for (band, fact, high) in bands {
        let mut scored = order();
        scored.checked = Some(Checked {
            score: 1,
            band,
            evidence: Vec::new(),
            missing: Vec::new(),
            checks_passed: Some(true),
            released: true,
            at: NOW,
        });
        let known = told(scored, &release());
        assert_eq!((known.fraud_band, known.order_was_high), (Some(fact), Some(high)));
        assert_eq!(known.fraud_checks_passed, Some(true));
    }
    for (stage, held) in [(OrderStage::Held, true), (OrderStage::Cancelled, true), (OrderStage::Ordering, false)] {
        assert_eq!(told(Order { stage, ..order() }, &release()).order_held, Some(held));
    }
}
