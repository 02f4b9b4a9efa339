use super::*;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
    routing::get,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};
use tower::ServiceExt as _;

const URL: &str = "http://127.0.0.1:4700";
const ASSET: &str = "/assets/main-1a2b3c4d.js";

/// A page that was built, and the folder that it lies in.
fn built() -> (tempfile::TempDir, Page) {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("index.html", "<!doctype html><title>Royal</title>"),
        ("crown.svg", "<svg/>"),
        ("assets/main-1a2b3c4d.js", "export {};"),
    ];
    for (name, text) in files {
        let path = folder.path().join("dist").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(folder.path().join("dist/assets/main-1a2b3c4d.js.gz"), "packed").unwrap();
    fs::write(folder.path().join("package.json"), "{}").unwrap();
    let page = Page::of(folder.path().to_owned());
    (folder, page)
}

/// The page beside an API that knows one path.
fn beside_an_api(page: &Page) -> Router {
    let api = Router::new().route("/api/v1/actions", get(|| async { "actions" }));
    let api = api.fallback(|| async { (StatusCode::NOT_FOUND, "problem") });
    api.merge(router(page, URL, "royal-api"))
}

async fn send(page: &Page, method: Method, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder().method(method).uri(path);
    let usual = [("host", "127.0.0.1:4700")];
    let named = headers.iter().chain(usual.iter().filter(|_| !headers.iter().any(|(name, _)| *name == "host")));
    let request = named.fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = beside_an_api(page).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn look(page: &Page, path: &str) -> (StatusCode, HeaderMap, String) {
    send(page, Method::GET, path, &[]).await
}

fn header(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
}

#[tokio::test]
async fn every_view_is_the_one_document_and_is_asked_for_each_time() {
    let (_folder, page) = built();
    for path in ["/", "/inbox", "/inbox/0199a0a0-0000-7000-8000-000000000000", "/audit?day=x", "/signed-in?code=x"] {
        let (status, headers, text) = look(&page, path).await;
        assert_eq!((status, text.contains("<title>Royal")), (StatusCode::OK, true), "{path}");
        assert_eq!(header(&headers, "cache-control"), "no-cache", "{path}");
        assert_eq!(header(&headers, "content-type"), "text/html", "{path}");
    }
}

#[test]
fn every_address_that_the_page_makes_a_view_of_is_served() {
    let router = concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions/dashboard/src/app/router.tsx");
    let router = fs::read_to_string(router).unwrap();
    let first = |rest: &'_ str| rest.split(['/', '"']).next().unwrap_or_default().to_owned();
    let views: BTreeSet<String> = router.split("\"/").skip(1).map(first).filter(|view| !view.is_empty()).collect();
    assert_eq!(views, routes::VIEWS.map(str::to_owned).into());
}

#[tokio::test]
async fn what_is_not_the_pages_keeps_its_answer() {
    let (_folder, page) = built();
    for path in ["/nowhere", "/api/v1", "/api/v2/inbox", "/.env", "/dist/index.html", "/package.json", "/inboxes"] {
        let (status, _, text) = look(&page, path).await;
        assert_eq!((status, text.as_str()), (StatusCode::NOT_FOUND, "problem"), "{path}");
    }
    assert_eq!(look(&page, "/api/v1/actions").await.2, "actions");
    for path in ["/assets/", "/assets/none.js", "/assets/../../package.json", "/assets/%2e%2e/%2e%2e/package.json"] {
        let (status, headers, text) = look(&page, path).await;
        assert_eq!((status, text.as_str()), (StatusCode::NOT_FOUND, ""), "{path}");
        assert_eq!(header(&headers, "cache-control"), "no-store", "{path}");
    }
    assert_eq!(send(&page, Method::POST, "/inbox", &[]).await.0, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_has_its_hash_in_its_name_is_kept_for_ever_and_comes_small() {
    let (_folder, page) = built();
    let (status, headers, text) = look(&page, ASSET).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "export {};"));
    assert_eq!(header(&headers, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&headers, "content-type"), "text/javascript");
    let (_, headers, text) = send(&page, Method::GET, ASSET, &[("accept-encoding", "gzip")]).await;
    assert_eq!((header(&headers, "content-encoding").as_str(), text.as_str()), ("gzip", "packed"));
    let (_, headers, _) = look(&page, "/crown.svg").await;
    assert_eq!(
        (header(&headers, "content-type"), header(&headers, "cache-control")),
        ("image/svg+xml".into(), "no-cache".into())
    );
}

#[tokio::test]
async fn a_browser_may_run_our_scripts_and_talk_to_us_and_nothing_else() {
    let (_folder, page) = built();
    for path in ["/", ASSET, "/config.json", "/crown.svg", "/assets/none.js"] {
        let (_, headers, _) = look(&page, path).await;
        let policies: Vec<_> = headers.get_all("content-security-policy").iter().collect();
        assert_eq!(policies.len(), 1, "{path}");
        let mut rules: Vec<&str> = policies[0].to_str().unwrap().split("; ").collect();
        rules.sort_unstable();
        let only = [
            "base-uri 'none'",
            "connect-src 'self' ws://127.0.0.1:4700",
            "default-src 'none'",
            "font-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "img-src 'self'",
            "require-trusted-types-for 'script'",
            "script-src 'self'",
            "style-src 'self'",
        ];
        assert_eq!(rules, only, "{path}");
        assert_eq!(header(&headers, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&headers, "referrer-policy"), "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn the_page_has_one_name() {
    let (_folder, page) = built();
    let (status, headers, _) = send(&page, Method::GET, "/inbox/1?a=b", &[("host", "localhost:4700")]).await;
    assert_eq!(status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(header(&headers, "location"), "http://127.0.0.1:4700/inbox/1?a=b");
    for host in ["evil.example", "evil.example:4700", "localhost:4701", "127.0.0.1"] {
        assert_eq!(send(&page, Method::GET, "/", &[("host", host)]).await.0, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
}

#[tokio::test]
async fn the_page_is_told_where_people_sign_in_and_where_to_listen() {
    let (_, headers, text) = look(&built().1, "/config.json").await;
    assert_eq!(header(&headers, "cache-control"), "no-cache");
    let told: Value = serde_json::from_str(&text).unwrap();
    let wanted = json!({
        "sandbox": true,
        "issuer": "http://127.0.0.1:4700",
        "authorizationEndpoint": "http://127.0.0.1:4700/authorize",
        "tokenEndpoint": "http://127.0.0.1:4700/token",
        "clientId": "royal-api",
        "live": "ws://127.0.0.1:4700/live",
    });
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn where_there_is_no_page_it_is_said_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let page = Page::of(folder.path().to_owned());
    let cases = [(Page::default(), "started without its page", ""), (page.clone(), "--no-page", "")];
    for (page, word, refresh) in cases {
        let (status, headers, text) = look(&page, "/inbox").await;
        assert!(status == StatusCode::SERVICE_UNAVAILABLE && text.contains(word) && text.contains("/docs"), "{text}");
        assert!(header(&headers, "content-type").starts_with("text/plain"), "{text}");
        assert_eq!(header(&headers, "refresh"), refresh, "{text}");
    }
    page.is_absent_because("It is being built.", true);
    assert_eq!(header(&look(&page, "/").await.1, "refresh"), "2");
}
