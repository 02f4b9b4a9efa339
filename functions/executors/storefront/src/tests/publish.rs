use super::bench::{Bench, both, by_sku, id, listing, name, publish};
use domain::{ActionId, Money};
use shop::{Fault, FaultKind};

#[tokio::test]
async fn a_listing_goes_live_with_its_images_and_the_shop_confirms_it() {
    let bench = Bench::open().await;
    let action = publish(listing("1"));
    assert_eq!(bench.find(id(), &action).await, Ok(None));
    let evidence = bench.execute(id(), &action).await.unwrap();
    assert!(evidence.remote_id.starts_with("gid://shopify/Product/"));
    assert_eq!(evidence.link.as_deref(), Some("https://shop.example/products/oak-lamp-1"));
    assert_eq!(evidence.detail, "live on Online Store");
    let product = &bench.products()[0];
    assert_eq!((&product["status"], &product["published"]), (&"ACTIVE".into(), &true.into()));
    assert_eq!(by_sku(product, "price"), both("12.90"));
    assert_eq!(by_sku(product, "available"), both(12));
    assert_eq!(bench.find(id(), &action).await, Ok(Some(evidence)));
}

#[tokio::test]
async fn the_same_action_twice_is_one_product_written_once() {
    let bench = Bench::open().await;
    let action = publish(listing("1"));
    let first = bench.execute(id(), &action).await.unwrap();
    let second = bench.execute(id(), &action).await.unwrap();
    assert_eq!((first, bench.products().len()), (second, 1));
    for mutation in ["productSet", "productUpdate", "publishablePublish"] {
        assert_eq!(bench.effects("1", mutation), 1, "{mutation}");
    }
}

#[tokio::test]
async fn a_product_on_sale_is_changed_without_going_off_sale() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let mut changed = listing("1");
    changed.variants[0].price = Money::eur_cents(1390);
    bench.execute(id(), &publish(changed)).await.unwrap();
    assert_eq!(by_sku(&bench.products()[0], "price")["1-S"], "13.90");
    assert_eq!(bench.effects("1", "productUpdate"), 1, "only the first publication changed its status");
}

#[tokio::test]
async fn images_that_are_not_ready_leave_a_draft_and_the_rest_for_later() {
    let bench = Bench::slow_images(3600).await;
    assert_eq!(name(bench.execute(id(), &publish(listing("1"))).await), "retry");
    assert_eq!(bench.products()[0]["status"], "DRAFT");
}

#[tokio::test]
async fn a_lost_answer_is_asked_about_and_has_one_effect() {
    for mutation in ["productSet", "productUpdate", "publishablePublish"] {
        for kind in [FaultKind::DroppedAfter, FaultKind::InternalErrorAfter] {
            let bench = Bench::open().await;
            let action = publish(listing("1"));
            bench.shop.faults().add([Fault::once(kind).on(mutation)]);
            assert_eq!(name(bench.execute(id(), &action).await), "unknown", "{mutation} {kind:?}");
            let found = bench.find(id(), &action).await.unwrap();
            assert_eq!(found.is_some(), mutation == "publishablePublish", "{mutation} {kind:?}");
            bench.carry_out(id(), &action).await.unwrap();
            assert_eq!((bench.effects("1", mutation), bench.products().len()), (1, 1), "{mutation} {kind:?}");
        }
    }
}

#[tokio::test]
async fn another_actions_product_is_not_taken_for_our_own() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let other = ActionId::of("another action");
    assert_eq!(bench.find(other, &publish(listing("1"))).await, Ok(None));
}
