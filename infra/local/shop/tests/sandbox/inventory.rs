use crate::support::{Store, one, user_errors};
use serde_json::{Value, json};

pub(crate) const SET_STOCK: &str = "mutation($input: InventorySetQuantitiesInput!, $key: String!) { \
    inventorySetQuantities(input: $input) @idempotent(key: $key) { \
    inventoryAdjustmentGroup { id reason changes { name delta } } userErrors { code field message } } }";

/// The good input for the first variant of a product.
pub(crate) async fn input(store: &Store, product: &Value, from: Value, to: i64) -> Value {
    json!({
        "name": "available",
        "reason": "correction",
        "quantities": [{
            "inventoryItemId": product["variants"]["nodes"][0]["inventoryItem"]["id"],
            "locationId": store.location().await,
            "quantity": to,
            "changeFromQuantity": from,
        }],
    })
}

async fn set(store: &Store, input: Value, key: &str) -> Value {
    let data = store.data(SET_STOCK, json!({ "input": input, "key": key })).await;
    data["inventorySetQuantities"].clone()
}

async fn available(store: &Store, product: &Value) -> Value {
    let query = "query($id: ID!) { productVariant(id: $id) { inventoryQuantity inventoryItem { \
        inventoryLevels(first: 1) { nodes { id quantities(names: [\"available\", \"on_hand\"]) { name quantity } } } } } }";
    let id = &product["variants"]["nodes"][0]["id"];
    let data = store.data(query, json!({ "id": id })).await;
    let level = &data["productVariant"]["inventoryItem"]["inventoryLevels"]["nodes"][0];
    assert_eq!(level["quantities"][0]["quantity"], level["quantities"][1]["quantity"]);
    data["productVariant"]["inventoryQuantity"].clone()
}

#[tokio::test]
async fn stock_is_set_when_the_expected_quantity_still_holds() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let answer = set(&store, input(&store, &lamp, json!(0), 7).await, "k1").await;
    assert_eq!(user_errors(&answer), []);
    let changes = json!([{ "name": "available", "delta": 7 }, { "name": "on_hand", "delta": 7 }]);
    assert_eq!(answer["inventoryAdjustmentGroup"]["changes"], changes);
    assert_eq!(available(&store, &lamp).await, 7);
    let stale = set(&store, input(&store, &lamp, json!(0), 9).await, "k2").await;
    assert_eq!(user_errors(&stale), one("CHANGE_FROM_QUANTITY_STALE", "input.quantities.0.changeFromQuantity"));
    assert_eq!(stale["inventoryAdjustmentGroup"], Value::Null);
    let unchecked = set(&store, input(&store, &lamp, Value::Null, 9).await, "k3").await;
    assert_eq!(user_errors(&unchecked), []);
    assert_eq!(available(&store, &lamp).await, 9);
    assert_eq!(store.effects(0)["inventorySetQuantities"], 2);
}

#[tokio::test]
async fn the_directive_and_the_expected_quantity_are_mandatory() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let mut good = input(&store, &lamp, Value::Null, 1).await;
    let bare = "mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code } } }";
    let (code, answer) = store.refusal(bare, json!({ "input": good })).await;
    assert_eq!(code, "BAD_REQUEST");
    assert_eq!(answer["data"], json!({ "inventorySetQuantities": null }));
    assert_eq!(
        answer["errors"][0]["message"],
        "The @idempotent directive is required for this mutation but was not provided."
    );
    let (code, _) = store.refusal(SET_STOCK, json!({ "input": good, "key": "  " })).await;
    assert_eq!(code, "BAD_REQUEST");
    good["quantities"][0].as_object_mut().unwrap().remove("changeFromQuantity");
    let (code, answer) = store.refusal(SET_STOCK, json!({ "input": good, "key": "k" })).await;
    assert_eq!(code, "INVALID_FIELD_ARGUMENTS");
    assert_eq!(
        answer["errors"][0]["message"],
        "InventoryQuantityInput must include the following argument: changeFromQuantity."
    );
    good["quantities"][0]["compareQuantity"] = json!(1);
    let (code, answer) = store.refusal(SET_STOCK, json!({ "input": good, "key": "k" })).await;
    assert_eq!(code, "INVALID_VARIABLE");
    assert!(answer.get("data").is_none());
}

#[tokio::test]
async fn each_corrupted_quantity_is_refused() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let cases = [
        ("/name", json!("committed"), "INVALID_NAME", "input.name"),
        ("/reason", json!("because"), "INVALID_REASON", "input.reason"),
        ("/referenceDocumentUri", json!("none"), "INVALID_REFERENCE_DOCUMENT", "input.referenceDocumentUri"),
        ("/quantities/0/quantity", json!(-1), "INVALID_QUANTITY_NEGATIVE", "input.quantities.0.quantity"),
        ("/quantities/0/quantity", json!(1_000_000_001), "INVALID_QUANTITY_TOO_HIGH", "input.quantities.0.quantity"),
        (
            "/quantities/0/inventoryItemId",
            json!("gid://shopify/InventoryItem/1"),
            "INVALID_INVENTORY_ITEM",
            "input.quantities.0.inventoryItemId",
        ),
        (
            "/quantities/0/locationId",
            json!("gid://shopify/Location/1"),
            "INVALID_LOCATION",
            "input.quantities.0.locationId",
        ),
    ];
    for (i, (pointer, bad, code, field)) in cases.into_iter().enumerate() {
        let mut input = input(&store, &lamp, Value::Null, 1).await;
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        input.pointer_mut(parent).unwrap()[name] = bad;
        let answer = set(&store, input, &format!("key-{i}")).await;
        assert_eq!(user_errors(&answer), one(code, field), "{pointer}");
    }
    let mut twice = input(&store, &lamp, Value::Null, 1).await;
    let entry = twice["quantities"][0].clone();
    twice["quantities"].as_array_mut().unwrap().push(entry);
    let code = "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR";
    assert_eq!(user_errors(&set(&store, twice, "twice").await), one(code, "input.quantities.1.locationId"));
}

#[tokio::test]
async fn an_item_must_be_stocked_where_its_quantity_is_set() {
    let store = Store::open(None, |s| s.locations = vec!["A".into(), "B".into()]);
    let lamp = store.lamp().await;
    let data = store.data("{ locations(first: 2) { nodes { id name } } }", json!({})).await;
    let mut input = input(&store, &lamp, Value::Null, 1).await;
    input["quantities"][0]["locationId"] = data["locations"]["nodes"][1]["id"].clone();
    let answer = set(&store, input, "k").await;
    assert_eq!(user_errors(&answer), one("ITEM_NOT_STOCKED_AT_LOCATION", "input.quantities.0.locationId"));
}
