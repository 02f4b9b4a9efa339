//! A parcel is followed once, however often it is asked for and whatever becomes of the answers.

use super::{
    bench::{Bench, id, name},
    stops::Leaves,
};
use agent::{ExecuteError, Executor as _, Order, testing::order};
use depot::{Fault, FaultKind};
use domain::{Action, ActionId, action::OrderTrack};
use std::sync::{Arc, atomic::AtomicU64};

fn track(number: &str) -> Action {
    let number = number.to_owned();
    OrderTrack { order: "1001".to_owned(), parcel: ActionId::of("parcel"), number }.into()
}

#[tokio::test]
async fn a_parcel_is_followed_once_under_our_number_whatever_fails() {
    for kind in [
        None,
        Some(FaultKind::DroppedAfter),
        Some(FaultKind::DroppedBefore),
        Some(FaultKind::InternalErrorAfter),
        Some(FaultKind::InternalErrorBefore),
        Some(FaultKind::TooManyRequests),
    ] {
        let bench = Bench::open().await;
        bench.depot.add_faults(kind.map(|kind| Fault { operation: Some("trackings".to_owned()), ..Fault::once(kind) }));
        let action = track("3SBOARD1");
        let first = bench.carry_out(&action).await.unwrap();
        assert_eq!(bench.carry_out(&action).await.unwrap(), first, "{kind:?}: it is followed already");
        assert_eq!(bench.find(&action).await.unwrap(), Some(first.clone()));
        let known = bench.depot.trackings().unwrap();
        assert_eq!(known.len(), 1, "{kind:?}");
        assert_eq!(
            (&known[0].id, known[0].order_id.as_deref()),
            (&first.remote_id, Some(&*ActionId::of("parcel").to_string()))
        );
        assert_eq!(bench.counts(), (0, 0), "nothing is bought by it");
    }
}

#[tokio::test]
async fn a_number_that_is_none_is_refused_for_good_and_nothing_is_there_before_it_is_asked_for() {
    let bench = Bench::open().await;
    assert_eq!(bench.find(&track("3SBOARD1")).await, Ok(None));
    assert_eq!(name(bench.carry_out(&track("1")).await), "refused");
    assert!(bench.depot.trackings().unwrap().is_empty());
}

#[tokio::test]
async fn while_it_is_stopped_nothing_is_followed() {
    let bench = Bench::open().await;
    let action = track("3SBOARD1");
    let guard = Arc::new(Leaves(AtomicU64::new(0)));
    let stopped = Order { guard, ..order(id(), &action) };
    assert!(matches!(bench.executor.execute(&stopped).await, Err(ExecuteError::Stopped(_))));
    assert!(bench.depot.trackings().unwrap().is_empty());
}
