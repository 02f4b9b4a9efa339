use super::{Bench, Message, SECRETS, sample, signed};
use serde_json::Value;

const ORDERS: &str = "orders/create";

fn message() -> Message {
    Message::new("one", ORDERS, &sample(ORDERS))
}

#[tokio::test]
async fn each_corrupted_message_is_refused_for_its_own_reason_and_nothing_is_kept() {
    let bench = Bench::start().await;
    let body = sample(ORDERS);
    let again = serde_json::to_vec(&serde_json::from_slice::<Value>(&body).unwrap()).unwrap();
    assert_ne!(again, body, "written anew, it has other bytes");
    let mut flipped = message();
    flipped.body[40] ^= 1;
    let mut rewritten = message();
    rewritten.body = again;
    let tag = signed(super::SECRET, &body);
    let hexadecimal: String = {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(&tag).unwrap();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let hmac = "x-shopify-hmac-sha256";
    let signed_text = |text: &[u8]| Message::new("one", ORDERS, text);
    let cases = [
        ("one byte changed", flipped, 401, "signature"),
        ("written anew", rewritten, 401, "signature"),
        ("wrong secret", message().with(hmac, Some(&signed("wrong", &body))), 401, "signature"),
        ("signature in hexadecimal", message().with(hmac, Some(&hexadecimal)), 401, "signature"),
        ("signature cut short", message().with(hmac, tag.get(..20)), 401, "signature"),
        ("signature missing", message().with(hmac, None), 401, "signature"),
        ("topic missing", message().with("x-shopify-topic", None), 400, "syntax"),
        ("id missing", message().with("x-shopify-webhook-id", None), 400, "syntax"),
        ("id too long", message().with("x-shopify-webhook-id", Some(&"x".repeat(201))), 400, "syntax"),
        ("shop missing", message().with("x-shopify-shop-domain", None), 400, "syntax"),
        ("time missing", message().with("x-shopify-triggered-at", None), 400, "syntax"),
        ("time wrong", message().with("x-shopify-triggered-at", Some("yesterday")), 400, "syntax"),
        ("no JSON by its own word", message().with("content-type", Some("text/xml")), 415, "media-type"),
        ("no word about what it is", message().with("content-type", None), 415, "media-type"),
        ("no JSON", signed_text(b"{\"id\": 1"), 400, "syntax"),
        ("no object", signed_text(b"[1]"), 400, "syntax"),
        ("no id", signed_text(b"{}"), 400, "syntax"),
        ("an id that a float has been", signed_text(b"{\"id\": 8.2098291194615e17}"), 400, "syntax"),
        ("nobody to forget", Message::new("one", "customers/redact", b"{}"), 400, "syntax"),
        ("too large", signed_text(&vec![b' '; 4 * 1024 * 1024 + 1]), 413, "too-large"),
        ("GET", Message { method: "GET", ..message() }, 405, "method"),
        ("elsewhere", Message { path: "/webhooks", ..message() }, 404, "not-found"),
        ("nobody", Message { path: "/suppliers/nobody", ..message() }, 404, "not-found"),
    ];
    for (what, message, status, slug) in cases {
        let (answered, problem) = bench.send(&message).await;
        assert_eq!(answered, status, "{what}: {problem}");
        assert_eq!(problem["type"], format!("/docs#problem-{slug}"), "{what}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{what}");
        assert!(!problem.to_string().contains("jon@"), "{what}: an answer quotes no body");
    }
    assert!(bench.news("one").await.is_none());
    assert_eq!(bench.send(&message()).await.0, 200, "and the good one is taken");
}

#[tokio::test]
async fn without_a_secret_nothing_is_taken_and_the_shop_tries_again() {
    let bench = Bench::with(&[("other", "secret")]).await;
    let (status, problem) = bench.send(&message()).await;
    assert_eq!((status, &problem["type"]), (503, &Value::from("/docs#problem-not-configured")));
}

#[tokio::test]
async fn what_another_shop_of_the_same_app_says_is_refused_at_both_doors() {
    let at = |name: &str| {
        let url = "https://Acme.myshopify.com/admin/api/2026-07/graphql.json";
        (name == "ROYAL_SHOP_URL").then(|| url.to_owned())
    };
    let bench = Bench::of(SECRETS, at).await;
    let other = message().with("x-shopify-shop-domain", Some("acme-dev.myshopify.com"));
    let (status, problem) = bench.send(&other).await;
    assert_eq!((status, &problem["type"]), (403, &Value::from("/docs#problem-forbidden")));
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("`acme.myshopify.com`")), "{problem}");
    let mut event = super::bridge::envelope();
    event["detail"]["metadata"]["X-Shopify-Shop-Domain"] = Value::from("acme-dev.myshopify.com");
    assert!(matches!(bench.invoke(event).await, Err(runtime::Failure::Reject(_))));
    assert!(bench.news("one").await.is_none());
    let ours = message().with("x-shopify-shop-domain", Some("ACME.myshopify.com"));
    assert_eq!(bench.send(&ours).await.0, 200);
}
