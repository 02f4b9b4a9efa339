//! What the adapters ask is what the services take, from the first question to the parcel at the door.

use super::bench::{Bench, SECRETS, items, number};
use crate::{Error, State, Suppliers};
use domain::{Money, order::ParcelState};
use time::Duration;

const BOTH: [&str; 2] = ["cj", "printful"];

#[tokio::test]
async fn an_order_goes_from_a_draft_that_costs_nothing_to_the_door() {
    for name in BOTH {
        let bench = Bench::open().await;
        let supplier = bench.of(name);
        assert_eq!(supplier.find(number()).await, Ok(None), "{name}");
        supplier.check(&items(2)).await.unwrap();
        let draft = bench.place(name).await.unwrap();
        assert_eq!((draft.state, draft.cost), (State::Draft, Some(Money::eur_cents(1900))), "{name}");
        assert_eq!(bench.counts(), (1, 0), "{name}: a draft is not paid");
        assert_eq!(supplier.find(number()).await.unwrap(), Some(draft), "{name}");
        let mut placed = supplier.find(number()).await.unwrap().unwrap();
        while placed.state == State::Draft {
            placed = supplier.advance(&placed).await.unwrap();
        }
        let paid = supplier.find(number()).await.unwrap().unwrap();
        assert_eq!((paid.state, paid.tracking, bench.counts()), (State::Confirmed, None, (1, 1)), "{name}");
        bench.pass(Duration::minutes(1)).await;
        let sent = supplier.find(number()).await.unwrap().unwrap();
        assert_eq!(sent.state, State::Shipped, "{name}");
        let tracking = sent.tracking.unwrap();
        assert!(tracking.number.starts_with("SBX") && tracking.url.is_some(), "{name}: {tracking:?}");
        bench.pass(Duration::minutes(2)).await;
        assert_eq!(supplier.find(number()).await.unwrap().unwrap().state, State::Delivered, "{name}");
        assert_eq!(bench.depot.refused(), Vec::<String>::new(), "{name}");
    }
}

#[tokio::test]
async fn a_quote_says_what_it_costs_in_all() {
    let bench = Bench::open().await;
    let quote = bench.of("cj").quote(&items(2), "NL").await.unwrap();
    assert_eq!(quote.total(&items(2)), Some(Money::eur_cents(1900)));
    assert_eq!((quote.items[0].stock, quote.items[0].available), (Some(20), true));
    let dear = bench.of("cj").quote(&items(21), "NL").await.unwrap();
    assert_eq!((dear.items[0].available, dear.total(&items(21))), (false, None), "there are only 20");
    let printful = bench.of("printful").quote(&items(2), "NL").await.unwrap();
    assert_eq!((printful.items[0].unit, printful.items[0].stock), (Some(Money::eur_cents(800)), None));
    assert_eq!(printful.total(&items(2)), Some(Money::eur_cents(1900)));
    bench.depot.restock("4011", 0).unwrap();
    let none = bench.of("printful").quote(&items(2), "NL").await.unwrap();
    assert_eq!((none.items[0].available, none.total(&items(2))), (false, None));
    assert_eq!(bench.depot.refused(), Vec::<String>::new());
}

#[tokio::test]
async fn an_order_number_is_taken_once() {
    for name in BOTH {
        let bench = Bench::open().await;
        bench.place(name).await.unwrap();
        assert!(matches!(bench.place(name).await, Err(Error::Refused { .. })), "{name}");
        assert_eq!(bench.counts(), (1, 0), "{name}");
    }
}

#[tokio::test]
async fn what_is_paid_is_not_paid_again() {
    for name in BOTH {
        let bench = Bench::open().await;
        let draft = bench.place(name).await.unwrap();
        bench.paid_on(name, draft.clone()).await;
        // As whoever missed the first answer would ask.
        let before = crate::Placed { status: "UNPAID".to_owned(), ..draft };
        assert!(bench.of(name).advance(&before).await.is_err(), "{name}");
        assert_eq!(bench.counts(), (1, 1), "{name}");
    }
}

#[tokio::test]
async fn a_draft_is_taken_back_and_a_paid_order_is_not() {
    for name in BOTH {
        let bench = Bench::open().await;
        let draft = bench.place(name).await.unwrap();
        bench.of(name).cancel(&draft).await.unwrap();
        assert_eq!(bench.of(name).find(number()).await.unwrap().unwrap().state, State::Failed, "{name}");
        let other = Bench::open().await;
        let paid = other.paid(name).await;
        assert!(other.of(name).cancel(&paid).await.is_err(), "{name}");
        assert_eq!(other.of(name).find(number()).await.unwrap().unwrap().state, State::Confirmed, "{name}");
    }
}

#[tokio::test]
async fn what_is_out_of_stock_is_said_before_it_is_ordered() {
    for name in BOTH {
        let bench = Bench::open().await;
        bench.depot.restock("4011", 0).unwrap();
        let error = bench.of(name).check(&items(1)).await.unwrap_err();
        assert_eq!(
            error,
            Error::OutOfStock { supplier: if name == "cj" { "cj" } else { "printful" }, sku: "4011".to_owned() }
        );
    }
    let bench = Bench::open().await;
    let gone = vec![crate::Item { sku: "gone".to_owned(), ..items(1).remove(0) }];
    assert!(matches!(bench.of("cj").check(&gone).await, Err(Error::OutOfStock { .. })));
    assert!(matches!(bench.of("printful").check(&gone).await, Err(Error::Refused { .. })), "it names no variant");
}

#[tokio::test]
async fn a_supplier_is_reached_by_its_route_and_without_one_by_a_person() {
    let bench = Bench::open().await;
    let names = ["CJdropshipping", "Polderworks Supply", "Fjordlicht Atelier", "Printful", "Spocket", "AutoDS"];
    let reached: Vec<&str> = names.map(|name| bench.suppliers.of(name).name()).to_vec();
    assert_eq!(reached, ["cj", "cj", "printful", "printful", "manual", "manual"]);
    let error = bench.place("Spocket").await.unwrap_err();
    assert!(matches!(&error, Error::NoCredential(why) if why.contains("`Spocket` has no interface")), "{error}");
    assert_eq!(bench.of("Spocket").find(number()).await, Ok(None));
}

#[tokio::test]
async fn without_its_credential_one_supplier_is_off_and_the_other_is_not() {
    for (there, off) in [("cj", "printful"), ("printful", "cj")] {
        let secrets: Vec<_> = SECRETS.into_iter().filter(|(name, _)| name.starts_with(there)).collect();
        let bench = Bench::with(&secrets, None).await;
        bench.place(there).await.unwrap();
        let error = bench.place(off).await.unwrap_err();
        assert!(matches!(&error, Error::NoCredential(why) if why.contains(off)), "{error}");
    }
}

#[tokio::test]
async fn who_only_asks_uses_another_credential() {
    let bench = Bench::with(&[("cj-read-key", "CJ-sandbox"), ("printful-read-token", "pf-sandbox")], None).await;
    let reading = Suppliers::reading(&bench.env).unwrap();
    for name in BOTH {
        assert_eq!(reading.of(name).find(number()).await, Ok(None), "{name}");
        assert!(matches!(bench.of(name).find(number()).await, Err(Error::NoCredential(_))), "{name}");
    }
}

#[tokio::test]
async fn a_parcel_is_followed_once_however_often_it_is_asked_for() {
    let bench = Bench::open().await;
    let aftership = bench.suppliers.carriers();
    assert_eq!(aftership.status("SBX1NL").await, Ok(None));
    let first = aftership.follow(number(), "SBX1NL").await.unwrap();
    assert_eq!(aftership.follow(number(), "SBX1NL").await.unwrap(), first);
    assert_eq!((aftership.status("SBX1NL").await.unwrap().unwrap(), first.state), (first.clone(), None));
    assert_eq!(bench.depot.trackings().unwrap().iter().map(|one| one.again).collect::<Vec<_>>(), [1]);
    for (tag, state) in
        [("InTransit", Some(ParcelState::Shipped)), ("Delivered", Some(ParcelState::Delivered)), ("Pending", None)]
    {
        assert_eq!(crate::tracking::state(tag), state);
    }
}

impl Bench {
    async fn paid_on(&self, name: &str, draft: crate::Placed) {
        let mut placed = draft;
        while placed.state == State::Draft {
            placed = self.of(name).advance(&placed).await.unwrap();
        }
    }
}
