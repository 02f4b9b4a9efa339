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
