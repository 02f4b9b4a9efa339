use crate::support::{ENDPOINT, Store, TOKEN, graphql};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

const SHOP: &str = "{ shop { name } }";

fn request(path: &str, token: Option<&str>) -> Request<Body> {
    let mut request = Request::post(path).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("X-Shopify-Access-Token", token);
    }
    request.body(json!({ "query": SHOP }).to_string().into()).unwrap()
}

#[tokio::test]
async fn the_answer_names_the_served_version() {
    let (status, headers, body) = Store::new().send(request(ENDPOINT, Some(TOKEN))).await.unwrap();
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["x-shopify-api-version"], "2026-07");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["data"]["shop"]["name"], "Sandbox store");
}

#[tokio::test]
async fn a_wrong_or_missing_token_is_unauthorized() {
    let store = Store::new();
    for token in [None, Some(""), Some("shpat_other")] {
        let (status, _, body) = store.send(request(ENDPOINT, token)).await.unwrap();
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"], "[API] Invalid API key or access token (unrecognized login or wrong password)");
    }
}

#[tokio::test]
async fn another_version_is_not_found() {
    let path = "/admin/api/2026-04/graphql.json";
    let (status, _, _) = Store::new().send(request(path, Some(TOKEN))).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_body_that_is_no_request_is_bad() {
    let store = Store::new();
    let bodies: [&[u8]; 5] =
        [b"query=%7Bshop%7D", b"", b"{\"query\": \"\xff\xfe\"}", b"{\"variables\": {}}", b"{\"query\": 5}"];
    for body in bodies {
        let (status, _, answer) = store.send(graphql(body.to_vec())).await.unwrap();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body:?}");
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer.get("errors").is_some());
    }
}

#[tokio::test]
async fn every_answer_accounts_for_its_cost() {
    let answer = Store::new().ask(SHOP, json!({})).await;
    let cost = &answer["extensions"]["cost"];
    assert_eq!(cost["requestedQueryCost"], 1);
    assert_eq!(cost["actualQueryCost"], 1);
    assert_eq!(
        cost["throttleStatus"],
        json!({ "maximumAvailable": 2000, "currentlyAvailable": 1999, "restoreRate": 100 })
    );
}
