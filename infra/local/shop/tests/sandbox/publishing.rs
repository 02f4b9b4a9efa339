use crate::support::{PUBLISH, Store};
use serde_json::{Value, json};
use time::Duration;

const UNPUBLISH: &str = "mutation($id: ID!, $input: [PublicationInput!]!) { publishableUnpublish(id: $id, input: $input) { \
    publishable { availablePublicationsCount { count } } userErrors { field message } } }";

fn count(answer: &Value, mutation: &str) -> Value {
    answer[mutation]["publishable"]["availablePublicationsCount"]["count"].clone()
}

#[tokio::test]
async fn an_active_product_is_published_and_unpublished() {
    let store = Store::open(None, |s| s.storefront_url = Some("http://127.0.0.1:4000/".into()));
    let lamp = store.lamp().await;
    let published = store.publish(&lamp).await;
    assert_eq!(count(&published, "publishablePublish"), 1);
    let publishable = &published["publishablePublish"]["publishable"];
    assert_eq!(publishable["__typename"], "Product");
    assert_eq!(publishable["onlineStoreUrl"], "http://127.0.0.1:4000/products/desk-lamp");
    assert_eq!(store.shop.state().unwrap()["products"][0]["published"], true);
    let input = json!([{ "publicationId": store.publication().await }]);
    let gone = store.data(UNPUBLISH, json!({ "id": lamp["id"], "input": input })).await;
    assert_eq!(count(&gone, "publishableUnpublish"), 0);
    assert_eq!(store.effects(0), json!({ "productSet": 1, "publishablePublish": 1, "publishableUnpublish": 1 }));
}

#[tokio::test]
async fn a_draft_is_not_visible_until_it_is_active() {
    let store = Store::new();
    let draft = store.set(Value::Null, json!({ "title": "Draft", "status": "DRAFT" })).await;
    let published = store.publish(&draft).await;
    assert_eq!(count(&published, "publishablePublish"), 0);
    let query =
        "query($id: ID!, $p: ID!) { product(id: $id) { publishedAt publishedOnPublication(publicationId: $p) } }";
    let variables = json!({ "id": draft["id"], "p": store.publication().await });
    let read = async || store.data(query, variables.clone()).await["product"].clone();
    assert_eq!(read().await, json!({ "publishedAt": null, "publishedOnPublication": false }));
    store.set(json!({ "id": draft["id"] }), json!({ "status": "ACTIVE" })).await;
    assert_eq!(read().await, json!({ "publishedAt": "2026-07-01T10:00:00Z", "publishedOnPublication": true }));
}

#[tokio::test]
async fn a_future_date_publishes_when_it_comes() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let input = json!([{ "publicationId": store.publication().await, "publishDate": "2026-07-02T10:00:00Z" }]);
    let answer = store.data(PUBLISH, json!({ "id": lamp["id"], "input": input })).await;
    assert_eq!(count(&answer, "publishablePublish"), 0);
    store.advance(Duration::days(1));
    assert_eq!(store.shop.state().unwrap()["products"][0]["published"], true);
}

#[tokio::test]
async fn a_corrupted_publication_is_refused() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let good = store.publication().await;
    let cases = [
        (
            json!([{ "publicationId": "gid://shopify/Publication/1" }]),
            json!(["input", "0", "publicationId"]),
            "Publication does not exist or is not publishable",
        ),
        (json!([{}]), json!(["input", "0", "publicationId"]), "PublicationId cannot be empty"),
        (
            json!([{ "publicationId": good }, { "publicationId": good }]),
            json!(["input", "1", "publicationId"]),
            "The same publication was specified more than once",
        ),
        (
            json!([{ "publicationId": good, "publishDate": "1960-01-01T00:00:00Z" }]),
            json!(["input", "0", "publishDate"]),
            "Publish date must be a date after the year 1969",
        ),
    ];
    for (input, field, message) in cases {
        for (query, name) in [(PUBLISH, "publishablePublish"), (UNPUBLISH, "publishableUnpublish")] {
            let answer = store.data(query, json!({ "id": lamp["id"], "input": input })).await;
            assert_eq!(answer[name]["userErrors"], json!([{ "field": field, "message": message }]));
        }
    }
    let unknown = json!({ "id": "gid://shopify/Product/1", "input": [{ "publicationId": good }] });
    let answer = store.data(PUBLISH, unknown).await;
    assert_eq!(answer["publishablePublish"]["userErrors"][0]["message"], "Resource does not exist");
    let empty = json!({ "id": lamp["id"], "input": [{ "publicationId": "" }] });
    let (code, answer) = store.refusal(PUBLISH, empty).await;
    assert_eq!(code, "INVALID_VARIABLE");
    let problem = &answer["errors"][0]["extensions"]["problems"][0];
    assert_eq!(problem["explanation"], "Invalid global id ''");
    assert_eq!(store.effects(0), json!({ "productSet": 1 }));
}
