//! The authorization code flow, from the page's question to its token.

use super::{FORM, NOON, URL, claims, get, issuer, post};
use crate::Issuer;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use time::Duration;
use tower::ServiceExt as _;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const BACK: &str = "http%3A%2F%2F127.0.0.1%3A4700%2Fsigned-in";

/// The page's question, with these parts in place of the usual ones; an empty one is left out.
fn question(instead: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut parts = BTreeMap::from([
        ("response_type", "code"),
        ("client_id", "royal-api"),
        ("redirect_uri", BACK),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("scope", "openid"),
        ("state", "s%20%26"),
        ("nonce", "n-1"),
    ]);
    parts.extend(instead.iter().copied());
    let parts = parts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}"));
    parts.collect::<Vec<_>>().join("&")
}

/// Status, where it leads, and what it says.
async fn ask(issuer: &Issuer, request: Request<Body>) -> (StatusCode, String, String) {
    let answer = issuer.router().oneshot(request).await.unwrap();
    let to = answer.headers().get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, to, String::from_utf8(body.to_vec()).unwrap())
}

/// The code for olivia, who was chosen on the page.
async fn code(issuer: &Issuer, question: &str) -> String {
    let (status, to, _) = ask(issuer, post("/authorize", FORM, &format!("{question}&person=olivia"))).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let query = to.strip_prefix(&format!("{URL}/signed-in?code=")).unwrap_or_else(|| panic!("{to}"));
    query.split('&').next().unwrap().replace("%2D", "-").replace("%5F", "_")
}

fn grant(code: &str, verifier: &str) -> String {
    format!(
        "grant_type=authorization_code&code={code}&redirect_uri={BACK}&client_id=royal-api&code_verifier={verifier}"
    )
}

async fn exchange(issuer: &Issuer, body: &str) -> (StatusCode, Value) {
    let (status, _, told) = ask(issuer, post("/token", FORM, body)).await;
    (status, serde_json::from_str(&told).unwrap())
}

#[tokio::test]
async fn who_is_chosen_gets_a_token_with_name_role_and_nonce() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    let (status, _, page) = ask(&issuer, get(&format!("/authorize?{}", question(&[])))).await;
    assert!(status == StatusCode::OK && page.contains("SANDBOX") && page.contains("Olivia Owner"), "{page}");
    assert!(page.contains("value=\"s &amp;\"") && !page.contains("<script"), "{page}");
    let (status, told) = exchange(&issuer, &grant(&code(&issuer, &question(&[])).await, VERIFIER)).await;
    assert_eq!((status, &told["token_type"], &told["expires_in"]), (StatusCode::OK, &"Bearer".into(), &43_200.into()));
    assert_eq!(told["access_token"], told["id_token"]);
    insta::assert_json_snapshot!(claims(&issuer, told["id_token"].as_str().unwrap()));
}

#[tokio::test]
async fn the_answer_names_the_state_and_the_issuer() {
    let dir = tempfile::tempdir().unwrap();
    let body = format!("{}&person=sam", question(&[]));
    let (_, to, _) = ask(&issuer(dir.path()), post("/authorize", FORM, &body)).await;
    assert!(to.ends_with("&state=s%20%26&iss=http%3A%2F%2F127%2E0%2E0%2E1%3A4700"), "{to}");
}

#[tokio::test]
async fn a_code_is_good_once_for_two_minutes_and_for_whoever_asked() {
    let dir = tempfile::tempdir().unwrap();
    let minutes = Arc::new(AtomicI64::new(0));
    let passed = Arc::clone(&minutes);
    let issuer = issuer(dir.path()).with_clock(move || NOON + Duration::seconds(passed.load(Ordering::Relaxed)));
    let refused = |(status, told): (StatusCode, Value)| {
        assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &"invalid_grant".into()), "{told}");
    };
    let used = code(&issuer, &question(&[])).await;
    assert_eq!(exchange(&issuer, &grant(&used, VERIFIER)).await.0, StatusCode::OK);
    refused(exchange(&issuer, &grant(&used, VERIFIER)).await);

    let stolen = code(&issuer, &question(&[])).await;
    refused(exchange(&issuer, &grant(&stolen, "what-a-thief-would-have-to-guess-first-of-all")).await);
    refused(exchange(&issuer, &grant(&stolen, VERIFIER)).await);

    let old = code(&issuer, &question(&[])).await;
    minutes.store(120, Ordering::Relaxed);
    refused(exchange(&issuer, &grant(&old, VERIFIER)).await);

    let elsewhere = grant(&code(&issuer, &question(&[])).await, VERIFIER).replace("signed-in", "other");
    refused(exchange(&issuer, &elsewhere).await);
    refused(exchange(&issuer, &grant("", "")).await);
}

#[tokio::test]
async fn another_page_is_told_nothing_and_nobody_is_sent_there() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    let elsewhere = [
        ("redirect_uri", "https%3A%2F%2Fevil.example%2Fsigned-in"),
        ("redirect_uri", "http%3A%2F%2F127.0.0.1%3A4700%2Fsigned-in%2F.."),
        ("redirect_uri", "http%3A%2F%2F127.0.0.1%3A4700.evil.example%2Fsigned-in"),
        ("redirect_uri", "%2Fsigned-in"),
        ("redirect_uri", ""),
        ("client_id", "another"),
        ("client_id", ""),
    ];
    for part in elsewhere {
        let question = question(&[part]);
        for request in
            [get(&format!("/authorize?{question}")), post("/authorize", FORM, &format!("{question}&person=olivia"))]
        {
            let (status, to, _) = ask(&issuer, request).await;
            assert_eq!((status, to.as_str()), (StatusCode::BAD_REQUEST, ""), "{part:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_question_goes_back_with_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    let long = "x".repeat(513);
    let cases = [
        (("response_type", "token"), "unsupported_response_type"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("nonce", long.as_str()), "invalid_request"),
        (("state", long.as_str()), "invalid_request"),
    ];
    for (part, error) in cases {
        let (status, to, _) = ask(&issuer, get(&format!("/authorize?{}", question(&[part])))).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{part:?}");
        let begin = format!("{URL}/signed-in?error={}&", error.replace('_', "%5F"));
        assert!(to.starts_with(&begin) && to.len() < 600, "{part:?}: {to}");
    }
}

#[tokio::test]
async fn nobody_is_not_somebody() {
    let dir = tempfile::tempdir().unwrap();
    let issuer = issuer(dir.path());
    for person in ["", "&person=nobody", "&person=Olivia%20Owner"] {
        let (status, to, _) = ask(&issuer, post("/authorize", FORM, &format!("{}{person}", question(&[])))).await;
        assert_eq!((status, to.as_str()), (StatusCode::BAD_REQUEST, ""), "{person}");
    }
    let (status, told) = exchange(&issuer, "grant_type=password&person=olivia").await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &"unsupported_grant_type".into()));
}
