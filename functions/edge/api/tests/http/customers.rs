//! Customers: what is known of one, and forgetting it.

use crate::bench::{Bench, NOON};
use axum::{body::Body, http::Method};
use domain::{Customer, Role};
use serde_json::json;

const SAM: (&str, Role) = ("sam", Role::Support);
const PATH: &str = "/api/v1/customers/gid:~~shopify~Customer~7";
const ID: &str = "gid://shopify/Customer/7";

async fn erase(bench: &Bench, who: (&str, Role), path: &str) -> crate::bench::Answer {
    bench.send(bench.ask(Method::DELETE, who, path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_is_known_of_a_customer_is_handed_out_and_then_forgotten() {
    let bench = Bench::start().await;
    bench.get(SAM, PATH).await.problem(404, "not-found");
    erase(&bench, SAM, PATH).await.problem(404, "not-found");
    let personal = [("email".to_owned(), "jan@example.com".to_owned())].into();
    bench.keep(&Customer::new(ID, personal, "salt".into(), NOON)).await;
    let known = bench.get(SAM, PATH).await.with(200);
    assert_eq!((&known["status"], &known["personal"]["email"]), (&json!("KNOWN"), &json!("jan@example.com")));
    assert_eq!(known["actions"], json!({"items": []}));
    erase(&bench, ("anna", Role::Auditor), PATH).await.problem(403, "forbidden");
    for _ in 0..2 {
        let erased = erase(&bench, SAM, PATH).await.with(200);
        assert_eq!((&erased["status"], &erased["waiting"]), (&json!("ERASED"), &json!([])));
    }
    let left = bench.get(SAM, PATH).await;
    assert!(!left.text.contains("jan@"), "{}", left.text);
    assert_eq!((&left.with(200)["status"], &left.with(200)["forgotten"]["by"]), (&json!("ERASED"), &json!("sam")));
    let subject = ID.replace('/', "%2F");
    let verdict =
        bench.get(("anna", Role::Auditor), &format!("/api/v1/audit/verify?subject=CUSTOMER%23{subject}")).await;
    assert_eq!(verdict.with(200)["holds"], true, "{}", verdict.text);
}

#[tokio::test]
async fn an_export_has_every_order_with_what_it_tells_of_the_customer() {
    let bench = Bench::start().await;
    let path = "/api/v1/customers/7";
    bench.get(SAM, path).await.problem(404, "not-found");
    let eur = |text: &str| json!({ "amount": text, "currency": "EUR" });
    let totals = ["subtotal", "shipping", "tax", "discount", "total", "outstanding"].map(|name| (name, eur("0.00")));
    let snapshot = json!({
        "order": "70", "name": "#1001", "customer": "7", "payment": "paid", "taxesIncluded": true, "lines": [],
        "totals": totals.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        "placed": "2026-11-20T10:00:00Z", "updated": "2026-11-20T10:00:00Z",
    });
    bench.keep(&domain::Order::new(serde_json::from_value(snapshot).unwrap(), NOON)).await;
    let contact = json!({
        "order": "70", "customer": "7", "email": "edda@example.com", "shipping": { "city": "Graz" },
        "updated": "2026-11-20T10:00:00Z",
    });
    let news = json!({
        "id": "one", "topic": "orders/create", "from": "acme.myshopify.com", "said": { "about": "unused" },
        "triggered": "2026-11-20T10:00:00Z", "received": "2026-11-20T10:00:00Z",
    });
    let contact: domain::Contact = serde_json::from_value(contact).unwrap();
    bench.env.store().accept(&serde_json::from_value(news).unwrap(), Some(&contact)).await.unwrap();
    let known = bench.get(SAM, path).await.with(200);
    assert_eq!(
        (&known["contacts"][0]["email"], &known["orders"][0]["shop"]["name"]),
        (&json!("edda@example.com"), &json!("#1001"))
    );
    assert_eq!(erase(&bench, SAM, path).await.with(200)["status"], "ERASED");
    let left = bench.get(SAM, path).await;
    assert!(!left.text.contains("edda@") && !left.text.contains("Graz"), "{}", left.text);
}
