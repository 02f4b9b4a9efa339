//! Every way in which a request can end: what may have been applied is told apart from what certainly was not.

use super::bench::{Bench, number};
use crate::{Error, Placed, State, Suppliers};
use depot::{Fault, FaultKind};

fn name(error: &Error) -> &'static str {
    match error {
        Error::NoCredential(_) => "no credential",
        Error::OutOfStock { .. } => "out of stock",
        Error::Refused { .. } => "refused",
        Error::Denied { .. } => "denied",
        Error::Busy { .. } => "busy",
        Error::Unavailable { .. } => "unavailable",
        Error::Unknown { .. } => "unknown",
    }
}

/// The operations that change something, in order, with whether they spend money.
const CHANGES: [(&str, &str); 5] = [
    ("cj", "createOrderV2"),
    ("cj", "confirmOrder"),
    ("cj", "payBalance"),
    ("printful", "createOrder"),
    ("printful", "confirmOrder"),
];

/// Takes an order up to `operation`, which meets the fault.
async fn meet(bench: &Bench, supplier: &str, operation: &str, kind: FaultKind) -> Result<Placed, Error> {
    bench.fault(Fault::once(kind).on(operation));
    let mut placed = bench.place(supplier).await?;
    while placed.state == State::Draft {
        placed = bench.of(supplier).advance(&placed).await?;
    }
    Ok(placed)
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_unknown_and_is_found_by_its_number() {
    let kinds = [
        (FaultKind::InternalErrorBefore, false),
        (FaultKind::InternalErrorAfter, true),
        (FaultKind::DroppedBefore, false),
        (FaultKind::DroppedAfter, true),
        (FaultKind::Silent, true),
    ];
    for (supplier, operation) in CHANGES {
        for (kind, applied) in kinds {
            let bench = Bench::open().await;
            let error = meet(&bench, supplier, operation, kind).await.unwrap_err();
            assert_eq!(name(&error), "unknown", "{supplier} {operation} {kind:?}: {error}");
            let found = bench.of(supplier).find(number()).await.unwrap();
            let is_there = operation.starts_with("create") && !applied;
            assert_eq!(found.is_none(), is_there, "{supplier} {operation} {kind:?}");
            let pays = operation == "payBalance" || (supplier == "printful" && operation == "confirmOrder");
            assert_eq!(bench.counts().1, u32::from(pays && applied), "{supplier} {operation} {kind:?}");
        }
    }
}

#[tokio::test]
async fn what_certainly_was_not_applied_says_so() {
    for (supplier, operation) in CHANGES {
        for (kind, wanted) in [(FaultKind::TooManyRequests, "busy"), (FaultKind::Denied, "denied")] {
            let bench = Bench::open().await;
            if kind == FaultKind::Denied && supplier == "cj" {
                // CJ's token is renewed once; the second refusal counts.
                bench.fault(Fault::once(kind).on(operation));
            }
            let error = meet(&bench, supplier, operation, kind).await.unwrap_err();
            assert_eq!(name(&error), wanted, "{supplier} {operation}: {error}");
            assert_eq!(bench.counts().1, 0, "{supplier} {operation}");
        }
    }
}

#[tokio::test]
async fn a_question_is_asked_again_whatever_happened_to_its_answer() {
    for (supplier, operation) in [("cj", "getOrderDetail"), ("printful", "getOrder")] {
        for kind in
            [FaultKind::InternalErrorAfter, FaultKind::DroppedBefore, FaultKind::Silent, FaultKind::TooManyRequests]
        {
            let bench = Bench::open().await;
            bench.place(supplier).await.unwrap();
            bench.fault(Fault::once(kind).on(operation));
            assert!(bench.of(supplier).find(number()).await.unwrap().is_some(), "{supplier} {kind:?}");
        }
    }
}

#[tokio::test]
async fn a_token_that_ran_out_is_exchanged_for_another_one() {
    let bench = Bench::open().await;
    bench.place("cj").await.unwrap();
    bench.fault(Fault::once(FaultKind::Denied).on("getOrderDetail"));
    assert!(bench.of("cj").find(number()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_supplier_that_keeps_failing_is_left_alone_and_the_other_is_not() {
    let bench = Bench::open().await;
    bench.fault(Fault { times: 30, ..Fault::once(FaultKind::InternalErrorBefore).on("getOrderDetail") });
    for _ in 0..3 {
        assert_eq!(name(&bench.of("cj").find(number()).await.unwrap_err()), "unavailable");
    }
    let error = bench.place("cj").await.unwrap_err();
    assert_eq!((name(&error), bench.counts()), ("unavailable", (0, 0)), "{error}");
    bench.place("printful").await.unwrap();
}

#[tokio::test]
async fn a_supplier_that_cannot_be_reached_got_nothing() {
    let bench = Bench::open().await;
    let nowhere = |name: &str| match name {
        "ROYAL_CJ_URL" | "ROYAL_PRINTFUL_URL" => Some("http://127.0.0.1:9".to_owned()),
        _ => None,
    };
    let config = runtime::Config::read(&nowhere, &[]).unwrap();
    let env = runtime::Env::new(config, bench.env.sdk().clone(), bench.env.clock().clone()).unwrap();
    let env = env.with_secrets(runtime::secrets::Secrets::given(super::bench::SECRETS, bench.env.clock().clone()));
    let suppliers = Suppliers::new(&env).unwrap();
    for supplier in ["cj", "printful"] {
        let error = suppliers.of(supplier).find(number()).await.unwrap_err();
        assert_eq!(name(&error), "unavailable", "{error}");
        assert!(!error.to_string().contains("sandbox"), "no credential is in it: {error}");
    }
}

#[tokio::test]
async fn an_address_that_does_not_fit_is_refused_before_it_is_sent() {
    let mut long = super::bench::contact();
    long.shipping.as_mut().unwrap().city = Some("x".repeat(51));
    let mut none = super::bench::contact();
    none.shipping = None;
    let bench = Bench::open().await;
    for (supplier, contact) in [("cj", &long), ("cj", &none), ("printful", &none)] {
        let items = super::bench::items(1);
        let wanted = crate::Wanted { number: number(), items: &items, contact };
        let error = bench.of(supplier).place(&wanted).await.unwrap_err();
        assert_eq!(name(&error), "refused", "{error}");
        assert!(!error.to_string().contains("Kade"), "nothing personal is in it: {error}");
    }
    assert_eq!(bench.counts(), (0, 0));
}
