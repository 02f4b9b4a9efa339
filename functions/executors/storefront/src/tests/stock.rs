use super::bench::{Bench, by_sku, id, key};
use agent::ExecuteError;
use domain::{Action, ActionId, action::InventorySet};
use shop::{Fault, FaultKind};

pub(super) fn stock(from: u32, to: u32) -> Action {
    InventorySet { product: key("1"), variant_sku: "1-M".into(), from, to }.into()
}

#[tokio::test]
async fn stock_is_set_from_what_was_decided_on_and_once() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let evidence = bench.execute(id(), &stock(12, 7)).await.unwrap();
    assert!(evidence.remote_id.starts_with("gid://shopify/InventoryAdjustmentGroup/"));
    assert_eq!(evidence.detail, "the stock of `1-M` went from 12 to 7");
    assert_eq!(bench.execute(id(), &stock(12, 7)).await, Ok(evidence));
    assert_eq!(bench.effects("1", "inventorySetQuantities"), 1);
    let left = by_sku(&bench.products()[0], "available");
    assert_eq!((&left["1-S"], &left["1-M"]), (&12.into(), &7.into()));
}

#[tokio::test]
async fn a_stock_that_is_another_one_by_now_goes_back_to_a_person() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    bench.execute(ActionId::of("first"), &stock(12, 7)).await.unwrap();
    let says = "the stock of acme/1 (1-M) is now 7, decided on 12";
    assert_eq!(bench.execute(id(), &stock(12, 5)).await, Err(ExecuteError::Premise(says.to_owned())));
}

#[tokio::test]
async fn a_lost_answer_is_given_again_under_the_same_key() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    bench.shop.faults().add([Fault::once(FaultKind::DroppedAfter).on("inventorySetQuantities")]);
    let evidence = bench.execute(id(), &stock(12, 7)).await.unwrap();
    assert_eq!(evidence.detail, "the stock of `1-M` went from 12 to 7");
    assert_eq!(bench.effects("1", "inventorySetQuantities"), 1);
}
