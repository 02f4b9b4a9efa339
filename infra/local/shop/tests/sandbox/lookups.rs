use crate::support::{Store, custom_id};
use serde_json::{Value, json};

#[tokio::test]
async fn a_product_is_found_by_id_handle_and_custom_id() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let query = "query($by: ProductIdentifierInput!) { productByIdentifier(identifier: $by) { id } }";
    for by in [json!({ "id": lamp["id"] }), json!({ "handle": "desk-lamp" }), custom_id("lamp-1")] {
        let data = store.data(query, json!({ "by": by })).await;
        assert_eq!(data["productByIdentifier"]["id"], lamp["id"], "{by}");
    }
    let unknown = store.data(query, json!({ "by": custom_id("none") })).await;
    assert_eq!(unknown["productByIdentifier"], Value::Null);
    let undefined = json!({ "customId": { "namespace": "other", "key": "sku", "value": "x" } });
    assert_eq!(store.refusal(query, json!({ "by": undefined })).await.0, "NOT_FOUND");
    let by_id = "query($id: ID!) { product(id: $id) { id } node(id: $id) { __typename } }";
    let data = store.data(by_id, json!({ "id": lamp["id"] })).await;
    assert_eq!(data, json!({ "product": { "id": lamp["id"] }, "node": { "__typename": "Product" } }));
    let other = json!({ "id": "gid://shopify/Location/1" });
    assert_eq!(store.refusal(by_id, other).await.0, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn variants_are_found_by_sku() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let query = "query($q: String!) { productVariants(first: 5, query: $q) { nodes { id sku product { title } } } }";
    let found = async |q: &str| store.data(query, json!({ "q": q })).await["productVariants"]["nodes"].clone();
    let black =
        json!([{ "id": lamp["variants"]["nodes"][0]["id"], "sku": "LAMP-B", "product": { "title": "Desk lamp" } }]);
    assert_eq!(found("sku:LAMP-B").await, black);
    assert_eq!(found("sku:'lamp-b'").await, black);
    assert_eq!(found("sku:LAMP-*").await.as_array().unwrap().len(), 2);
    assert_eq!(found("sku:none").await, json!([]));
    for bad in ["free text", "weight:>5", "inventory_quantity:1"] {
        assert_eq!(store.refusal(query, json!({ "q": bad })).await.0, "NOT_SIMULATED", "{bad}");
    }
}

#[tokio::test]
async fn lists_are_paged_with_nodes_edges_and_cursors() {
    let store = Store::new();
    for n in 1..=3 {
        store.set(Value::Null, json!({ "title": format!("P{n}") })).await;
    }
    let query = "query($after: String) { count: productsCount { count precision } \
        products(first: 2, after: $after) { ...Page } } \
        fragment Page on ProductConnection { edges { cursor node { name: title __typename } } nodes { title } \
        pageInfo { hasNextPage hasPreviousPage endCursor } }";
    let first = store.data(query, json!({})).await;
    assert_eq!(first["count"], json!({ "count": 3, "precision": "EXACT" }));
    let page = &first["products"];
    assert_eq!(page["nodes"], json!([{ "title": "P1" }, { "title": "P2" }]));
    assert_eq!(page["edges"][1]["node"], json!({ "name": "P2", "__typename": "Product" }));
    assert_eq!(page["edges"][1]["cursor"], page["pageInfo"]["endCursor"]);
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let second = store.data(query, json!({ "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(second["products"]["nodes"], json!([{ "title": "P3" }]));
    assert_eq!(second["products"]["pageInfo"]["hasNextPage"], false);
    assert_eq!(second["products"]["pageInfo"]["hasPreviousPage"], true);
    assert_eq!(store.refusal(query, json!({ "after": "bogus" })).await.0, "BAD_REQUEST");
    assert_eq!(store.refusal("{ products { nodes { id } } }", json!({})).await.0, "BAD_REQUEST");
    let sorted = "{ products(first: 1, sortKey: TITLE) { nodes { id } } }";
    assert_eq!(store.refusal(sorted, json!({})).await.0, "NOT_SIMULATED");
}

#[tokio::test]
async fn the_shop_its_channels_and_locations_are_known() {
    let store = Store::new();
    let query = "{ shop { id name myshopifyDomain currencyCode ianaTimezone taxesIncluded } \
        publications(first: 5) { nodes { id catalog { __typename title } } } \
        locations(first: 5) { nodes { name isActive fulfillsOnlineOrders } } }";
    let data = store.data(query, json!({})).await;
    assert_eq!(data["shop"]["myshopifyDomain"], "royal-test.myshopify.com");
    let catalog = &data["publications"]["nodes"][0]["catalog"];
    assert_eq!(catalog, &json!({ "__typename": "AppCatalog", "title": "Online Store" }));
    let location = &data["locations"]["nodes"][0];
    assert_eq!(location, &json!({ "name": "Shop location", "isActive": true, "fulfillsOnlineOrders": true }));
}

#[tokio::test]
async fn a_webhook_subscription_is_created_once_and_listed() {
    let store = Store::new();
    let query = "mutation($t: WebhookSubscriptionTopic!, $s: WebhookSubscriptionInput!) { \
        webhookSubscriptionCreate(topic: $t, webhookSubscription: $s) { \
        webhookSubscription { id topic uri format filter includeFields } userErrors { field message } } }";
    let create = async |topic: &str, uri: &str| {
        let variables = json!({ "t": topic, "s": { "uri": uri } });
        store.data(query, variables).await["webhookSubscriptionCreate"].clone()
    };
    let made = create("PRODUCTS_UPDATE", "https://example.com/hook").await;
    assert_eq!(made["userErrors"], json!([]));
    let listed = store.data("{ webhookSubscriptions(first: 5) { nodes { id uri } } }", json!({})).await;
    let id = &made["webhookSubscription"]["id"];
    assert_eq!(listed["webhookSubscriptions"]["nodes"], json!([{ "id": id, "uri": "https://example.com/hook" }]));
    for (uri, message) in [
        ("https://example.com/hook", "Address for this topic has already been taken"),
        ("http://example.com/hook", "Address protocol http:// is not supported"),
        ("", "Address can't be blank"),
        ("pubsub://project", "Address is not a valid GCP pub/sub format. Format should be pubsub://project:topic"),
        ("arn:aws:s3:::bucket", "Address is not a valid AWS ARN"),
    ] {
        let refused = create("PRODUCTS_UPDATE", uri).await;
        assert_eq!(refused["userErrors"][0]["message"], message);
    }
    let unknown = json!({ "t": "CUSTOMERS_REDACT", "s": { "uri": "https://example.com" } });
    assert_eq!(store.refusal(query, unknown).await.0, "INVALID_VARIABLE");
}
