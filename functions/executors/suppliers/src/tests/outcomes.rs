//! What is not carried out says why, in a word that the order's lead can act on, and has cost nothing.

use super::bench::{Bench, contact, fulfill, fulfill_for, id, name, restock, restock_for};
use agent::{ExecuteError, Executor as _, testing::order};
use depot::{Fault, FaultKind};
use domain::{
    Action, Money, Status,
    action::OrderHold,
    books::{Account, Kind},
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
        for action in [fulfill(supplier), restock(supplier)] {
            let result = bench.execute(&action).await;
            assert_eq!((name(result.clone()), setback(result)), ("no credential", Some(Setback::ByHand)), "{supplier}");
        }
    }
    assert_eq!(bench.requests(), 0);
}

#[tokio::test]
async fn what_belongs_elsewhere_is_refused() {
    let bench = Bench::open().await;
    let hold: Action = OrderHold { order: "1001".to_owned(), reason: "fraud_review".to_owned() }.into();
    assert_eq!(name(bench.execute(&hold).await), "refused");
    assert_eq!(bench.requests(), 0);
}

#[tokio::test]
async fn stock_of_our_own_goes_where_we_keep_it_at_the_decided_price() {
    for supplier in BOTH {
        // Nobody else's address is needed.
        let bench = Bench::to(None).await;
        let evidence = bench.execute(&restock(supplier)).await.unwrap();
        assert!(evidence.detail.starts_with(&format!("placed with {supplier} for EUR 19.00")), "{evidence:?}");
        assert_eq!(bench.counts(), (1, 1), "{supplier}");
        let dear = Bench::open().await;
        let result = dear.execute(&restock_for(supplier, 1600)).await;
        assert_eq!((setback(result), dear.counts()), (Some(Setback::Price), (1, 0)), "{supplier}");
    }
}

#[tokio::test]
async fn where_nobody_says_where_our_stock_goes_it_is_simulated_and_the_setting_is_named() {
    for supplier in ["cj", "printful", "Spocket"] {
        let mut bench = Bench::open().await;
        bench.executor = bench.executor.keeping(None);
        let result = bench.execute(&restock(supplier)).await;
        let told = result.clone().unwrap_err().to_string();
        assert!(told.contains("`ROYAL_OWN_ADDRESS`"), "{told}");
        assert_eq!((name(result.clone()), setback(result)), ("no credential", Some(Setback::ByHand)), "{supplier}");
        assert_eq!(bench.requests(), 0, "{supplier}");
    }
}

#[tokio::test]
async fn what_was_bought_for_us_is_in_the_books_once_it_is_executed_and_not_before() {
    let (bench, action) = (Bench::open().await, restock("cj"));
    let asked = order(id(), &action);
    let booked = bench.executor.entries(&asked, Status::Executed);
    let [entry] = booked.as_slice() else { panic!("{booked:?}") };
    assert_eq!((entry.kind(), entry.key()), (Kind::Restock, format!("restock/{}", id()).as_str()));
    let one = &entry.moves()[0];
    assert_eq!((one.debit, one.credit, one.units), (Account::Stock, Account::SupplierPayable, Some(2)));
    assert_eq!(one.amount, Money::eur_cents(1900));
    for status in [Status::Simulated, Status::Unknown, Status::Failed, Status::Granted] {
        assert!(bench.executor.entries(&asked, status).is_empty(), "{status}");
    }
    assert!(bench.executor.entries(&order(id(), &fulfill("cj")), Status::Executed).is_empty());
}
