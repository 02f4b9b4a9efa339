use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use shop::{Settings, Shop};
use std::path::Path;
use std::sync::{Arc, Mutex};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt as _;

pub(crate) const TOKEN: &str = "shpat_sandbox";
pub(crate) const ENDPOINT: &str = "/admin/api/2026-07/graphql.json";

/// A sandbox store, a client of it and the clock that both share.
pub(crate) struct Store {
    pub(crate) shop: Shop,
    router: Router,
    clock: Arc<Mutex<OffsetDateTime>>,
}

impl Store {
    pub(crate) fn new() -> Self {
        Self::open(None, |_| {})
    }

    pub(crate) fn open(path: Option<&Path>, change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(Mutex::new(datetime!(2026-07-01 10:00 UTC)));
        let mut settings = Settings::new(TOKEN, "royal-test.myshopify.com", "EUR");
        let shared = Arc::clone(&clock);
        settings.now = Arc::new(move || *shared.lock().unwrap());
        change(&mut settings);
        let shop = Shop::open(path, settings).unwrap();
        let router = shop.router();
        Self { shop, router, clock }
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.clock.lock().unwrap() += by;
    }

    /// Sends a request and reads the whole answer; `Err` when the connection broke.
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<(StatusCode, HeaderMap, Bytes), axum::Error> {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await?;
        Ok((parts.status, parts.headers, bytes))
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (status, _, body) = self.send(request).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// Sends GraphQL and expects HTTP 200, as the API answers nearly everything.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let (status, _, body) = self.send(graphql(body.to_string())).await.unwrap();
        assert_eq!(status, StatusCode::OK, "{body:?}");
        serde_json::from_slice(&body).unwrap()
    }

    /// Sends GraphQL that must succeed and answers its `data`.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].clone()
    }

    /// The code of the first error, and the whole answer.
    pub(crate) async fn refusal(&self, query: &str, variables: Value) -> (String, Value) {
        let answer = self.ask(query, variables).await;
        let code = &answer["errors"][0]["extensions"]["code"];
        let code = code.as_str().unwrap_or_else(|| panic!("not refused: {answer:#}"));
        (code.to_owned(), answer.clone())
    }

    /// `productSet` that must be accepted; answers the product.
    pub(crate) async fn set(&self, identifier: Value, input: Value) -> Value {
        let data = self.data(SET, json!({ "identifier": identifier, "input": input })).await;
        let payload = &data["productSet"];
        assert_eq!(payload["userErrors"], json!([]));
        payload["product"].clone()
    }

    /// `productSet` that must be refused; answers code and field of each user error.
    pub(crate) async fn set_refused(&self, identifier: Value, input: Value) -> Vec<(String, String)> {
        let data = self.data(SET, json!({ "identifier": identifier, "input": input })).await;
        let found = user_errors(&data["productSet"]);
        assert!(!found.is_empty(), "{data:#}");
        found
    }

    /// Defines the custom id `orchestrator.sku` and creates one product with it.
    pub(crate) async fn lamp(&self) -> Value {
        self.define_custom_id().await;
        self.set(custom_id("lamp-1"), lamp_input()).await
    }

    pub(crate) async fn define_custom_id(&self) {
        let data = self.data(DEFINE, json!({ "definition": custom_id_definition() })).await;
        assert_eq!(user_errors(&data["metafieldDefinitionCreate"]), []);
    }

    pub(crate) async fn publication(&self) -> String {
        let data = self.data("{ publications(first: 1) { nodes { id } } }", json!({})).await;
        data["publications"]["nodes"][0]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn location(&self) -> String {
        let data = self.data("{ locations(first: 1) { nodes { id } } }", json!({})).await;
        data["locations"]["nodes"][0]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn publish(&self, product: &Value) -> Value {
        let publication = self.publication().await;
        let input = json!([{ "publicationId": publication }]);
        self.data(PUBLISH, json!({ "id": product["id"], "input": input })).await
    }

    pub(crate) fn effects(&self, product: usize) -> Value {
        self.shop.state().unwrap()["products"][product]["effects"].clone()
    }
}

pub(crate) fn graphql(body: impl Into<Body>) -> Request<Body> {
    Request::post(ENDPOINT)
        .header("content-type", "application/json")
        .header("X-Shopify-Access-Token", TOKEN)
        .body(body.into())
        .unwrap()
}

/// Code and dotted field of each user error of a payload.
pub(crate) fn user_errors(payload: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let errors = payload["userErrors"].as_array().unwrap();
    errors
        .iter()
        .map(|e| {
            let field = e["field"].as_array().cloned().unwrap_or_default();
            let field: Vec<_> = field.iter().map(text).collect();
            (text(&e["code"]), field.join("."))
        })
        .collect()
}

/// One expected user error.
pub(crate) fn one(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

pub(crate) fn custom_id_definition() -> Value {
    json!({
        "name": "Orchestrator id",
        "namespace": "orchestrator",
        "key": "sku",
        "type": "id",
        "ownerType": "PRODUCT",
    })
}

pub(crate) fn custom_id(value: &str) -> Value {
    json!({ "customId": { "namespace": "orchestrator", "key": "sku", "value": value } })
}

pub(crate) fn lamp_input() -> Value {
    json!({
        "title": "Desk lamp",
        "descriptionHtml": "<p>Warm <b>light</b></p>",
        "vendor": "Lumen",
        "productType": "Lighting",
        "tags": ["office", "Light"],
        "seo": { "title": "Lamp", "description": "A lamp" },
        "files": [{ "originalSource": "https://cdn.example.com/lamp.jpg", "alt": "A lamp", "contentType": "IMAGE" }],
        "productOptions": [{ "name": "Color", "values": [{ "name": "Black" }, { "name": "White" }] }],
        "variants": [
            {
                "optionValues": [{ "optionName": "Color", "name": "Black" }],
                "price": "49.9",
                "compareAtPrice": "59",
                "inventoryItem": { "sku": "LAMP-B", "cost": "20.00", "tracked": true },
            },
            {
                "optionValues": [{ "optionName": "Color", "name": "White" }],
                "sku": "LAMP-W",
                "price": "44.95",
            },
        ],
    })
}

pub(crate) const SET: &str = r#"
mutation Set($identifier: ProductSetIdentifiers, $input: ProductSetInput!) {
  productSet(identifier: $identifier, input: $input, synchronous: true) {
    product {
      id handle title status tags descriptionHtml description vendor productType
      seo { title description }
      options { name values }
      media(first: 5) { nodes { id alt status mediaContentType } }
      metafields(first: 5) { nodes { namespace key type value } }
      variants(first: 5) { nodes {
        id sku price compareAtPrice title
        inventoryItem { id tracked unitCost { amount currencyCode } }
      } }
    }
    userErrors { code field message }
  }
}"#;

pub(crate) const DEFINE: &str = r#"
mutation Define($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) {
    createdDefinition { id key namespace ownerType type { name } capabilities { uniqueValues { enabled } } }
    userErrors { code field message }
  }
}"#;

pub(crate) const PUBLISH: &str = r#"
mutation Publish($id: ID!, $input: [PublicationInput!]!) {
  publishablePublish(id: $id, input: $input) {
    publishable { __typename availablePublicationsCount { count } ... on Product { id onlineStoreUrl } }
    userErrors { field message }
  }
}"#;
