use crate::support::{Store, custom_id, graphql, lamp_input};
use serde_json::{Value, json};

const ALL: &str = include_str!("operations.graphql");

/// The operations of the file, one text each.
fn operations() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in ALL.lines() {
        if line.starts_with("query ") || line.starts_with("mutation ") {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    all
}

/// `mutation Name(` or `query Name {` -> `Name`.
fn name(operation: &str) -> &str {
    let rest = operation.split_once(' ').unwrap().1;
    rest.split(['(', ' ']).next().unwrap()
}

async fn run(store: &Store, query: &str, name: &str) -> Value {
    let body = json!({ "query": query, "operationName": name });
    let (_, _, body) = store.send(graphql(body.to_string())).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn the_twenty_five_operations_are_valid_and_each_corrupted_twin_is_refused() {
    let store = Store::new();
    let operations = operations();
    assert_eq!(operations.len(), 25);
    let together = run(&store, ALL, "ShopInfo").await;
    assert_eq!(together["data"]["shop"]["currencyCode"], "EUR");
    for operation in &operations {
        let name = name(operation);
        let good = run(&store, operation, name).await;
        let code = good["errors"][0]["extensions"]["code"].as_str();
        assert!(matches!(code, None | Some("INVALID_VARIABLE" | "NOT_SIMULATED")), "{name}: {good:#}");
        let body = operation.find('{').unwrap();
        let (head, tail) = operation.split_at(body + 1);
        let twin = format!("{head} notOnTheRoot {tail}");
        let bad = run(&store, &twin, name).await;
        assert_eq!(bad["errors"][0]["extensions"]["code"], "undefinedField", "{name}: {bad:#}");
        assert!(bad.get("data").is_none(), "{name}");
    }
}

/// Runs one operation of the file that must succeed without user errors.
async fn journey(store: &Store, name: &str, variables: Value) -> Value {
    let body = json!({ "query": ALL, "operationName": name, "variables": variables });
    let (_, _, body) = store.send(graphql(body.to_string())).await.unwrap();
    let answer: Value = serde_json::from_slice(&body).unwrap();
    assert!(answer.get("errors").is_none(), "{name}: {answer:#}");
    let (_, payload) = answer["data"].as_object().unwrap().iter().next().unwrap();
    let errors = payload.get("userErrors").cloned().unwrap_or(json!([]));
    assert_eq!(errors, json!([]), "{name}");
    payload.clone()
}

#[tokio::test]
async fn a_product_travels_from_upsert_to_sale_through_the_same_operations() {
    let store = Store::new();
    store.define_custom_id().await;
    let set = json!({ "identifier": custom_id("lamp-1"), "input": lamp_input(), "synchronous": true });
    let set = journey(&store, "ProductSet", set).await;
    let product = &set["product"];
    assert_eq!(product["media"]["nodes"][0]["__typename"], "MediaImage");
    let publications = journey(&store, "Publications", json!({ "first": 5 })).await;
    let input = json!([{ "publicationId": publications["nodes"][0]["id"] }]);
    let published = journey(&store, "Publish", json!({ "id": product["id"], "input": input })).await;
    assert_eq!(published["publishable"]["availablePublicationsCount"]["count"], 1);
    let price = json!([{ "id": product["variants"]["nodes"][0]["id"], "price": "45.00" }]);
    let priced = journey(&store, "VariantPrices", json!({ "productId": product["id"], "variants": price })).await;
    assert_eq!(priced["productVariants"][0]["price"], "45.00");
    let locations = journey(&store, "Locations", json!({ "first": 5 })).await;
    let stock = json!({ "name": "available", "reason": "received", "quantities": [{
        "inventoryItemId": product["variants"]["nodes"][0]["inventoryItem"]["id"],
        "locationId": locations["nodes"][0]["id"],
        "quantity": 12,
        "changeFromQuantity": null,
    }] });
    journey(&store, "InventorySet", json!({ "input": stock, "key": "stock-1" })).await;
    let found = journey(&store, "VariantsBySku", json!({ "query": "sku:LAMP-B", "first": 5 })).await;
    let variant = &found["nodes"][0];
    assert_eq!(variant["price"], "45.00");
    assert_eq!(variant["product"]["status"], "ACTIVE");
    let level = &variant["inventoryItem"]["inventoryLevels"]["nodes"][0];
    assert_eq!(level["quantities"][0]["quantity"], 12);
}

#[tokio::test]
async fn an_operation_must_be_named_when_there_are_several() {
    let store = Store::new();
    let unnamed = store.ask(ALL, json!({})).await;
    assert_eq!(unnamed["errors"][0]["message"], "An operation name is required");
    let missing = run(&store, ALL, "Missing").await;
    assert_eq!(missing["errors"][0]["message"], "No operation named \"Missing\"");
}

#[tokio::test]
async fn what_is_not_simulated_says_so_and_invents_nothing() {
    let store = Store::new();
    let cards = store.ask("{ giftCards(first: 1) { nodes { id } } }", json!({})).await;
    assert_eq!(cards["errors"][0]["message"], "sandbox: giftCards is not simulated");
    assert_eq!(cards["errors"][0]["extensions"]["code"], "NOT_SIMULATED");
    assert_eq!(cards["data"], Value::Null);
    let erase = "mutation { customerRequestDataErasure(customerId: \"gid://shopify/Customer/1\") { customerId } }";
    let erase = store.ask(erase, json!({})).await;
    assert_eq!(erase["errors"][0]["extensions"]["code"], "NOT_SIMULATED");
    assert_eq!(erase["data"], json!({ "customerRequestDataErasure": null }));
}

#[tokio::test]
async fn a_selected_field_without_a_value_is_null_or_an_error_but_never_invented() {
    let store = Store::new();
    store.lamp().await;
    let query = "query($h: String!) { p: productByIdentifier(identifier: { handle: $h }) { %s } }";
    let nullable = query.replace("%s", "giftCardTemplateSuffix category { id }");
    let data = store.data(&nullable, json!({ "h": "desk-lamp" })).await;
    assert_eq!(data["p"], json!({ "giftCardTemplateSuffix": null, "category": null }));
    let needed = query.replace("%s", "defaultCursor");
    let (code, answer) = store.refusal(&needed, json!({ "h": "desk-lamp" })).await;
    assert_eq!(code, "NOT_SIMULATED");
    assert_eq!(answer["errors"][0]["path"], json!(["p", "defaultCursor"]));
}

#[tokio::test]
async fn introspection_answers_from_the_official_schema() {
    let store = Store::new();
    let data = store.data("{ __type(name: \"InventoryQuantityInput\") { inputFields { name } } }", json!({})).await;
    let names = data["__type"]["inputFields"].as_array().unwrap();
    assert!(names.contains(&json!({ "name": "changeFromQuantity" })));
}
