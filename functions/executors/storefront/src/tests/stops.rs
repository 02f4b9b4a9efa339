//! A stop that comes before any one request of an action: from then on nothing that changes the shop is sent,
//! and once it is lifted the action goes on where it was, with one effect in all.

use super::{
    bench::{Bench, id, listing, name, publish},
    price::price,
    stock::stock,
    unpublish::unpublish,
};
use agent::{Evidence, ExecuteError, Guard, Order, testing::order};
use async_trait::async_trait;
use domain::Action;
use shop::{Fault, FaultKind};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Gives leave this many times; then the stop is on.
#[derive(Debug)]
struct Leaves(AtomicU64);

#[async_trait]
impl Guard for Leaves {
    async fn check(&self) -> Result<(), ExecuteError> {
        let left = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| ExecuteError::Stopped("stopped (all) by olivia".to_owned()))
    }
}

async fn until_stopped(bench: &Bench, action: &Action, leaves: u64) -> Result<Evidence, ExecuteError> {
    let guard = Arc::new(Leaves(AtomicU64::new(leaves)));
    bench.carry(&Order { guard, ..order(id(), action) }).await
}

async fn shop(before: bool) -> Bench {
    let bench = Bench::open().await;
    if before {
        bench.publish("1").await;
    }
    bench
}

async fn stopped_before_every_change(before: bool, action: &Action, mutation: &str) {
    let calm = shop(before).await;
    let first = calm.changes();
    calm.execute(id(), action).await.unwrap();
    let changes = calm.changes() - first;
    assert!(changes > 0);
    for leaves in 0..changes {
        let bench = shop(before).await;
        let result = until_stopped(&bench, action, leaves).await;
        assert_eq!(name(result), "stopped", "after {leaves} of {changes} changes");
        assert_eq!(bench.changes() - first, leaves, "nothing more was sent");
        bench.execute(id(), action).await.unwrap();
        assert_eq!(bench.changes() - first, changes, "what was done before the stop is not done again");
        assert_eq!(bench.products(), calm.products(), "stopped after {leaves} of {changes} changes");
        assert_eq!(bench.effects("1", mutation), calm.effects("1", mutation));
    }
}

#[tokio::test]
async fn publishing() {
    stopped_before_every_change(false, &publish(listing("1")), "productSet").await;
}

#[tokio::test]
async fn changing_a_price() {
    stopped_before_every_change(true, &price("1-M", 1290, 1190), "productVariantsBulkUpdate").await;
}

#[tokio::test]
async fn setting_stock() {
    stopped_before_every_change(true, &stock(12, 7), "inventorySetQuantities").await;
}

#[tokio::test]
async fn taking_off_sale_ends_off_sale_and_archived_once() {
    for leaves in 0..2 {
        let bench = shop(true).await;
        assert_eq!(name(until_stopped(&bench, &unpublish("1"), leaves).await), "stopped");
        bench.execute(id(), &unpublish("1")).await.unwrap();
        let product = &bench.products()[0];
        assert_eq!((&product["status"], &product["published"]), (&"ARCHIVED".into(), &false.into()));
        assert_eq!(bench.effects("1", "productUpdate"), 2, "once on sale, once into the archive");
    }
}

#[tokio::test]
async fn a_request_that_waits_for_a_busy_shop_is_not_sent_again_after_a_stop() {
    for kind in [FaultKind::Throttled, FaultKind::TooManyRequests] {
        let bench = shop(true).await;
        bench.shop.faults().add([Fault::once(kind).on("productVariantsBulkUpdate")]);
        let result = until_stopped(&bench, &price("1-M", 1290, 1190), 1).await;
        assert_eq!(name(result), "stopped", "{kind:?}");
        assert_eq!(bench.effects("1", "productVariantsBulkUpdate"), 0, "{kind:?}");
    }
}

#[derive(Debug)]
struct Unreadable;

#[async_trait]
impl Guard for Unreadable {
    async fn check(&self) -> Result<(), ExecuteError> {
        Err(ExecuteError::Retry("the stop switch cannot be read".to_owned()))
    }
}

#[tokio::test]
async fn while_the_switch_cannot_be_read_nothing_is_sent() {
    let bench = shop(true).await;
    let sent = bench.changes();
    let action = price("1-M", 1290, 1190);
    let result = bench.carry(&Order { guard: Arc::new(Unreadable), ..order(id(), &action) }).await;
    assert_eq!((name(result), bench.changes()), ("unreachable", sent));
}
