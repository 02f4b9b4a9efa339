//! For every request k of an action: request k fails once, the action is carried out again, and the shop is
//! as it would have been.

use super::{
    bench::{Bench, id, listing, publish},
    price::price,
    stock::stock,
    unpublish::unpublish,
};
use domain::Action;
use shop::FaultKind;

const KINDS: [FaultKind; 6] = [
    FaultKind::Throttled,
    FaultKind::TooManyRequests,
    FaultKind::InternalErrorBefore,
    FaultKind::InternalErrorAfter,
    FaultKind::DroppedBefore,
    FaultKind::DroppedAfter,
];

/// Carries `action` out in a shop that has `before`, with each of its requests failing once in each way.
async fn every_request_fails_once(before: bool, action: &Action, mutation: &str) {
    let calm = Bench::open().await;
    if before {
        calm.publish("1").await;
    }
    let first = calm.requests() + 1;
    calm.carry_out(id(), action).await.unwrap();
    let last = calm.requests();
    let (wanted, effects) = (calm.products(), calm.effects("1", mutation));
    assert!(last > first, "{first}..={last}");
    for kind in KINDS {
        for k in first..=last {
            let bench = Bench::failing(k, kind).await;
            if before {
                bench.publish("1").await;
            }
            let evidence = bench.carry_out(id(), action).await;
            assert!(evidence.is_ok(), "{kind:?} at request {k}: {evidence:?}");
            assert!(bench.requests() > k, "request {k} was reached");
            assert_eq!(bench.products(), wanted, "{kind:?} at request {k}");
            assert_eq!(bench.effects("1", mutation), effects, "{kind:?} at request {k}");
        }
    }
}

#[tokio::test]
async fn publishing() {
    every_request_fails_once(false, &publish(listing("1")), "productSet").await;
}

#[tokio::test]
async fn taking_off_sale() {
    every_request_fails_once(true, &unpublish("1"), "productUpdate").await;
}

#[tokio::test]
async fn changing_a_price() {
    every_request_fails_once(true, &price("1-M", 1290, 1190), "productVariantsBulkUpdate").await;
}

#[tokio::test]
async fn setting_stock() {
    every_request_fails_once(true, &stock(12, 7), "inventorySetQuantities").await;
}
