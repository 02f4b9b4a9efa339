mod authorize;

use super::*;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::Value;
use time::macros::datetime;
use tower::ServiceExt as _;

const URL: &str = "http://127.0.0.1:4700";
const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

fn issuer(dir: &Path) -> Issuer {
    Issuer::open(dir, URL, "royal-api").unwrap().with_clock(|| NOON)
}

async fn send(issuer: &Issuer, request: Request<Body>) -> (StatusCode, String) {
    let answer = issuer.router().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, "127.0.0.1:4700").body(Body::empty()).unwrap()
}

fn post(path: &str, kind: &str, body: &str) -> Request<Body> {
    let request = Request::post(path).header(header::HOST, "localhost:4700");
    request.header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap()
}

const FORM: &str = "application/x-www-form-urlencoded";

fn claims(issuer: &Issuer, token: &str) -> Value {
    let key = DecodingKey::from_jwk(&issuer.keys().published().keys[0]).unwrap();
    let mut rules = Validation::new(Algorithm::ES256);
    rules.validate_exp = false;
    rules.set_audience(&["royal-api"]);
    jsonwebtoken::decode::<Value>(token, &key, &rules).unwrap().claims
}

#[test]
fn a_token_verifies_with_the_published_key_after_a_restart_too() {
    let dir = tempfile::tempdir().unwrap();
    let token = issuer(dir.path()).token("olivia", &[Role::Owner]).unwrap();
    let claims = claims(&issuer(dir.path()), &token);
    insta::assert_json_snapshot!(claims);
}

#[test]
fn a_file_that_is_no_key_is_named_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sign-in-key.der");
    std::fs::write(&path, "not a key").unwrap();
    let error = Issuer::open(dir.path(), URL, "royal-api").err().unwrap().to_string();
    assert!(error.contains("sign-in-key.der"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), b"not a key");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    drop(issuer(dir.path()));
    let mode = std::fs::metadata(dir.path().join("sign-in-key.der")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn curl_gets_a_token_by_form_or_json() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    let cases = [
        (FORM, "role=finance", "fatima", "finance"),
        (FORM, "person=sam", "sam", "support"),
        ("application/json", r#"{"role":"owner","person":"grace"}"#, "grace", "owner"),
    ];
    for (kind, body, person, role) in cases {
        let (status, body) = send(&issuer, post("/token", kind, body)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let given: Value = serde_json::from_str(&body).unwrap();
        let claims = claims(&issuer, given["token"].as_str().unwrap());
        assert_eq!((claims["sub"].as_str(), claims["royal_roles"][0].as_str()), (Some(person), Some(role)));
    }
}

#[tokio::test]
async fn a_wrong_request_for_a_token_says_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    let cases = [
        (FORM, "role=king", "role"),
        (FORM, "person=nobody", "role"),
        (FORM, "colour=red", "colour"),
        ("application/json", "{", "EOF"),
        (FORM, "role=owner&person=a%20b", "account"),
    ];
    for (kind, body, word) in cases {
        let (status, told) = send(&issuer, post("/token", kind, body)).await;
        assert!(status == StatusCode::BAD_REQUEST && told.contains(word), "{body}: {status} {told}");
    }
}

#[tokio::test]
async fn another_name_for_this_machine_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    for host in ["evil.example", "127.0.0.1.evil.example:4700", "localhost.evil"] {
        let request = Request::get("/jwks.json").header(header::HOST, host).body(Body::empty()).unwrap();
        assert_eq!(send(&issuer, request).await.0, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let (status, keys) = send(&issuer, get("/jwks.json")).await;
    assert!(status == StatusCode::OK && !keys.contains("\"d\""), "{keys}");
}

#[tokio::test]
async fn discovery_names_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let (_, body) = send(&issuer(dir.path()), get("/.well-known/openid-configuration")).await;
    insta::assert_json_snapshot!(serde_json::from_str::<Value>(&body).unwrap());
}
