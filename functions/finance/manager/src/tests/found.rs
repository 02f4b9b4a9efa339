//! What nobody told of, and news in any order.

use super::*;
use crate::{news, settle};
use proptest::{prelude::*, test_runner::RngSeed};

/// A shop that knows these orders.
struct Counter(Vec<Snapshot>);

#[async_trait]
impl Shop for Counter {
    async fn order(&self, id: &str) -> Result<Option<Found>, shopify::Error> {
        let found = |shop: &Snapshot| Found {
            shop: shop.clone(),
            refunds: Vec::new(),
            held: false,
            contact: Contact {
                order: shop.order.clone(),
                customer: shop.customer.clone(),
                email: None,
                phone: None,
                shipping: None,
                billing: None,
                vat_number: None,
                ip: None,
                updated: shop.updated,
            },
        };
        Ok(self.0.iter().find(|shop| shop.order == id).map(found))
    }

    async fn changed(
        &self,
        since: OffsetDateTime,
        most: usize,
    ) -> Result<Vec<(String, OffsetDateTime)>, shopify::Error> {
        let listed = self.0.iter().filter(|shop| shop.updated >= since).take(most);
        Ok(listed.map(|shop| (shop.order.clone(), shop.updated)).collect())
    }
}

/// The ids of the orders that a turn hands in.
fn handed_in(turn: &Turn) -> Vec<&str> {
    let order = |said: &'_ Said| matches!(said, Said::Order(_));
    assert!(turn.news.iter().all(|(news, contact)| order(&news.said) && contact.is_some()));
    turn.news.iter().filter_map(|(news, _)| news.id.split(':').nth(1)).collect()
}

#[tokio::test]
async fn an_order_that_no_message_told_of_is_handed_in_once_and_a_known_one_is_not() {
    for (known, wanted) in [(None, 1), (Some(Order::new(snapshot(0), NOW)), 1), (Some(Order::new(snapshot(5), NOW)), 0)]
    {
        let manager = Manager::new(Arc::new(Table::default()), Some(Arc::new(Counter(vec![snapshot(5)]))));
        let mut bench = Bench::of::<Manager>();
        bench.known.orders = known.into_iter().collect();
        let turn = bench.ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        assert_eq!(handed_in(&turn).len(), wanted);
        assert_eq!(turn.facts[0].fields["from"], "2026-11-20T11:30:00Z");
        bench.known.heard = turn.news.iter().map(|(news, _)| news.id.clone()).collect();
        let again = bench.ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        assert_eq!((again.news.len(), again.report), (0, Value::Null), "it is on its way already");
    }
}

#[tokio::test]
async fn orders_that_wait_for_people_do_not_stand_in_front_of_one_that_can_be_tried_again() {
    let of = |n: i64, stage| {
        let shop = Snapshot { order: n.to_string(), ..snapshot(0) };
        let updated = NOW - Duration::hours(10 - n);
        let reason = Some("somebody looks at it".to_owned());
        Order {
            stage,
            reason,
            updated,
            taxed: Some(taxed()),
            checked: Some(checked(Band::High)),
            ..Order::new(shop, NOW)
        }
    };
    let mut orders: Vec<Order> = (1..8).map(|n| of(n, OrderStage::Held)).collect();
    let stuck = Order { checked: Some(checked(Band::Low)), ..of(8, OrderStage::Stuck) };
    orders.push(stuck.clone());
    let bookings = orders.iter().flat_map(|order| {
        let keys = ["sale", "fee"].map(|what| give::book(order, what, order.id()).unwrap().key.unwrap());
        keys.map(|key| Task { id: TaskId::of(&key), ..task("book", TaskStatus::Done, Value::Null) })
    });
    let table = Table { hanging: orders.clone(), tasks: bookings.collect(), ..Table::default() };
    let mut bench = Bench::of::<Manager>();
    bench.known.orders = orders;
    let turn = bench.ask(&manager(table), "quarter-hourly", Value::Null).await.unwrap();
    assert_eq!(kinds(&turn), ["fulfill"]);
    assert_eq!(turn.tasks[0].input["order"], json!(stuck.id()));
}

#[tokio::test]
async fn lost_orders_come_in_a_few_at_a_time_and_none_is_left_out() {
    let shop = |n: i64| Snapshot { order: format!("{n}"), ..snapshot(n - 700) };
    let all: Vec<Snapshot> = (0..450).map(shop).collect();
    let manager = Manager::new(Arc::new(Table::default()), Some(Arc::new(Counter(all.clone()))));
    let mut bench = Bench::of::<Manager>();
    let (mut runs, mut came) = (0, Vec::new());
    loop {
        let turn = bench.ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        runs += 1;
        assert!(turn.news.len() <= 20, "{}", turn.news.len());
        came.extend(handed_in(&turn).into_iter().map(str::to_owned));
        let known = turn.news.iter().map(|(news, _)| match &news.said {
            Said::Order(said) => Order::new((**said).clone(), NOW),
            other => panic!("{other:?}"),
        });
        bench.known.orders.extend(known);
        bench.known.facts = turn.facts;
        let on = turn.tasks.iter().find(|task| task.kind == "quarter-hourly");
        if on.is_none() {
            break;
        }
    }
    assert_eq!(came, all.iter().map(|shop| shop.order.clone()).collect::<Vec<_>>());
    assert!(runs <= 27, "{runs}");
}

#[tokio::test]
async fn an_order_that_arrived_while_the_word_about_its_tax_was_lost_is_taxed_and_booked_an_hour_later() {
    let arrived = |n: i64| {
        let shop = Snapshot { order: n.to_string(), ..snapshot(0) };
        let (checked, updated) = (Some(checked(Band::Low)), NOW - Duration::minutes(120 - n));
        let lines = shop.lines.iter().map(|line| portion(&line.id, line.quantity)).collect();
        let record = fulfilled(&format!("p{n}"), "Acme", lines, Status::Executed);
        let placed = settle::ended(Order { checked, ..Order::new(shop, NOW) }, &record, NOW).unwrap().0;
        let parcels = placed.parcels.iter().cloned();
        let parcels =
            parcels.map(|parcel| Parcel { state: ParcelState::Delivered, announced: Some(parcel.action), ..parcel });
        Order { stage: OrderStage::Delivered, updated, parcels: parcels.collect(), ..placed }
    };
    let orders: Vec<Order> = (1..8).map(arrived).collect();
    let told = orders.iter().map(|order| {
        let id = TaskId::of(&give::vat(order, "").unwrap().key.unwrap());
        Task { id, ..task("vat", TaskStatus::Done, serde_json::to_value(taxed()).unwrap()) }
    });
    let table = Table { passed: orders.clone(), tasks: told.collect(), ..Table::default() };
    let manager = manager(table);
    let mut bench = Bench::of::<Manager>();
    bench.known.orders = orders;
    let mut mended = Vec::new();
    for wanted in [5, 2, 0] {
        let turn = bench.ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        assert_eq!(turn.orders.len(), wanted);
        assert!(turn.orders.iter().all(|step| step.to.taxed.is_some() && step.to.stage == OrderStage::Delivered));
        let sales = turn.tasks.iter().filter(|task| task.kind == "book" && task.input["what"] == "sale");
        assert_eq!(sales.count(), wanted);
        mended.extend(turn.orders.iter().map(|step| step.to.id().to_owned()));
        bench.known.facts = turn.facts;
    }
    assert_eq!(mended, (1..8).map(|n| n.to_string()).collect::<Vec<_>>(), "each once, oldest first");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn late_doubled_and_reordered_news_come_to_the_same_order(
        heard in prop::collection::vec(0..6_i64, 1..12),
    ) {
        let word = |minutes: i64| Snapshot {
            payment: if minutes > 1 { Payment::Paid } else { Payment::Pending },
            totals: Totals { total: euro(6000 + i32::try_from(minutes).unwrap()), ..snapshot(0).totals },
            ..snapshot(minutes)
        };
        let after = |minutes: &[i64]| {
            let first = Order::new(word(minutes[0]), NOW);
            minutes[1..].iter().fold(first, |order, next| {
                if word(*next).updated > order.shop.updated { news::merged(order, word(*next)) } else { order }
            })
        };
        let last = *heard.iter().max().unwrap();
        prop_assert_eq!(after(&heard).shop, word(last));
        let mut sorted = heard.clone();
        sorted.sort_unstable();
        prop_assert_eq!(after(&heard).shop, after(&sorted).shop);
    }

    #[test]
    fn no_unit_is_ever_in_two_live_parcels(
        steps in prop::collection::vec((0..4_usize, prop::sample::select(vec![Status::Executed, Status::Failed, Status::Denied])), 1..10),
    ) {
        let mut order = ordering();
        for (n, (line, status)) in steps.into_iter().enumerate() {
            let open = order.open();
            // As fulfilment does it: only what is open is asked for, and an answer may come twice.
            let Some(portion) = open.get(line % open.len().max(1)).cloned() else { break };
            let record = fulfilled(&format!("p{n}"), &format!("s{n}"), vec![portion], status);
            for _ in 0..2 {
                if let Some((next, ..)) = settle::ended(order.clone(), &record, NOW) {
                    order = next;
                }
            }
            for line in &order.shop.lines {
                let sent: u32 = order.live().flat_map(|p| &p.portions).filter(|p| p.line == line.id).map(|p| p.quantity).sum();
                prop_assert!(sent <= line.quantity);
            }
        }
    }
}
