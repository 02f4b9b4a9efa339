use crate::support::Store;
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn shoppers_see_active_published_products_only() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let (status, home) = store.get("/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(home.contains("SANDBOX") && home.contains("Nothing is for sale yet."));
    assert_eq!(store.get("/products/desk-lamp").await.0, StatusCode::NOT_FOUND);
    store.publish(&lamp).await;
    let (_, home) = store.get("/").await;
    assert!(home.contains("/products/desk-lamp") && home.contains("49.90 EUR"));
    let (status, page) = store.get("/products/desk-lamp").await;
    assert_eq!(status, StatusCode::OK);
    for shown in ["SANDBOX", "Desk lamp", "https://cdn.example.com/lamp.jpg", "Warm light", "49.90"] {
        assert!(page.contains(shown), "{shown}");
    }
    store.set(json!({ "id": lamp["id"] }), json!({ "status": "DRAFT" })).await;
    assert_eq!(store.get("/products/desk-lamp").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn text_from_outside_is_never_markup() {
    let store = Store::new();
    let product = store
        .set(
            Value::Null,
            json!({
                "title": "<img src=x onerror=alert(1)>",
                "handle": "bad",
                "vendor": "\"><script>alert(2)</script>",
                "descriptionHtml": "<script>alert(3)</script>&lt;script&gt;alert(4)&lt;/script&gt;",
                "files": [{ "originalSource": "https://example.com/a.png?x='&y=1", "alt": "\" onload=\"x" }],
            }),
        )
        .await;
    store.publish(&product).await;
    for path in ["/", "/products/bad"] {
        let (status, page) = store.get(path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("<img src=x"), "{page}");
        assert!(!page.contains("\" onload=\""), "{page}");
    }
}
