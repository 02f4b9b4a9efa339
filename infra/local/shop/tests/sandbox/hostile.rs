use crate::support::{Store, one};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_title_of_a_megabyte_is_refused_as_too_long() {
    let store = Store::new();
    let input = json!({ "title": "x".repeat(1 << 20), "handle": "h" });
    let found = store.set_refused(Value::Null, input).await;
    assert_eq!(found, one("INVALID_PRODUCT", "input.title"));
}

#[tokio::test]
async fn a_megabyte_where_an_enum_belongs_is_an_invalid_variable() {
    let store = Store::new();
    let query = "mutation($i: ProductSetInput!) { productSet(input: $i) { userErrors { code } } }";
    let (code, _) = store.refusal(query, json!({ "i": { "status": "A".repeat(1 << 20) } })).await;
    assert_eq!(code, "INVALID_VARIABLE");
}

#[tokio::test]
async fn deep_nesting_is_refused_and_the_server_lives_on() {
    let store = Store::new();
    let product = "variants(first: 1) { nodes { product { ".repeat(3_000);
    let query = format!("{{ products(first: 1) {{ nodes {{ {product}");
    let (code, _) = store.refusal(&query, json!({})).await;
    assert_eq!(code, "PARSE_ERROR");
    let literal = format!("mutation {{ productSet(input: {}) {{ userErrors {{ code }} }} }}", "[".repeat(5_000));
    let (code, _) = store.refusal(&literal, json!({})).await;
    assert_eq!(code, "PARSE_ERROR");
    assert_eq!(store.data("{ shop { currencyCode } }", json!({})).await["shop"]["currencyCode"], "EUR");
}

#[tokio::test]
async fn deeply_nested_json_is_a_bad_request() {
    let store = Store::new();
    let body = format!("{{\"query\": \"{{ shop {{ name }} }}\", \"variables\": {{\"a\": {}", "[".repeat(10_000));
    let (status, _, _) = store.send(crate::support::graphql(body)).await.unwrap();
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_query_that_repeats_connections_costs_too_much() {
    let store = Store::new();
    let query = "{ products(first: 250) { nodes { variants(first: 250) { nodes { \
        product { variants(first: 250) { nodes { product { variants(first: 250) { nodes { id } } } } } } } } } } }";
    let (code, _) = store.refusal(query, json!({})).await;
    assert_eq!(code, "MAX_COST_EXCEEDED");
}

#[tokio::test]
async fn fragments_that_double_at_every_level_cost_too_much() {
    let store = Store::new();
    let mut query = "{ shop { ...F0 } } fragment F30 on Shop { name }".to_owned();
    for level in 0..30 {
        let next = level + 1;
        query.push_str(&format!(
            " fragment F{level} on Shop {{ a{level}: primaryDomain {{ id }} ...F{next} ...G{level} }} \
              fragment G{level} on Shop {{ ...F{next} }}"
        ));
    }
    let (code, _) = store.refusal(&query, json!({})).await;
    assert_eq!(code, "MAX_COST_EXCEEDED");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_too_large() {
    let store = Store::new();
    let body = "x".repeat(9 * 1024 * 1024);
    let (status, _, _) = store.send(crate::support::graphql(body)).await.unwrap();
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}
