use super::bench::{Bench, id, key, listing, name, publish};
use domain::{
    Action,
    action::{ProductUnpublish, UnpublishReason},
};
use shop::{Fault, FaultKind};

pub(super) fn unpublish(sku: &str) -> Action {
    ProductUnpublish { product: key(sku), title: "Oak lamp".into(), reason: UnpublishReason::Recall }.into()
}

#[tokio::test]
async fn a_product_leaves_every_channel_and_is_archived() {
    let bench = Bench::open().await;
    let published = bench.publish("1").await;
    let evidence = bench.execute(id(), &unpublish("1")).await.unwrap();
    assert_eq!(evidence.remote_id, published.remote_id);
    let product = &bench.products()[0];
    assert_eq!((&product["status"], &product["published"]), (&"ARCHIVED".into(), &false.into()));
    assert_eq!(bench.find(id(), &unpublish("1")).await, Ok(Some(evidence.clone())));
    assert_eq!(bench.execute(id(), &unpublish("1")).await, Ok(evidence));
    assert_eq!(bench.effects("1", "publishableUnpublish"), 1);
}

#[tokio::test]
async fn what_the_shop_does_not_have_cannot_be_taken_off_sale() {
    let bench = Bench::open().await;
    assert_eq!(name(bench.execute(id(), &unpublish("1")).await), "refused");
    assert_eq!(bench.find(id(), &unpublish("1")).await, Ok(None));
}

#[tokio::test]
async fn the_undo_of_a_publication_and_the_next_publication_follow_each_other() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    let undo = publish(listing("1")).inverse().unwrap();
    bench.execute(id(), &undo).await.unwrap();
    let again = domain::ActionId::of("again");
    bench.execute(again, &publish(listing("1"))).await.unwrap();
    let product = &bench.products()[0];
    assert_eq!((&product["status"], &product["published"]), (&"ACTIVE".into(), &true.into()));
    assert_eq!(bench.products().len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_asked_about_before_anything_else() {
    let bench = Bench::open().await;
    bench.publish("1").await;
    bench.shop.faults().add([Fault::once(FaultKind::DroppedAfter).on("productUpdate")]);
    assert_eq!(name(bench.execute(id(), &unpublish("1")).await), "unknown");
    assert!(bench.find(id(), &unpublish("1")).await.unwrap().is_some());
}
