use crate::inventory::{SET_STOCK, input};
use crate::support::Store;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use time::Duration;

const ORDERS: &str = "query($first: Int!, $after: String, $query: String) { \
    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { nodes { \
    id name createdAt updatedAt cancelledAt test email clientIp displayFinancialStatus displayFulfillmentStatus \
    currentTotalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } } \
    totalTaxSet { shopMoney { amount currencyCode } } taxesIncluded \
    customer { id numberOfOrders } shippingAddress { countryCodeV2 zip } billingAddress { countryCodeV2 zip } \
    risk { recommendation assessments { riskLevel facts { description sentiment } provider { title } } } \
    lineItems(first: 50) { nodes { id sku quantity title originalUnitPriceSet { shopMoney { amount currencyCode } } variant { id } } } \
    transactions(first: 10) { id kind status gateway amountSet { shopMoney { amount currencyCode } } fees { amount { amount } } } \
    fulfillmentOrders(first: 5) { nodes { id status requestStatus assignedLocation { location { id } } \
      lineItems(first: 5) { nodes { id remainingQuantity lineItem { id sku } } } } } \
    } pageInfo { hasNextPage endCursor } } }";

/// A store with seven lamps.
pub(crate) async fn stocked(store: &Store) -> Value {
    let lamp = store.lamp().await;
    let input = input(store, &lamp, Value::Null, 7).await;
    store.data(SET_STOCK, json!({ "input": input, "key": "stock" })).await;
    lamp
}

pub(crate) async fn post(store: &Store, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string()));
    let (status, _, body) = store.send(request.unwrap()).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

pub(crate) fn lamps(seed: u64, quantity: i64) -> Value {
    json!({ "seed": seed, "lines": [{ "sku": "LAMP-B", "quantity": quantity }] })
}

async fn levels(store: &Store, lamp: &Value) -> Value {
    let query = "query($id: ID!) { productVariant(id: $id) { inventoryItem { inventoryLevels(first: 1) { nodes { \
        quantities(names: [\"available\", \"committed\", \"on_hand\"]) { quantity } } } } } }";
    let id = &lamp["variants"]["nodes"][0]["id"];
    let data = store.data(query, json!({ "id": id })).await;
    let found = &data["productVariant"]["inventoryItem"]["inventoryLevels"]["nodes"][0]["quantities"];
    found.as_array().unwrap().iter().map(|q| q["quantity"].clone()).collect()
}

async fn orders(store: &Store, first: usize, after: Value, query: &str) -> Value {
    let variables = json!({ "first": first, "after": after, "query": query });
    store.data(ORDERS, variables).await["orders"].clone()
}

#[tokio::test]
async fn an_order_is_placed_paid_and_commits_stock() {
    let store = Store::new();
    let lamp = stocked(&store).await;
    let (status, placed) = post(&store, "/sandbox/orders", lamps(4, 2)).await;
    assert_eq!(status, StatusCode::CREATED, "{placed}");
    assert_eq!(levels(&store, &lamp).await, json!([5, 2, 7]));
    let found = orders(&store, 10, Value::Null, "").await;
    let order = &found["nodes"][0];
    assert_eq!(order["name"], "#1001");
    assert_eq!(order["displayFinancialStatus"], "PAID");
    assert_eq!(order["displayFulfillmentStatus"], "UNFULFILLED");
    let total = json!({ "amount": "99.8", "currencyCode": "EUR" });
    assert_eq!(order["currentTotalPriceSet"], json!({ "shopMoney": total, "presentmentMoney": total }));
    assert_eq!(order["transactions"][0]["fees"][0]["amount"]["amount"], "2.4", "2.1 % and 0.30 of 99.80");
    assert_eq!(order["customer"]["numberOfOrders"], "1");
    assert_eq!(order["risk"]["recommendation"], "ACCEPT");
    let part = &order["fulfillmentOrders"]["nodes"][0];
    assert_eq!((&part["status"], &part["lineItems"]["nodes"][0]["remainingQuantity"]), (&json!("OPEN"), &json!(2)));
    assert!(order["email"].as_str().unwrap().ends_with("@example.com"));
}

#[tokio::test]
async fn what_is_not_there_cannot_be_bought_and_the_same_seed_buys_the_same() {
    let store = Store::new();
    let lamp = stocked(&store).await;
    for bad in [lamps(1, 8), lamps(1, 0), json!({ "lines": [{ "sku": "NONE", "quantity": 1 }] })] {
        assert_eq!(post(&store, "/sandbox/orders", bad).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(post(&store, "/sandbox/orders", json!({ "speed": 1 })).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(levels(&store, &lamp).await, json!([7, 0, 7]), "a refused order moves nothing");
    let other = Store::new();
    stocked(&other).await;
    let one = post(&store, "/sandbox/orders", lamps(9, 1)).await.1;
    assert_eq!(post(&other, "/sandbox/orders", lamps(9, 1)).await.1["orders"][0]["email"], one["orders"][0]["email"]);
}

#[tokio::test]
async fn orders_are_found_by_when_they_changed_and_one_that_moves_hides_none() {
    let store = Store::new();
    stocked(&store).await;
    let mut ids = Vec::new();
    for seed in 0..4 {
        let ask = json!({ "seed": seed, "paid": false, "lines": [{ "sku": "LAMP-B", "quantity": 1 }] });
        let placed = post(&store, "/sandbox/orders", ask).await.1;
        ids.push(placed["orders"][0]["id"].clone());
        store.advance(Duration::minutes(1));
    }
    let names = |page: &Value| page["nodes"].as_array().unwrap().iter().map(|o| o["name"].clone()).collect::<Vec<_>>();
    let late = orders(&store, 10, Value::Null, "updated_at:>'2026-07-01T10:01:00Z'").await;
    assert_eq!(names(&late), ["#1003", "#1004"]);
    let late = orders(&store, 10, Value::Null, "updated_at:>=2026-07-01T10:01:00Z AND financial_status:pending").await;
    assert_eq!(names(&late), ["#1002", "#1003", "#1004"]);
    let first = orders(&store, 2, Value::Null, "").await;
    assert_eq!(names(&first), ["#1001", "#1002"]);
    // the last one of the page is paid, and so becomes the latest
    assert_eq!(post(&store, &format!("/sandbox/orders/{}/pay", ids[1]), json!({})).await.0, StatusCode::OK);
    let rest = orders(&store, 5, first["pageInfo"]["endCursor"].clone(), "").await;
    assert_eq!(names(&rest), ["#1003", "#1004", "#1002"]);
    let (code, _) = store.refusal(ORDERS, json!({ "first": 1, "query": "updated_at:>soon" })).await;
    assert_eq!(code, "NOT_SIMULATED");
}
