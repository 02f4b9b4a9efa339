//! Stock of our own: from what customers buy off the shelf to what a supplier is paid for, once.

use crate::{
    feed::Row,
    orders::{approve, at_suppliers, buys, order_in},
    policies,
    world::World,
};
use domain::{Action, Record, Role, Status, action::InventoryRestock, journey::Stage, order::OrderStage};
use reqwest::Method;
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration};
use store::budget::Window;
use tempfile::TempDir;

const SKU: &str = "SKU-board";

/// What its supplier says of the board; a Shopify export has no place for how long it takes.
fn board() -> Value {
    let row = Row::plain("board");
    json!([{
        "supplier": row.vendor, "sku": "board", "title": row.title, "category": row.category, "tags": ["oak", "kitchen"],
        "description": "<p>Made of solid oak, finished by hand, delivered in a plain box without plastic.</p>",
        "price": row.price, "cost": row.cost, "stock": 120, "rating": "4.8", "ratingCount": 210, "shippingDays": 4,
        "variants": [{ "sku": SKU, "price": row.price, "cost": row.cost, "stock": 120 }],
    }])
}

/// A shop with a shelf of its own, on which so many boards lie, and a policy that one day of sales is enough for.
async fn keeping(units: u32) -> (World, TempDir) {
    let (world, folder) = policies::own(&[], |vars| {
        let feed = Path::new(&vars["ROYAL_POLICIES"]).with_file_name("products.json");
        fs::write(&feed, board().to_string()).unwrap();
        let more = [
            ("ROYAL_FEEDS", feed.to_string_lossy().into_owned()),
            ("ROYAL_SUPPLIER_ROUTES", "cj=Noordhout".to_owned()),
            ("ROYAL_OWN_LOCATION", local::SHELF.to_owned()),
            // A letter that a kill met is in doubt for good, and nothing comes to rest.
            ("ROYAL_NOTICES", "none".to_owned()),
            ("ROYAL_OWN_ADDRESS", "name=Royal;address1=Kade 1;city=Delft;country=NL".to_owned()),
        ];
        vars.extend(more.map(|(name, value)| (name.to_owned(), value)));
    })
    .await;
    policies::edit(&folder, "\"least_history_days\": 7", "\"least_history_days\": 1");
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
    world.settle().await;
    world.outside(Method::POST, "sandbox/shelf", Some(json!({ "sku": SKU, "available": units }))).await;
    (world, folder)
}

/// Everything that was ever asked to be ordered for us.
async fn restocks(world: &World) -> Vec<(Record, InventoryRestock)> {
    let of = |body: Value| {
        let record: Record = serde_json::from_value(body).unwrap();
        let Action::InventoryRestock(restock) = record.proposal.action.clone() else { return None };
        Some((record, restock))
    };
    world.table().await.bodies("ACTION").into_iter().filter_map(of).collect()
}

/// The one order for us, once it is in `status`; what a person is asked is allowed.
async fn restock_in(world: &World, status: Status) -> (Record, InventoryRestock) {
    world
        .until(&format!("a restock in {status}"), async |world| {
            let all = restocks(world).await;
            for (record, _) in all.iter().filter(|(record, _)| record.status == Status::Pending) {
                let id = record.proposal.id.to_string();
                let card = world.cards().await.into_iter().find(|card| card["id"] == json!(id))?;
                approve(world, &card).await;
            }
            all.into_iter().find(|(record, _)| record.status == status)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_off_our_shelf_is_ordered_again_once_whoever_is_killed_meanwhile() {
    let (mut world, _folder) = keeping(4).await;
    let id = buys(&world, json!({ "seed": 1, "lines": [{ "sku": SKU, "quantity": 1 }] })).await;
    order_in(&world, &id, OrderStage::Delivered).await;
    world.settle().await;
    world.stack().wake("product-inventory.quarter-hourly").await.unwrap();
    world.until("it is asked for", async |world| (!restocks(world).await.is_empty()).then_some(())).await;
    world.restart().await;
    let (record, restock) = restock_in(&world, Status::Executed).await;
    // One a day and four days: 4, and 3 are left. A year is 365: √(2·365·15 / (0.25·19.50)) = 47.4
    assert_eq!((restock.product.sku.as_str(), restock.quantity), (SKU, 47));
    assert_eq!(restock.total.to_string(), "EUR 916.50");
    assert!(record.proposal.case.reasoning.ends_with("3 units of our own are left; at 4 they are ordered again."));
    world.settle().await;
    // The customer's board, and ours.
    assert_eq!(at_suppliers(&world).await, (2, 2));
    let budget = world.store().budget("cluster:product").await.unwrap();
    assert_eq!(budget.used(Window::Week, world.now()), 91_650);
    let key = format!("restock/{}", record.proposal.id);
    let entry = world.store().entry(&key).await.unwrap().unwrap();
    assert_eq!((entry.moves().len(), entry.moves()[0].units), (1, Some(47)));
    let (status, balance) = world.api(Role::Finance, Method::GET, "reports/balance", None).await;
    let on = |name: &str| {
        let row = balance["rows"].as_array().unwrap().iter().find(|row| row["name"] == json!(name));
        row.map(|row| row["figures"]["amount"].clone())
    };
    assert_eq!((status, &balance["balanced"], on("stock")), (200, &json!(true), Some(json!("916.50"))));
    let (_, pnl) = world.api(Role::Finance, Method::GET, "reports/pnl", None).await;
    assert_eq!((&pnl["total"][0]["figures"]["goods"], pnl["total"][0]["units"].as_i64()), (&json!("19.50"), Some(1)));
    for _ in 0..2 {
        world.stack().wake("product-inventory.quarter-hourly").await.unwrap();
        world.pass(Duration::from_secs(1200)).await;
    }
    world.settle().await;
    assert_eq!((restocks(&world).await.len(), at_suppliers(&world).await), (1, (2, 2)));
    assert!(world.dead_letters().await.is_empty());
}
