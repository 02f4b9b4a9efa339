//! For every request k of an order: request k fails once in each way, or whoever sent it dies, and the order is
//! carried out again. At the end the supplier has one order, paid once.

use super::bench::{Bench, Trouble, fulfill, id, restock};
use agent::{ExecuteError, Executor as _, testing::order};
use depot::FaultKind;
use domain::Action;

const TROUBLES: [Trouble; 9] = [
    Trouble::Fault(FaultKind::TooManyRequests),
    Trouble::Fault(FaultKind::InternalErrorBefore),
    Trouble::Fault(FaultKind::InternalErrorAfter),
    Trouble::Fault(FaultKind::DroppedBefore),
    Trouble::Fault(FaultKind::DroppedAfter),
    Trouble::Fault(FaultKind::Silent),
    Trouble::Fault(FaultKind::Denied),
    Trouble::KilledBefore,
    Trouble::KilledAfter,
];

async fn every_request_meets_every_trouble(action: &Action) {
    let calm = Bench::open().await;
    let wanted = calm.carry_out(action).await.unwrap();
    let last = calm.requests();
    assert!(last > 3 && calm.counts() == (1, 1), "{last} requests, {:?}", calm.counts());
    for trouble in TROUBLES {
        for k in 1..=last {
            let bench = Bench::troubled(k, trouble).await;
            let evidence = bench.carry_out(action).await;
            assert_eq!(evidence.as_ref(), Ok(&wanted), "{trouble:?} at request {k}");
            assert!(bench.requests() >= k, "request {k} was reached");
            assert_eq!(bench.counts(), (1, 1), "{trouble:?} at request {k}");
        }
    }
}

#[tokio::test]
async fn an_order_at_cj() {
    every_request_meets_every_trouble(&fulfill("cj")).await;
}

#[tokio::test]
async fn stock_of_our_own_at_cj() {
    every_request_meets_every_trouble(&restock("cj")).await;
}

#[tokio::test]
async fn stock_of_our_own_at_printful() {
    every_request_meets_every_trouble(&restock("printful")).await;
}

#[tokio::test]
async fn an_order_at_printful() {
    every_request_meets_every_trouble(&fulfill("printful")).await;
}

#[tokio::test]
async fn the_same_action_again_is_the_same_order() {
    for supplier in ["cj", "printful"] {
        for action in [fulfill(supplier), restock(supplier)] {
            let bench = Bench::open().await;
            let first = bench.execute(&action).await.unwrap();
            for _ in 0..3 {
                assert_eq!(bench.execute(&action).await, Ok(first.clone()), "{supplier}");
            }
            assert_eq!((bench.find(&action).await, bench.counts()), (Ok(Some(first)), (1, 1)), "{supplier}");
        }
    }
}

#[tokio::test]
async fn two_executions_at_the_same_time_are_one_order() {
    for supplier in ["cj", "printful"] {
        for _ in 0..20 {
            let (bench, action) = (Bench::open().await, fulfill(supplier));
            let (one, other) = (order(id(), &action), order(id(), &action));
            let both = tokio::join!(bench.executor.execute(&one), bench.executor.execute(&other));
            assert!(both.0.is_ok() || both.1.is_ok(), "{supplier}: {both:?}");
            // Who came second finds what the first one did, and takes its refusal for no end.
            let refused = |result: &Result<_, _>| matches!(result, Err(ExecuteError::Refused(_)));
            assert!(!refused(&both.0) && !refused(&both.1), "{supplier}: {both:?}");
            bench.carry_out(&action).await.unwrap();
            assert_eq!(bench.counts(), (1, 1), "{supplier}: {both:?}");
        }
    }
}
