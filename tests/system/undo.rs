//! The way back: what was executed is undone on a person's word, once, and not over somebody else's change.

use crate::{
    feed::Row,
    propose::{becomes, decided, proposal, propose, record},
    sound,
    world::World,
};
use domain::{
    Action, Author, Money, Proposal, Record, Role, Status,
    action::{InventorySet, PriceChange, ProductKey},
    journey::Stage,
};
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A product on sale, with its price and its stock as the shop has them.
struct OnSale {
    world: World,
    publication: Record,
    price: Money,
    stock: u32,
}

async fn on_sale() -> OnSale {
    let world = World::of(&[Row::plain("board")]).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.settle().await;
    let publication = world.actions(Status::Executed).await.remove(0);
    let shop = world.shop().await;
    let variant = &shop["products"][0]["variants"][0];
    let price: Decimal = variant["price"].as_str().unwrap().parse().unwrap();
    let price = Money::new(price, "EUR".parse().unwrap()).unwrap();
    let stock = u32::try_from(variant["available"].as_u64().unwrap()).unwrap();
    OnSale { world, publication, price, stock }
}

impl OnSale {
    fn key(&self) -> (ProductKey, String) {
        let Action::ProductPublish(publish) = &self.publication.proposal.action else { panic!("no publication") };
        (publish.listing.product.clone(), publish.listing.variants[0].sku.clone())
    }

    /// Five cents more than the shop's price, or as many times that.
    fn dearer(&self, times: i32) -> Money {
        Money::eur_cents(i32::try_from(self.price.cents().unwrap()).unwrap() + 5 * times)
    }

    fn price_change(&self, from: Money, to: Money) -> Action {
        let (product, variant_sku) = self.key();
        PriceChange { product, variant_sku, from, to, cost: Money::eur_cents(1950) }.into()
    }

    fn stock_change(&self) -> Action {
        let (product, variant_sku) = self.key();
        InventorySet { product, variant_sku, from: self.stock, to: self.stock - 7 }.into()
    }

    /// Has an agent do this; a person agrees where that is asked.
    async fn done(&self, key: &str, action: Action) -> Record {
        let wanted = proposal(&self.world, "product-pricing", key, action);
        propose(&self.world, &wanted).await;
        let record = decided(&self.world, wanted.id).await;
        if record.status == Status::Pending {
            let path = format!("approvals/{}/approve", wanted.id);
            let body = json!({ "digest": record.bound });
            assert_eq!(self.world.api(Role::Owner, Method::POST, &path, Some(body)).await.0, 200);
        }
        becomes(&self.world, wanted.id, Status::Executed).await
    }

    /// A person's word to undo it.
    fn undo(&self, original: &Record, key: &str) -> Proposal {
        let inverse = original.undo.as_ref().expect("a way back").action.as_ref().clone();
        let author = Author { account: "olivia@sandbox.example".to_owned(), human: "olivia".to_owned() };
        let wanted = proposal(&self.world, "product-pricing", key, inverse);
        Proposal { undoes: Some(original.proposal.id), authors: vec![author], ..wanted }
    }

    async fn shown(&self) -> Value {
        let shop = self.world.shop().await;
        let product = &shop["products"][0];
        json!([product["status"], product["variants"][0]["price"], product["variants"][0]["available"]])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_a_stock_and_a_publication_go_back_and_the_record_says_so() {
    let on = on_sale().await;
    let before = on.shown().await;
    let price = on.done("price", on.price_change(on.price, on.dearer(1))).await;
    let stock = on.done("stock", on.stock_change()).await;
    assert_ne!(on.shown().await, before);
    for (original, after) in [(&price, None), (&stock, Some(before)), (&on.publication, None)] {
        assert!(original.undo.as_ref().unwrap().until.is_some(), "the way back opened");
        let undo = on.undo(original, &format!("undo {}", original.proposal.id));
        propose(&on.world, &undo).await;
        let done = becomes(&on.world, undo.id, Status::Executed).await;
        assert!(done.outcome.unwrap().remote_id.is_some());
        let original = record(&on.world, original.proposal.id).await.unwrap();
        assert_eq!(original.status, Status::Undone, "in the same transaction");
        assert!(original.note.unwrap().contains(&undo.id.to_string()));
        if let Some(after) = after {
            assert_eq!(on.shown().await, after);
        }
    }
    on.world.settle().await;
    assert_eq!(on.shown().await[0], "ARCHIVED");
    assert_eq!(on.world.table().await.broken_chains(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_who_undo_at_once_one_does_and_it_happens_once() {
    let on = on_sale().await;
    for race in 0..10 {
        let price = on.done(&format!("price {race}"), on.price_change(on.price, on.dearer(1))).await;
        let (one, other) = (on.undo(&price, &format!("one {race}")), on.undo(&price, &format!("other {race}")));
        tokio::join!(propose(&on.world, &one), propose(&on.world, &other));
        let ends = [decided(&on.world, one.id).await, decided(&on.world, other.id).await].map(|r| r.proposal.id);
        on.world.settle().await;
        let mut statuses = Vec::new();
        for id in ends {
            statuses.push(record(&on.world, id).await.unwrap().status);
        }
        let executed = statuses.iter().filter(|status| **status == Status::Executed).count();
        assert_eq!(executed, 1, "{statuses:?}");
        assert_eq!(record(&on.world, price.proposal.id).await.unwrap().status, Status::Undone);
        let shop = on.world.shop().await;
        let effects = shop["effects"].as_object().unwrap().values();
        let changes: u64 = effects.filter_map(|all| all["productVariantsBulkUpdate"].as_u64()).sum();
        assert_eq!(changes, 2 * (race + 1), "there and back, once each");
    }
    sound::ending(&on.world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_since_is_not_overwritten_and_comes_back_with_the_difference() {
    let on = on_sale().await;
    let first = on.done("first", on.price_change(on.price, on.dearer(1))).await;
    on.done("second", on.price_change(on.dearer(1), on.dearer(2))).await;
    let undo = on.undo(&first, "undo");
    propose(&on.world, &undo).await;
    let back = becomes(&on.world, undo.id, Status::Pending).await;
    let now = on.dearer(2).amount().to_string();
    assert!(back.note.as_ref().unwrap().contains(&format!("is now {now}")), "{:?}", back.note);
    assert_eq!(on.shown().await[1], json!(now));
    assert_eq!(record(&on.world, first.proposal.id).await.unwrap().status, Status::Executed);
}
