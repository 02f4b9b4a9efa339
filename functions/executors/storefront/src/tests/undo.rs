//! The way back, in a shop that may have moved on.

use super::{
    bench::{Bench, by_sku, id, listing, name, publish},
    price::price,
    stock::stock,
};
use agent::{Evidence, ExecuteError, Order, testing::order};
use domain::{Action, ActionId};

/// Executes what undoes `original`.
async fn undo(bench: &Bench, original: ActionId, action: &Action) -> Result<Evidence, ExecuteError> {
    bench.carry(&Order { undoes: Some(original), ..order(id(), &action.inverse().unwrap()) }).await
}

#[tokio::test]
async fn a_price_and_a_stock_go_back_to_what_they_were() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    for (n, action) in [(1, price("1-M", 1290, 1190)), (2, stock(12, 7))] {
        let original = ActionId::of(&format!("original {n}"));
        bench.execute(original, &action).await.unwrap();
        let id = ActionId::of(&format!("undo {n}"));
        let inverse = action.inverse().unwrap();
        bench.carry(&Order { undoes: Some(original), ..order(id, &inverse) }).await.unwrap();
    }
    let product = &bench.products()[0];
    assert_eq!((&by_sku(product, "price")["1-M"], &by_sku(product, "available")["1-M"]), (&"12.90".into(), &12.into()));
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_overwritten() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let (original, action) = (ActionId::of("original"), price("1-M", 1290, 1190));
    bench.execute(original, &action).await.unwrap();
    bench.execute(ActionId::of("since"), &price("1-M", 1190, 1090)).await.unwrap();
    assert_eq!(name(undo(&bench, original, &action).await), "premise");
    assert_eq!(by_sku(&bench.products()[0], "price")["1-M"], "10.90");
}

#[tokio::test]
async fn a_publication_that_another_one_replaced_stays_on_sale() {
    let bench = Bench::open().await;
    let original = ActionId::of("original");
    bench.execute(original, &publish(listing("1"))).await.unwrap();
    let mut changed = listing("1");
    changed.title = "Oak lamp, second edition".into();
    bench.execute(ActionId::of("since"), &publish(changed)).await.unwrap();
    assert_eq!(name(undo(&bench, original, &publish(listing("1"))).await), "premise");
    assert_eq!(bench.products()[0]["status"], "ACTIVE");
}

#[tokio::test]
async fn a_publication_is_undone_once() {
    let bench = Bench::open().await;
    let original = ActionId::of("original");
    bench.execute(original, &publish(listing("1"))).await.unwrap();
    let first = undo(&bench, original, &publish(listing("1"))).await.unwrap();
    assert_eq!(undo(&bench, original, &publish(listing("1"))).await, Ok(first));
    assert_eq!((&bench.products()[0]["status"], bench.effects("1", "publishableUnpublish")), (&"ARCHIVED".into(), 1));
}
