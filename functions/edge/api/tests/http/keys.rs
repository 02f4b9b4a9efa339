//! The issuer's keys: which are used, and when they are fetched.

use crate::{
    bench::{Bench, NOON},
    tokens::{PATH, but, claims, own_key, sign, with_token},
};
use jsonwebtoken::Algorithm;
use serde_json::json;
use time::Duration;

#[tokio::test]
async fn a_key_published_for_something_else_is_not_used() {
    let bench = Bench::start().await;
    let key = own_key(&bench, "ed", Algorithm::EdDSA);
    let published = bench.jwks_value()["keys"].as_array().unwrap().last().unwrap().clone();
    for (name, value) in [("use", "enc"), ("alg", "RS256")] {
        let mut other = published.clone();
        other[name] = json!(value);
        other["kid"] = json!(name);
        bench.jwks.add(other);
        let answer = bench.send(with_token(&sign(name, Algorithm::EdDSA, &key, &claims()))).await;
        assert_eq!(answer.status, 401, "{name}: {}", answer.text);
        bench.pass(Duration::minutes(1));
    }
}

#[tokio::test]
async fn new_keys_are_found_but_nobody_makes_us_fetch_all_the_time() {
    let bench = Bench::start().await;
    bench.get(("olivia", domain::Role::Owner), PATH).await.with(200);
    assert_eq!(bench.jwks.fetches(), 1);
    let key = own_key(&bench, "new", Algorithm::EdDSA);
    let token = sign("new", Algorithm::EdDSA, &key, &claims());
    for _ in 0..5 {
        assert_eq!(bench.send(with_token(&token)).await.status, 401);
    }
    assert_eq!(bench.jwks.fetches(), 1, "not before half a minute has passed");
    bench.pass(Duration::seconds(30));
    bench.send(with_token(&token)).await.with(200);
    bench.get(("olivia", domain::Role::Owner), PATH).await.with(200);
    assert_eq!(bench.jwks.fetches(), 2);
}

#[tokio::test]
async fn a_withdrawn_key_is_forgotten_and_an_issuer_that_is_away_is_survived() {
    let bench = Bench::start().await;
    let key = own_key(&bench, "old", Algorithm::EdDSA);
    let long = but("exp", json!((NOON + Duration::days(1)).unix_timestamp()));
    let token = sign("old", Algorithm::EdDSA, &key, &long);
    bench.send(with_token(&token)).await.with(200);
    bench.jwks.publish(None);
    bench.pass(Duration::hours(5));
    bench.send(with_token(&token)).await.with(200);
    bench.pass(Duration::hours(2));
    let problem = bench.send(with_token(&token)).await;
    problem.problem(503, "unavailable");
    assert!(!problem.header("retry-after").is_empty());
    bench.jwks.publish(Some(json!({ "keys": [] })));
    bench.pass(Duration::minutes(1));
    bench.send(with_token(&token)).await.problem(401, "token");
}
