use super::*;
use agent::testing::{self, Bench};
use domain::{
    Money, Order,
    books::{self, Account, Entry, Kind, Move},
    order::{Line, Payment, Refund, Snapshot, Taxed, Totals, Treatment},
};
use rust_decimal::Decimal;
use time::{Duration, OffsetDateTime};

fn eur(cents: i32) -> Money {
    Money::eur_cents(cents)
}

fn order(lines: usize) -> Order {
    let placed = testing::NOW - Duration::hours(2);
    let line = |n: usize| Line {
        id: n.to_string(),
        sku: Some(format!("sku-{n}")),
        product: None,
        variant: None,
        title: "Thing".to_owned(),
        quantity: 1,
        price: eur(1000),
        discount: eur(0),
        tax: eur(0),
        ships: true,
    };
    let total = eur(1000 * i32::try_from(lines).unwrap());
    let totals =
        Totals { subtotal: total, shipping: eur(0), tax: eur(0), discount: eur(0), total, outstanding: eur(0) };
    let shop = Snapshot {
        order: "7".to_owned(),
        name: "#7".to_owned(),
        customer: "c".to_owned(),
        country: Some("NL".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines: (0..lines).map(line).collect(),
        totals,
        test: false,
        cancelled: None,
        placed,
        updated: placed,
    };
    let taxed = Taxed {
        treatment: Treatment::Domestic,
        country: Some("NL".to_owned()),
        rate: Decimal::from(21),
        tax: eur(0),
        evidence: Vec::new(),
        on: "2026-11-20".to_owned(),
    };
    Order { taxed: Some(taxed), ..Order::new(shop, placed) }
}

fn keys(turn: &Turn) -> Vec<&str> {
    turn.entries.iter().map(Entry::key).collect()
}

/// Income of so many cents at a moment.
fn earned(n: usize, cents: i32, at: OffsetDateTime) -> Entry {
    let moves = vec![Move::new(Account::Receivable, Account::Revenue, eur(cents))];
    Entry::new(Kind::Sale, format!("sale/{n}"), at, moves).unwrap()
}

#[tokio::test]
async fn an_order_is_booked_once_whatever_happened_is_said_to_have_happened() {
    let mut bench = Bench::of::<Analyst>();
    bench.known.orders = vec![order(2)];
    let ask = json!({ "order": "7", "what": "refund", "of": "1" });
    let turn = bench.ask(&Analyst, "book", ask.clone()).await.unwrap();
    assert_eq!(keys(&turn), ["sale/7", "fee/7"]);
    bench.known.entries = turn.entries;
    let turn = bench.ask(&Analyst, "book", ask.clone()).await.unwrap();
    assert!(turn.entries.is_empty() && turn.tasks.is_empty(), "{:?}", turn.entries);
    let back =
        Refund { id: "1".to_owned(), order: "7".to_owned(), amount: eur(500), lines: Vec::new(), at: testing::NOW };
    bench.known.orders[0].refunds = vec![back];
    let turn = bench.ask(&Analyst, "book", ask).await.unwrap();
    assert_eq!(keys(&turn), ["refund/1"]);
}

#[tokio::test]
async fn what_was_booked_stays_and_an_order_that_says_otherwise_is_named() {
    let mut bench = Bench::of::<Analyst>();
    bench.known.orders = vec![order(2)];
    bench.known.entries = vec![earned(7, 999, testing::NOW)];
    let turn = bench.ask(&Analyst, "book", json!({ "order": "7" })).await.unwrap();
    assert_eq!((keys(&turn), &turn.report["differs"]), (vec!["fee/7"], &json!(["sale/7"])));
}

#[tokio::test]
async fn an_order_that_one_transaction_cannot_hold_is_booked_by_several() {
    let mut bench = Bench::of::<Analyst>();
    bench.known.orders = vec![order(70)];
    let (mut rounds, mut ask) = (0, json!({ "order": "7" }));
    loop {
        let turn = bench.ask(&Analyst, "book", ask.clone()).await.unwrap();
        assert!(store::books::rows(&turn.entries) <= 90, "{}", store::books::rows(&turn.entries));
        bench.known.entries.extend(turn.entries);
        rounds += 1;
        match &turn.tasks[..] {
            [again] => ask = again.input.clone(),
            _ => break,
        }
    }
    assert_eq!((rounds, bench.known.entries.len()), (3, 4));
}

#[tokio::test]
async fn nothing_is_made_of_an_order_that_nobody_knows_or_that_is_not_paid() {
    let mut bench = Bench::of::<Analyst>();
    assert!(matches!(bench.ask(&Analyst, "book", json!({ "order": "7" })).await, Err(AgentError::Retry(_))));
    bench.known.orders = vec![Order { taxed: None, ..order(1) }];
    assert!(bench.ask(&Analyst, "book", json!({ "order": "7" })).await.unwrap().entries.is_empty());
}

#[tokio::test]
async fn a_fall_of_revenue_by_exactly_the_limit_is_told_once_a_day() {
    for (before, last, told) in [(10_000, 8000, true), (10_000, 8001, false), (10_000, 0, true), (0, 0, false)] {
        let mut bench = Bench::of::<Analyst>();
        bench.known.entries = vec![
            earned(1, before, testing::NOW - Duration::hours(30)),
            earned(2, last, testing::NOW - Duration::hours(3)),
        ];
        let turn = bench.ask(&Analyst, "hourly", json!(null)).await.unwrap();
        assert_eq!(turn.tasks.len() == 1, told, "{before} -> {last}: {}", turn.report);
        assert!(turn.tasks.iter().all(|task| task.key.as_deref() == Some("finance/alert/revenue/2026-11-20")));
        assert_eq!(turn.report["missing"].is_null(), before > 0);
        let measured = [
            ("revenue_fell", i64::from(told)),
            ("revenue_last_day_cents", i64::from(last)),
            ("revenue_day_before_cents", i64::from(before)),
        ];
        assert_eq!(turn.gauges, measured, "whether it fell or not: silence says that nobody looked");
    }
}

#[tokio::test]
async fn books_are_balanced_every_day_and_a_forecast_needs_history() {
    let mut bench = Bench::of::<Analyst>();
    bench.known.orders = vec![order(3)];
    bench.known.entries = bench.ask(&Analyst, "book", json!({ "order": "7" })).await.unwrap().entries;
    bench.known.entries.push(earned(9, 100, testing::NOW + Duration::days(3)));
    let turn = bench.ask(&Analyst, "daily", json!(null)).await.unwrap();
    assert_eq!(turn.report["trialBalance"]["balanced"], true, "{}", turn.report);
    assert_eq!(turn.report["trialBalance"]["accounts"]["vat"]["EUR"], "5.21");
    assert!(turn.report["cashflow"]["missing"][0].as_str().unwrap().contains("days of history"), "{}", turn.report);
    assert!(turn.tasks.is_empty());
    assert_eq!(turn.facts[0].source, "analyst:cashflow");
}

#[tokio::test]
async fn a_forecast_repeats_the_week_and_says_how_wrong_it_was() {
    let mut bench = Bench::of::<Analyst>();
    // a hundred days: 100 euro a day, 200 on every seventh, with a little unrest
    for day in 1..=100 {
        let usual = if day % 7 == 0 { 20_000 } else { 10_000 };
        let unrest = i32::try_from((day * 37) % 11).unwrap() * 10;
        bench.known.entries.push(earned(
            usize::try_from(day).unwrap(),
            usual + unrest,
            testing::NOW - Duration::days(day),
        ));
    }
    let turn = bench.ask(&Analyst, "daily", json!(null)).await.unwrap();
    let flow = &turn.report["cashflow"];
    assert_eq!((flow["missing"].as_array().unwrap().len(), flow["levelPercent"].as_u64()), (0, Some(90)), "{flow}");
    let days = flow["days"].as_array().unwrap();
    assert_eq!((days.len(), days[0]["day"].as_str()), (30, Some("2026-11-20")));
    let number = |day: &Value, name: &str| day[name].as_str().unwrap().parse::<Decimal>().unwrap();
    for (n, day) in days.iter().enumerate() {
        let (low, expected, high) = (number(day, "low"), number(day, "expected"), number(day, "high"));
        assert!(low <= expected && expected <= high, "{day}");
        let peak = n % 7 == 0;
        assert_eq!(expected > Decimal::from(150), peak, "day {n}: {expected}");
    }
    let error: Decimal = flow["backtest"]["errorPercent"].as_str().unwrap().parse().unwrap();
    assert!(error < Decimal::from(5), "{error}");
    assert_eq!(flow["backtest"]["days"], 30);
}

#[tokio::test]
async fn a_day_of_advertising_is_booked_on_its_campaign() {
    let bench = Bench::of::<Analyst>();
    let spent = json!({ "platform": "meta", "campaign": "spring", "day": "2026-11-19", "amount": eur(1234) });
    let turn = bench.ask(&Analyst, "book.ad-spend", spent.clone()).await.unwrap();
    assert_eq!(keys(&turn), ["ad-spend/meta/spring/2026-11-19"]);
    assert_eq!(turn.entries[0].moves()[0].of[&books::Dimension::Campaign], "spring");
    let mut wrong = spent;
    wrong["day"] = json!("yesterday");
    assert!(bench.ask(&Analyst, "book.ad-spend", wrong).await.is_err());
}

#[test]
fn the_sample_event_wakes_it_for_a_task() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/finance-analyst.json"));
    assert!(matches!(wakes[..], [domain::task::Wake::Task { .. }]));
}
