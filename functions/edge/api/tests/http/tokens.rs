//! Which tokens are accepted, and which never.

use crate::bench::{Bench, ISSUER, NOON};
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair as RsaKeyPair, KeySize},
    signature::Ed25519KeyPair,
};
use axum::{
    body::Body,
    http::{Request, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};
use time::Duration;

pub(crate) const PATH: &str = "/api/v1/actions";

/// Claims that are good at noon.
pub(crate) fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "royal-api", "sub": "olivia", "royal_roles": ["owner"],
        "exp": (NOON + Duration::hours(1)).unix_timestamp(),
    })
}

pub(crate) fn but(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

/// A key of ours, published by the issuer under `kid`.
pub(crate) fn own_key(bench: &Bench, kid: &str, algorithm: Algorithm) -> EncodingKey {
    let key = match algorithm {
        Algorithm::RS256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
            let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
            // the RSA key itself is what the PKCS #8 envelope of 26 bytes holds
            EncodingKey::from_rsa_der(&der.as_ref()[26..])
        }
        _ => EncodingKey::from_ed_der(Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref()),
    };
    let mut public = Jwk::from_encoding_key(&key, algorithm).unwrap();
    public.common.key_id = Some(kid.to_owned());
    bench.jwks.add(serde_json::to_value(public).unwrap());
    key
}

pub(crate) fn sign(kid: &str, algorithm: Algorithm, key: &EncodingKey, claims: &Value) -> String {
    let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, key).unwrap()
}

pub(crate) fn with_token(token: &str) -> Request<Body> {
    Request::get(PATH).header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn each_allowed_algorithm_is_accepted_with_a_key_of_its_kind() {
    let bench = Bench::start().await;
    let keys = [("rsa", Algorithm::RS256), ("ed", Algorithm::EdDSA)];
    let keys = keys.map(|(kid, algorithm)| (kid, algorithm, own_key(&bench, kid, algorithm)));
    for (kid, algorithm, key) in keys {
        bench.send(with_token(&sign(kid, algorithm, &key, &claims()))).await.with(200);
    }
    bench.get(("olivia", domain::Role::Owner), PATH).await.with(200);
}

#[tokio::test]
async fn a_token_with_a_wrong_claim_is_refused() {
    let bench = Bench::start().await;
    let key = own_key(&bench, "ed", Algorithm::EdDSA);
    let at = |offset: i64| json!(NOON.unix_timestamp() + offset);
    let refused = [
        ("another issuer", but("iss", json!("https://evil.example"))),
        ("a list of issuers", but("iss", json!([ISSUER, "https://evil.example"]))),
        ("another audience", but("aud", json!("royal-shop"))),
        ("no audience", without("aud")),
        ("no issuer", without("iss")),
        ("no expiry", without("exp")),
        ("no subject", without("sub")),
        ("an empty subject", but("sub", json!(""))),
        ("a subject with a line break", but("sub", json!("olivia\nroot"))),
        ("an endless subject", but("sub", json!("x".repeat(129)))),
        ("expired beyond the leeway", but("exp", at(-60))),
        ("an expiry that is text", but("exp", json!("tomorrow"))),
        ("not valid yet", but("nbf", at(61))),
        ("roles that are no list", but("royal_roles", json!("owner"))),
    ];
    for (what, claims) in refused {
        let answer = bench.send(with_token(&sign("ed", Algorithm::EdDSA, &key, &claims))).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        answer.problem(401, "token");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{what}");
    }
    for (what, claims) in [("just expired", but("exp", at(-59))), ("almost valid", but("nbf", at(60)))] {
        let answer = bench.send(with_token(&sign("ed", Algorithm::EdDSA, &key, &claims))).await;
        assert_eq!(answer.status, 200, "{what}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_token_that_chooses_its_own_algorithm_is_refused() {
    let bench = Bench::start().await;
    let ed = own_key(&bench, "ed", Algorithm::EdDSA);
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none", "kid": "ed"})), part(&claims()));
    let good = sign("ed", Algorithm::EdDSA, &ed, &claims());
    let (head, signature) = good.rsplit_once('.').unwrap();
    let (header, _) = head.split_once('.').unwrap();
    let forged = format!("{header}.{}.{signature}", part(&but("royal_roles", json!(["owner", "finance"]))));
    // the public key as the secret of an HMAC
    let public = bench.jwks_text();
    let confused = sign("ed", Algorithm::HS256, &EncodingKey::from_secret(public.as_bytes()), &claims());
    let stranger = EncodingKey::from_ed_der(Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref());
    let critical = {
        let header = Header { kid: Some("ed".into()), crit: Some(vec!["b64".into()]), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims(), &ed).unwrap()
    };
    let tokens = [
        ("no signature", unsigned.clone()),
        (
            "no signature, capital letters",
            unsigned.replace(&part(&json!({"alg": "none", "kid": "ed"})), &part(&json!({"alg": "None", "kid": "ed"}))),
        ),
        ("changed claims", forged),
        ("a secret made of the public key", confused),
        ("another key under a known id", sign("ed", Algorithm::EdDSA, &stranger, &claims())),
        ("an unknown key id", sign("nobody", Algorithm::EdDSA, &ed, &claims())),
        ("a header that must be understood", critical),
        ("half a token", good.rsplit_once('.').unwrap().0.to_owned()),
        ("no token at all", "hello".into()),
        ("an endless one", "x".repeat(9000)),
    ];
    for (what, token) in tokens {
        let answer = bench.send(with_token(&token)).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        assert!(!answer.text.contains(&token), "{what}: the token is repeated");
    }
}

#[tokio::test]
async fn whoever_brings_no_single_bearer_token_is_asked_to_sign_in() {
    let bench = Bench::start().await;
    let good = format!("Bearer {}", bench.token("olivia", domain::Role::Owner));
    let none = Request::get(PATH);
    let basic = Request::get(PATH).header(header::AUTHORIZATION, "Basic b2xpdmlhOng=");
    let two = Request::get(PATH).header(header::AUTHORIZATION, &good).header(header::AUTHORIZATION, &good);
    let cookie =
        Request::get(PATH).header(header::COOKIE, format!("token={}", bench.token("olivia", domain::Role::Owner)));
    let query = Request::get(format!("{PATH}?access_token=x"));
    for (what, request) in [("none", none), ("basic", basic), ("two", two), ("cookie", cookie), ("query", query)] {
        let answer = bench.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_missing_setting_is_named_by_every_protected_route_and_health_stays_ok() {
    let cases = [("ROYAL_ISSUER", vec![("ROYAL_ISSUER", "")]), ("ROYAL_JWKS", vec![("ROYAL_JWKS", "")])];
    for (name, settings) in cases {
        let bench = Bench::with(&settings).await;
        let token = bench.token("olivia", domain::Role::Owner);
        let problem = bench.send(with_token(&token)).await.problem(503, "not-configured");
        assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
        let health = bench.send(Request::get("/healthz").body(Body::empty()).unwrap()).await;
        assert_eq!((health.status.as_u16(), health.text.as_str()), (200, "ok"));
        let ready = bench.send(Request::get("/readyz").body(Body::empty()).unwrap()).await.with(200);
        assert_eq!(ready["missingSettings"], json!([name]));
    }
}

#[tokio::test]
async fn groups_of_cognito_are_roles_and_unknown_ones_are_not() {
    let bench = Bench::start().await;
    let key = own_key(&bench, "ed", Algorithm::EdDSA);
    let mut cognito = without("royal_roles");
    cognito["cognito:groups"] = json!(["eu-west-1_x_Google", "auditor"]);
    bench.send(with_token(&sign("ed", Algorithm::EdDSA, &key, &cognito))).await.with(200);
    let nobody = but("royal_roles", json!(["king"]));
    let answer = bench.send(with_token(&sign("ed", Algorithm::EdDSA, &key, &nobody))).await;
    answer.problem(403, "forbidden");
}
