//! The shop's app asks for what the system needs, and for nothing else.

use std::collections::BTreeSet;

const APP: &str = include_str!("../../infra/shopify.app.toml");
const READ: &str = include_str!("../../functions/edge/webhooks/src/shopify/said.rs");

/// Every `"<thing>/<what happened>"` in a text.
fn topics(text: &str) -> BTreeSet<&str> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(|text| text.split_once('/').is_some_and(|(thing, what)| is_word(thing) && is_word(what))).collect()
}

#[test]
fn the_app_asks_for_the_scopes_that_the_documents_need() {
    let scopes = APP.lines().find_map(|line| line.strip_prefix("scopes = ")).unwrap();
    assert_eq!(scopes.trim_matches('"').split(',').collect::<Vec<_>>(), ::shopify::SCOPES);
}

#[test]
fn the_app_asks_for_the_topics_that_are_read_and_for_no_others() {
    assert_eq!(topics(APP), topics(READ));
    assert!(topics(APP).contains("shop/redact"));
}

#[test]
fn the_app_speaks_the_version_of_the_api_that_the_documents_were_written_for() {
    assert!(APP.contains(&format!("api_version = \"{}\"", ::shopify::API_VERSION)));
}
