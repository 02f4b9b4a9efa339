//! The sandbox's own answers are what the official description says.

use crate::{Depot, Listed, Settings, rules};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use time::Duration;
use tokio::{net::TcpListener, task::JoinSet};

#[tokio::test]
async fn what_printful_would_answer_is_what_is_answered() {
    let catalogue = |_: &str| Some(Listed { price: Decimal::new(800, 2), stock: 3 });
    let pace = crate::Pace { ship: Duration::ZERO, deliver: Duration::ZERO };
    let depot = Depot::open(None, Settings { pace, ..Settings::new(catalogue) }).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v2", listener.local_addr().unwrap());
    let router = depot.router();
    let mut server = JoinSet::new();
    server.spawn(async move { axum::serve(listener, router).await.unwrap() });
    let body = json!({
        "external_id": "1", "recipient": { "name": "A", "address1": "B", "city": "C", "country_code": "NL" },
        "order_items": [{ "source": "catalog", "catalog_variant_id": 4011, "quantity": 1, "placements": [] }],
    });
    let rates = json!({
        "recipient": { "address1": "-", "city": "-", "country_code": "NL" },
        "order_items": [{ "source": "catalog", "catalog_variant_id": 4011, "quantity": 1 }],
    });
    let calls = [
        ("POST", "shipping-rates", Some(rates), "ShippingRatesResponse"),
        ("POST", "orders", Some(body), "GetOrderById"),
        ("GET", "orders/@1", None, "GetOrderById"),
        ("POST", "orders/@1/confirmation", None, "ConfirmOrderById"),
        ("GET", "orders/@1/shipments", None, "GetShipments"),
        ("GET", "catalog-variants/4011/prices", None, "GetVariantPricesById"),
        ("GET", "catalog-variants/4011/availability", None, "GetVariantStockAvailabilityById"),
    ];
    let http = &depot.0.http;
    for (method, path, body, answer) in calls {
        let request = http.request(method.parse().unwrap(), format!("{url}/{path}")).bearer_auth("pf-sandbox");
        let request = body.iter().fold(request, |request, body| request.json(body));
        let said: Value = request.send().await.unwrap().json().await.unwrap();
        let description = rules::printful(&format!("/components/responses/{answer}")).unwrap();
        let wrong: Vec<String> = description.iter_errors(&said).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty() && !said["data"].is_null(), "{path}: {wrong:?} in {said:#}");
    }
}

#[test]
fn an_order_outlives_the_process() {
    let file = std::env::temp_dir().join(format!("depot-{}.sqlite", std::process::id()));
    let open = || Depot::open(Some(&file), Settings::new(|_| None)).unwrap();
    open().restock("lamp", 7).unwrap();
    let again = open();
    assert_eq!(again.0.ledger.run(|books| books.doc::<u64>("stock", "lamp")).unwrap(), Some(7));
    drop(again);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}
