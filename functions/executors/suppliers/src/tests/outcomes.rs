//! What is not carried out says why, in a word that the order's lead can act on, and has cost nothing.

use super::bench::{Bench, contact, fulfill, fulfill_for, name};
use agent::ExecuteError;
use depot::{Fault, FaultKind};
use domain::{
    Action, Money,
    action::{InventoryRestock, OrderHold},
};
use supply::Setback;

fn setback(result: Result<agent::Evidence, ExecuteError>) -> Option<Setback> {
    Setback::of(&result.unwrap_err().to_string())
}

const BOTH: [&str; 2] = ["cj", "printful"];

#[tokio::test]
async fn an_order_is_placed_at_the_decided_price_and_nothing_personal_is_in_its_evidence() {
    for supplier in BOTH {
        let bench = Bench::open().await;
        let evidence = bench.execute(&fulfill(supplier)).await.unwrap();
        let order = &bench.depot.orders().unwrap()[0];
        assert_eq!(evidence.remote_id, order.id.to_string(), "{supplier}");
        assert!(evidence.detail.starts_with(&format!("placed with {supplier} for EUR 19.00")), "{evidence:?}");
        let told = format!("{evidence:?}");
        assert!(["Anna", "Kade", "Delft", "2611"].iter().all(|word| !told.contains(word)), "{told}");
    }
}

#[tokio::test]
async fn another_price_is_never_paid() {
    for supplier in BOTH {
        for cents in [1899, 1901] {
            let (bench, action) = (Bench::open().await, fulfill_for(supplier, cents));
            let result = bench.execute(&action).await;
            assert_eq!((name(result.clone()), setback(result)), ("premise", Some(Setback::Price)), "{supplier}");
            assert_eq!((bench.counts(), bench.find(&action).await), ((1, 0), Ok(None)), "{supplier}: only a draft");
        }
        let bench = Bench::open().await;
        bench.depot.add_faults([Fault::once(FaultKind::WrongPrice)]);
        let result = bench.execute(&fulfill(supplier)).await;
        assert_eq!((setback(result), bench.counts()), (Some(Setback::Price), (1, 0)), "{supplier}");
    }
}

#[tokio::test]
async fn what_is_out_of_stock_is_not_even_drafted() {
    for supplier in BOTH {
        let bench = Bench::open().await;
        bench.depot.restock("4011", 0).unwrap();
        let result = bench.execute(&fulfill(supplier)).await;
        assert_eq!((name(result.clone()), setback(result)), ("refused", Some(Setback::OutOfStock)), "{supplier}");
        assert_eq!(bench.counts(), (0, 0), "{supplier}");
    }
}

#[tokio::test]
async fn what_runs_out_between_the_draft_and_the_payment_is_not_executed() {
    for (supplier, sold_out_at) in [("cj", "payBalance"), ("printful", "confirmOrder")] {
        let bench = Bench::open().await;
        // A person looks at the price meanwhile: the draft stays.
        assert_eq!(name(bench.execute(&fulfill_for(supplier, 1)).await), "premise");
        bench.depot.restock("4011", 1).unwrap();
        let result = bench.carry_out(&fulfill(supplier)).await;
        assert!(result.is_err(), "{supplier} {sold_out_at}: {result:?}");
        assert_eq!(bench.counts(), (1, 0), "{supplier}");
    }
}

#[tokio::test]
async fn a_supplier_that_does_not_answer_is_unreachable_and_nothing_was_ordered() {
    for supplier in BOTH {
        let bench = Bench::open().await;
        let down = Fault { times: 99, ..Fault::once(FaultKind::InternalErrorBefore) };
        bench.depot.add_faults([down]);
        let result = bench.carry_out(&fulfill(supplier)).await;
        assert_eq!((name(result.clone()), setback(result)), ("unreachable", Some(Setback::Unreachable)), "{supplier}");
        assert_eq!(bench.counts(), (0, 0), "{supplier}");
    }
}

#[tokio::test]
async fn an_address_that_is_gone_or_elsewhere_is_not_ordered_to() {
    let bench = Bench::to(None).await;
    let result = bench.execute(&fulfill("cj")).await;
    assert_eq!((name(result.clone()), setback(result)), ("refused", Some(Setback::Refused)));
    let elsewhere = Bench::to(Some(contact("BE"))).await;
    let says = "order 1001 goes to BE now, decided on NL".to_owned();
    assert_eq!(elsewhere.execute(&fulfill("cj")).await, Err(ExecuteError::Premise(says)));
    assert_eq!((bench.counts(), elsewhere.counts()), ((0, 0), (0, 0)));
}

#[tokio::test]
async fn a_supplier_without_an_interface_is_left_to_a_person() {
    let bench = Bench::open().await;
    for supplier in ["Spocket", "AutoDS", "Grandma's Garden"] {
        let result = bench.execute(&fulfill(supplier)).await;
        assert_eq!((name(result.clone()), setback(result)), ("no credential", Some(Setback::ByHand)), "{supplier}");
    }
    assert_eq!(bench.requests(), 0);
}

#[tokio::test]
async fn what_belongs_elsewhere_is_refused_and_restocking_is_simulated() {
    let bench = Bench::open().await;
    let hold: Action = OrderHold { order: "1001".to_owned(), reason: "fraud_review".to_owned() }.into();
    assert_eq!(name(bench.execute(&hold).await), "refused");
    let restock = InventoryRestock {
        product: domain::action::ProductKey { supplier: "cj".to_owned(), sku: "4011".to_owned() },
        quantity: 10,
        total: Money::eur_cents(8000),
    };
    assert_eq!(name(bench.execute(&restock.into()).await), "no credential");
    assert_eq!(bench.requests(), 0);
}
