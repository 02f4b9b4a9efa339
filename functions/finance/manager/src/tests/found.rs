//! What nobody told of, and news in any order.

use super::*;
use crate::{news, settle};
use proptest::{prelude::*, test_runner::RngSeed};

/// A shop that knows one order.
struct Counter(Snapshot);

#[async_trait]
impl Shop for Counter {
    async fn order(&self, _id: &str) -> Result<Option<Found>, shopify::Error> {
        let contact = Contact {
            order: self.0.order.clone(),
            customer: self.0.customer.clone(),
            email: None,
            phone: None,
            shipping: None,
            billing: None,
            vat_number: None,
            ip: None,
            updated: self.0.updated,
        };
        Ok(Some(Found { shop: self.0.clone(), refunds: Vec::new(), held: false, contact }))
    }

    async fn changed(
        &self,
        _since: OffsetDateTime,
        _most: usize,
    ) -> Result<Vec<(String, OffsetDateTime)>, shopify::Error> {
        Ok(vec![(self.0.order.clone(), self.0.updated)])
    }
}

#[tokio::test]
async fn an_order_that_no_message_told_of_is_handed_in_once_and_a_known_one_is_not() {
    for (known, wanted) in [(None, 1), (Some(Order::new(snapshot(0), NOW)), 1), (Some(Order::new(snapshot(5), NOW)), 0)]
    {
        let table = Arc::new(Table::default());
        let manager = Manager::new(table.clone(), Some(Arc::new(Counter(snapshot(5)))), table.clone());
        let mut bench = Bench::of::<Manager>();
        bench.known.orders = known.into_iter().collect();
        let turn = bench.ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        let handed = table.handed_in.lock().unwrap();
        assert_eq!(handed.len(), wanted);
        assert!(handed.iter().all(|news| matches!(&news.said, Said::Order(said) if **said == snapshot(5))));
        assert_eq!(turn.facts[0].fields["until"], "2026-11-20T12:00:00Z");
    }
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
