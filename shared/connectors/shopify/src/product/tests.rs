//! Products in the sandbox shop, which refuses what the real one refuses.

use crate::{
    Error, Gid, NewPrice, ProductStatus, StockChange,
    testing::{Script, Stub, Twin, action, client, key, listing, payload, quiet, token},
};
use domain::Money;
use serde_json::json;
use shop::Settings;

#[tokio::test]
async fn a_listing_becomes_one_draft_with_its_variants_and_our_key() {
    let twin = Twin::open().await;
    assert_eq!(twin.client.find_product(&key("1")).await.unwrap(), None);
    let listing = listing("1", &["S", "M"]);
    let made = twin.client.upsert_product(&listing, action(1), ProductStatus::Draft).await.unwrap();
    assert_eq!((made.status, made.handle.as_str()), (ProductStatus::Draft, "oak-lamp-1"));
    assert_eq!(made.applied, Some(action(1)));
    assert_eq!((made.media.len(), made.published_on.len()), (1, 0));
    let variant = made.variant("1-M").unwrap();
    assert_eq!(variant.price, listing.variants[1].price.amount());
    let found = twin.client.find_product(&key("1")).await.unwrap().unwrap();
    assert_eq!(found, made);
    assert_eq!(twin.products()[0]["variants"][0]["available"], 12);
}

#[tokio::test]
async fn the_same_key_again_replaces_the_product_instead_of_adding_one() {
    let twin = Twin::open().await;
    let mut wanted = listing("1", &["S", "M"]);
    let first = twin.client.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    wanted.variants.remove(0);
    wanted.title = "Oak lamp, large".into();
    let second = twin.client.upsert_product(&wanted, action(2), ProductStatus::Draft).await.unwrap();
    assert_eq!((second.id, second.applied), (first.id, Some(action(2))));
    assert_eq!(second.variants.len(), 1);
    assert_eq!(twin.products().len(), 1);
}

#[tokio::test]
async fn a_product_without_a_choice_is_one_default_variant() {
    let twin = Twin::open().await;
    let mut wanted = listing("1", &["S"]);
    wanted.variants[0].options.clear();
    let made = twin.client.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    assert_eq!(made.variants.len(), 1);
}

#[tokio::test]
async fn more_variants_than_a_page_holds_are_all_read() {
    let twin = Twin::open().await;
    let sizes: Vec<_> = (0..230).map(|n| n.to_string()).collect();
    let sizes: Vec<_> = sizes.iter().map(String::as_str).collect();
    let wanted = listing("1", &sizes);
    let made = twin.client.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    let found: Vec<_> = made.variants.iter().filter_map(|v| v.sku.clone()).collect();
    let sent: Vec<_> = wanted.variants.iter().map(|v| v.sku.clone()).collect();
    assert_eq!(found, sent);
}

#[tokio::test]
async fn what_cannot_be_sold_as_agreed_is_refused_before_it_is_sent() {
    let dollars = Settings::new("shpat_secret", "royal-test.myshopify.com", "USD");
    let mut nowhere = Settings::new("shpat_secret", "royal-test.myshopify.com", "EUR");
    nowhere.locations.clear();
    let euro = || Settings::new("shpat_secret", "royal-test.myshopify.com", "EUR");
    let fine = listing("1", &["S", "M"]);
    let mut uneven = fine.clone();
    uneven.variants[1].options[0].0 = "Colour".into();
    let mut long = fine.clone();
    long.product.sku = "x".repeat(300);
    let cases = [
        (dollars, fine.clone(), "OTHER_CURRENCY"),
        (nowhere, fine, "NO_LOCATION"),
        (euro(), uneven, "UNEVEN_OPTIONS"),
        (euro(), long, "INVALID_PRODUCT_KEY"),
    ];
    for (settings, listing, code) in cases {
        let twin = Twin::with(settings).await;
        let error = twin.client.upsert_product(&listing, action(1), ProductStatus::Draft).await.unwrap_err();
        assert!(error.has_code(code), "{code}: {error}");
        assert_eq!(twin.products().len(), 0);
    }
}

#[tokio::test]
async fn a_handle_that_another_product_has_is_refused_by_name() {
    let twin = Twin::open().await;
    let first = listing("1", &["S"]);
    let mut second = listing("2", &["S"]);
    second.handle.clone_from(&first.handle);
    let draft = ProductStatus::Draft;
    twin.client.upsert_product(&first, action(1), draft).await.unwrap();
    let error = twin.client.upsert_product(&second, action(2), draft).await.unwrap_err();
    assert!(error.has_code("HANDLE_NOT_UNIQUE"), "{error}");
}

#[tokio::test]
async fn a_product_goes_on_sale_and_off_again() {
    let twin = Twin::open().await;
    let wanted = listing("1", &["S"]);
    let shop = &twin.client;
    let made = shop.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    let channels = shop.publications().await.unwrap();
    assert_eq!(channels[0].title.as_deref(), Some("Online Store"));
    shop.set_status(&made.id, ProductStatus::Active, action(1)).await.unwrap();
    shop.publish(&made.id, &channels).await.unwrap();
    let live = shop.find_product(&key("1")).await.unwrap().unwrap();
    assert_eq!(live.status, ProductStatus::Active);
    assert_eq!(live.published_on, [channels[0].id.clone()]);
    shop.unpublish(&made.id, &channels).await.unwrap();
    shop.set_status(&made.id, ProductStatus::Archived, action(2)).await.unwrap();
    let gone = shop.find_product(&key("1")).await.unwrap().unwrap();
    assert_eq!((gone.status, gone.applied), (ProductStatus::Archived, Some(action(2))));
    assert_eq!(gone.published_on, Vec::<Gid>::new());
}

#[tokio::test]
async fn a_price_changes_with_the_evidence_of_who_changed_it() {
    let twin = Twin::open().await;
    let shop = &twin.client;
    let wanted = listing("1", &["S", "M"]);
    let made = shop.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    let variant = made.variant("1-M").unwrap();
    let price = |cents| NewPrice { variant: &variant.id, price: Money::eur_cents(cents) };
    shop.set_prices(&made.id, &[price(990)], action(2)).await.unwrap();
    let now = shop.find_product(&key("1")).await.unwrap().unwrap();
    let changed = now.variant("1-M").unwrap();
    assert_eq!(changed.price, Money::eur_cents(990).amount());
    assert_eq!(changed.applied, Some(action(2)));
    assert_eq!(now.variant("1-S").unwrap().applied, None);
    assert_eq!(now.applied, Some(action(1)));
    let error = shop.set_prices(&made.id, &[price(-1)], action(3)).await;
    assert!(matches!(error, Err(Error::Rejected { .. })), "{error:?}");
}

#[tokio::test]
async fn stock_is_set_once_per_action_and_only_from_what_it_was() {
    let twin = Twin::open().await;
    let shop = &twin.client;
    let wanted = listing("1", &["S"]);
    let made = shop.upsert_product(&wanted, action(1), ProductStatus::Draft).await.unwrap();
    let variant = &made.variants[0];
    let stock = shop.stock(variant).await.unwrap();
    assert_eq!((stock.len(), stock[0].available), (1, 12));
    assert_eq!(stock[0].location, shop.default_location().await.unwrap());
    let change = |from, to| StockChange { item: variant.item.clone(), location: stock[0].location.clone(), from, to };
    let first = shop.set_stock(&change(Some(12), 7), action(2)).await;
    let again = shop.set_stock(&change(Some(12), 7), action(2)).await;
    assert!(first.is_ok() && first == again, "{first:?} {again:?}");
    let stale = shop.set_stock(&change(Some(12), 5), action(3)).await;
    assert!(stale.unwrap_err().has_code("CHANGE_FROM_QUANTITY_STALE"));
    assert!(shop.set_stock(&change(None, 5), action(4)).await.is_ok());
    assert_eq!(twin.effects("inventorySetQuantities"), 2);
}

#[tokio::test]
async fn an_attempt_that_failed_for_good_is_made_again_under_another_key() {
    let root = "inventorySetQuantities";
    let failed = json!([{ "code": "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "field": null, "message": "no" }]);
    let stub = Stub::start(vec![payload(root, json!({ "userErrors": failed })), quiet(root)]).await;
    let (client, _) = client(&stub.address, token());
    let gid = |text: &str| serde_json::from_value::<Gid>(json!(text)).unwrap();
    let change = StockChange {
        item: gid("gid://shopify/InventoryItem/1"),
        location: gid("gid://shopify/Location/1"),
        from: None,
        to: 1,
    };
    client.set_stock(&change, action(1)).await.unwrap();
    let first = action(1).to_string();
    let seen = stub.seen();
    let key = |request: &String| request.contains(&format!("\"key\":\"{first}\""));
    assert_eq!((key(&seen[0]), key(&seen[1])), (true, false));
    assert!(seen[1].contains("\"changeFromQuantity\":null"));
}

#[tokio::test]
async fn our_key_is_defined_once_and_may_be_there_already() {
    let twin = Twin::open().await;
    twin.client.find_product(&key("1")).await.unwrap();
    let absent = json!({ "data": { "productByIdentifier": null } });
    let taken = json!([{ "code": "TAKEN", "field": ["definition", "key"], "message": "in use" }]);
    let stub = Stub::start(vec![
        payload("metafieldDefinitionCreate", json!({ "userErrors": taken })),
        Script::json(&absent),
        Script::json(&absent),
    ])
    .await;
    let (client, _) = client(&stub.address, token());
    for _ in 0..2 {
        assert_eq!(client.find_product(&key("1")).await.unwrap(), None);
    }
    assert_eq!(stub.seen().len(), 3);
}
