//! A stop that comes before any one request of an order: from then on nothing that changes something is sent, and once
//! it is lifted the order goes on where it was.

use super::bench::{Bench, fulfill, id, name};
use agent::{ExecuteError, Guard, Order, testing::order};
use async_trait::async_trait;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Gives leave this many times; then the stop is on.
#[derive(Debug)]
pub(super) struct Leaves(pub(super) AtomicU64);

#[async_trait]
impl Guard for Leaves {
    async fn check(&self) -> Result<(), ExecuteError> {
        let left = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| ExecuteError::Stopped("stopped (all) by olivia".to_owned()))
    }
}

#[tokio::test]
async fn nothing_is_sent_after_a_stop_and_the_order_goes_on_once_it_is_lifted() {
    for (supplier, changes) in [("cj", 3), ("printful", 2)] {
        let action = fulfill(supplier);
        for leaves in 0..changes {
            let bench = Bench::open().await;
            let guard = Arc::new(Leaves(AtomicU64::new(leaves)));
            let stopped = bench.carry(&Order { guard, ..order(id(), &action) }).await;
            assert_eq!((name(stopped), bench.changes()), ("stopped", leaves), "{supplier}");
            assert_eq!(bench.counts().1, 0, "{supplier}: paid before the last leave");
            bench.execute(&action).await.unwrap();
            assert_eq!((bench.changes(), bench.counts()), (changes, (1, 1)), "{supplier}");
        }
    }
}
