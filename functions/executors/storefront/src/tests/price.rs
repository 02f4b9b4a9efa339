use super::bench::{Bench, by_sku, id, key, name};
use agent::ExecuteError;
use domain::{Action, ActionId, Money, action::PriceChange};
use shop::{Fault, FaultKind};

pub(super) fn price(sku: &str, from: i32, to: i32) -> Action {
    let (from, to) = (Money::eur_cents(from), Money::eur_cents(to));
    PriceChange { product: key("1"), variant_sku: sku.into(), from, to, cost: Money::eur_cents(640) }.into()
}

#[tokio::test]
async fn a_price_changes_from_the_one_that_was_decided_on() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let action = price("1-M", 1290, 1190);
    let evidence = bench.execute(id(), &action).await.unwrap();
    assert!(evidence.remote_id.starts_with("gid://shopify/ProductVariant/"));
    assert_eq!(evidence.detail, "the price of `1-M` went from EUR 12.90 to EUR 11.90");
    let prices = by_sku(&bench.products()[0], "price");
    assert_eq!((&prices["1-S"], &prices["1-M"]), (&"12.90".into(), &"11.90".into()));
    assert_eq!(bench.execute(id(), &action).await, Ok(evidence.clone()));
    assert_eq!(bench.find(id(), &action).await, Ok(Some(evidence)));
    assert_eq!(bench.effects("1", "productVariantsBulkUpdate"), 1);
}

#[tokio::test]
async fn a_price_that_is_another_one_by_now_goes_back_to_a_person() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    bench.execute(ActionId::of("first"), &price("1-M", 1290, 1190)).await.unwrap();
    for (action, says) in [
        (price("1-M", 1290, 1090), "the price of acme/1 (1-M) is now 11.90, decided on EUR 12.90"),
        // The wanted price is there, but another action made it so.
        (price("1-M", 1290, 1190), "the price of acme/1 (1-M) is now 11.90, decided on EUR 12.90"),
        (price("1-XL", 1290, 1190), "the shop has no variant `1-XL` of acme/1"),
    ] {
        assert_eq!(bench.execute(id(), &action).await, Err(ExecuteError::Premise(says.to_owned())));
        assert_eq!(bench.find(id(), &action).await, Ok(None));
    }
}

#[tokio::test]
async fn a_price_whose_answer_is_lost_is_changed_once() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let action = price("1-M", 1290, 1190);
    bench.shop.faults().add([Fault::once(FaultKind::DroppedAfter).on("productVariantsBulkUpdate")]);
    assert_eq!(name(bench.execute(id(), &action).await), "unknown");
    assert!(bench.find(id(), &action).await.unwrap().is_some());
    assert_eq!(bench.effects("1", "productVariantsBulkUpdate"), 1);
}
