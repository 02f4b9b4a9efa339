//! For every operation with a body: what we send is taken, and the same with one thing wrong is not.

use super::bench::{Bench, number};
use serde_json::{Map, Value, json};

/// The body with one thing wrong.
fn corrupted(body: &Value, path: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
    body
}

/// The body without a field, or with another one on top.
fn changed(body: &Value, path: &str, change: impl FnOnce(&mut Map<String, Value>)) -> Value {
    let mut body = body.clone();
    change(body.pointer_mut(path).unwrap().as_object_mut().unwrap());
    body
}

impl Bench {
    /// Whether the service takes a body.
    async fn takes(&self, method: reqwest::Method, path: &str, header: (&str, &str), body: &Value) -> bool {
        let request = self.env.http().request(method, format!("{}{path}", self.url)).header(header.0, header.1);
        let response = request.json(body).send().await.unwrap();
        let status = response.status();
        let answer: Value = response.json().await.unwrap_or_default();
        // CJ says it in the envelope.
        status.is_success() && answer.get("result") != Some(&json!(false))
    }
}

const CJ: (&str, &str) = ("CJ-Access-Token", "sandbox-access-token");
const ORDER: &str = "/api2.0/v1/shopping/order/createOrderV2";

fn cj_order() -> Value {
    json!({
        "orderNumber": number().to_string(), "payType": 3, "shippingZip": "2611 AA", "shippingCountryCode": "NL",
        "shippingCountry": "NL", "shippingProvince": "Delft", "shippingCity": "Delft", "shippingPhone": "+31151234567",
        "shippingCustomerName": "Anna Bakker", "shippingAddress": "Kade 1", "email": "anna@example.com",
        "logisticName": "CJPacket Ordinary", "fromCountryCode": "CN",
        "products": [{ "sku": "4011", "quantity": 2, "storeLineItemId": "99" }],
    })
}

#[tokio::test]
async fn an_order_at_cj() {
    let bench = Bench::open().await;
    let good = cj_order();
    let cases = [
        corrupted(&good, "/orderNumber", json!("x".repeat(51))),
        corrupted(&good, "/orderNumber", json!(1001)),
        corrupted(&good, "/payType", json!("3")),
        corrupted(&good, "/payType", json!(4)),
        corrupted(&good, "/shippingCountryCode", json!("Netherlands")),
        corrupted(&good, "/shippingCity", json!("")),
        corrupted(&good, "/shippingZip", json!(2611)),
        corrupted(&good, "/products", json!([])),
        corrupted(&good, "/products/0/quantity", json!(0)),
        corrupted(&good, "/products/0/quantity", json!("2")),
        corrupted(&good, "/products/0/sku", json!("unheard-of")),
        changed(&good, "/products/0", |product| drop(product.remove("sku"))),
        changed(&good, "", |body| drop(body.remove("logisticName"))),
        changed(&good, "", |body| drop(body.remove("shippingAddress"))),
        changed(&good, "", |body| drop(body.insert("orderNo".to_owned(), json!("1")))),
    ];
    for case in cases {
        assert!(!bench.takes(reqwest::Method::POST, ORDER, CJ, &case).await, "{case:#}");
    }
    assert_eq!(bench.counts(), (0, 0));
    assert!(!bench.takes(reqwest::Method::POST, ORDER, ("CJ-Access-Token", "guessed"), &good).await);
    assert!(bench.takes(reqwest::Method::POST, ORDER, CJ, &good).await);
    let told = bench.depot.refused().join(" ");
    assert!(!told.contains("Kade") && !told.contains("Anna"), "refusals tell the rule, not the value: {told}");
}

#[tokio::test]
async fn the_other_operations_at_cj() {
    let bench = Bench::open().await;
    let placed = bench.place("cj").await.unwrap();
    let id = json!({ "orderId": placed.remote });
    let freight =
        json!({ "startCountryCode": "CN", "endCountryCode": "NL", "products": [{ "vid": "V-4011", "quantity": 2 }] });
    let operations = [
        ("POST", "authentication/getAccessToken", json!({ "apiKey": "CJ-sandbox" }), json!({ "key": "CJ-sandbox" })),
        ("POST", "logistic/freightCalculate", freight.clone(), corrupted(&freight, "/products/0/quantity", json!(0))),
        ("PATCH", "shopping/order/confirmOrder", id.clone(), json!({ "order": placed.remote })),
        ("POST", "shopping/pay/payBalance", id.clone(), json!({ "orderId": [placed.remote] })),
    ];
    for (method, path, good, bad) in operations {
        let (method, path) = (method.parse::<reqwest::Method>().unwrap(), format!("/api2.0/v1/{path}"));
        assert!(!bench.takes(method.clone(), &path, CJ, &bad).await, "{path}");
        assert!(bench.takes(method, &path, CJ, &good).await, "{path}");
    }
    assert_eq!(bench.counts(), (1, 1));
}

#[tokio::test]
async fn an_order_at_printful() {
    let bench = Bench::open().await;
    let good = json!({
        "external_id": number().uuid().simple().to_string(),
        "shipping": "STANDARD",
        "recipient": { "name": "Anna Bakker", "address1": "Kade 1", "city": "Delft", "country_code": "NL", "zip": "2611 AA" },
        "order_items": [{
            "source": "catalog", "catalog_variant_id": 4011, "external_id": "99", "quantity": 2,
            "placements": [{ "placement": "front", "technique": "dtg", "layers": [{ "type": "file", "url": "https://example.com/a.png" }] }],
        }],
    });
    let key = ("Authorization", "Bearer pf-sandbox");
    let cases = [
        corrupted(&good, "/external_id", json!(1001)),
        corrupted(&good, "/external_id", json!(number().to_string())),
        corrupted(&good, "/recipient", json!("Anna Bakker")),
        corrupted(&good, "/recipient/zip", json!(2611)),
        corrupted(&good, "/order_items", json!([])),
        corrupted(&good, "/order_items/0/source", json!("warehouse")),
        corrupted(&good, "/order_items/0/quantity", json!("2")),
        corrupted(&good, "/order_items/0/quantity", json!(0)),
        corrupted(&good, "/order_items/0/catalog_variant_id", json!("4011")),
        corrupted(&good, "/order_items/0/catalog_variant_id", json!(1)),
        corrupted(&good, "/order_items/0/placements", json!("front")),
        corrupted(&good, "/order_items/0/placements/0/layers/0/url", json!(7)),
        changed(&good, "/order_items/0", |item| drop(item.remove("placements"))),
        changed(&good, "/recipient", |recipient| drop(recipient.remove("address1"))),
        changed(&good, "/recipient", |recipient| drop(recipient.insert("street".to_owned(), json!("Kade 1")))),
        changed(&good, "", |body| drop(body.remove("recipient"))),
        changed(&good, "", |body| drop(body.insert("confirm".to_owned(), json!(true)))),
    ];
    for case in cases {
        assert!(!bench.takes(reqwest::Method::POST, "/v2/orders", key, &case).await, "{case:#}");
    }
    assert_eq!(bench.counts(), (0, 0));
    assert!(!bench.takes(reqwest::Method::POST, "/v2/orders", ("Authorization", "Bearer guessed"), &good).await);
    assert!(bench.takes(reqwest::Method::POST, "/v2/orders", key, &good).await);
}

#[tokio::test]
async fn shipping_rates_at_printful() {
    let bench = Bench::open().await;
    let good = json!({
        "recipient": { "address1": "-", "city": "-", "country_code": "NL" },
        "order_items": [{ "source": "catalog", "catalog_variant_id": 4011, "quantity": 2 }],
    });
    let (path, key) = ("/v2/shipping-rates", ("Authorization", "Bearer pf-sandbox"));
    let cases = [
        corrupted(&good, "/recipient/country_code", json!(31)),
        corrupted(&good, "/order_items/0/quantity", json!(0)),
        corrupted(&good, "/order_items/0/quantity", json!(1001)),
        corrupted(&good, "/order_items/0/source", json!("shop")),
        changed(&good, "/recipient", |recipient| drop(recipient.remove("city"))),
        changed(&good, "", |body| drop(body.remove("order_items"))),
    ];
    for case in cases {
        assert!(!bench.takes(reqwest::Method::POST, path, key, &case).await, "{case:#}");
    }
    assert!(bench.takes(reqwest::Method::POST, path, key, &good).await);
}

#[tokio::test]
async fn a_tracking_at_aftership() {
    let bench = Bench::open().await;
    let good = json!({ "tracking_number": "SBX1NL", "order_id": number().to_string() });
    let (path, key) = ("/tracking/2026-07/trackings", ("as-api-key", "asat-sandbox"));
    let cases = [
        json!({ "tracking": good }),
        corrupted(&good, "/tracking_number", json!("1")),
        corrupted(&good, "/order_id", json!(7)),
        changed(&good, "", |body| drop(body.insert("slug".to_owned(), json!("Sandbox Post")))),
    ];
    for case in cases {
        assert!(!bench.takes(reqwest::Method::POST, path, key, &case).await, "{case:#}");
    }
    assert!(!bench.takes(reqwest::Method::POST, path, ("as-api-key", "guessed"), &good).await);
    assert!(bench.takes(reqwest::Method::POST, path, key, &good).await);
}
