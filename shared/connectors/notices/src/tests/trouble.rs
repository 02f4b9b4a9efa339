//! Every way in which a sending can fail: what may be out is told apart from what certainly is not.

use super::bench::{Bench, notice};
use crate::{Channel, Chat, Fault, Mail, channels};
use serde_json::{Value, json};
use std::time::Duration;

fn both(bench: &Bench) -> [Box<dyn Channel>; 2] {
    let (mut mail, mut chat) = (Mail::new(&bench.env), Chat::new(&bench.env));
    mail.remote.timeout = Duration::from_millis(300);
    chat.remote.timeout = Duration::from_millis(300);
    [Box::new(mail), Box::new(chat)]
}

fn name(fault: &Fault) -> &'static str {
    match fault {
        Fault::Off(_) => "off",
        Fault::Later { .. } => "later",
        Fault::Refused(_) => "refused",
        Fault::Doubt(_) => "doubt",
    }
}

#[tokio::test]
async fn a_lost_answer_is_a_doubt_and_is_not_sent_again() {
    for (kind, out) in [
        ("internal_error_before", 0),
        ("internal_error_after", 1),
        ("dropped_before", 0),
        ("dropped_after", 1),
        ("silent", 1),
    ] {
        for n in 0..2 {
            let bench = Bench::open().await;
            bench.faults(&json!({ "kind": kind })).await;
            let fault = both(&bench)[n].send(&notice("Sell the mug")).await.unwrap_err();
            assert_eq!(name(&fault), "doubt", "{kind}: {fault}");
            assert_eq!(bench.sent().await.0.len(), out, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_service_that_asks_for_patience_gets_it_and_the_notice_once() {
    for n in 0..2 {
        let bench = Bench::open().await;
        bench.faults(&json!({ "kind": "too_many_requests" })).await;
        both(&bench)[n].send(&notice("Sell the mug")).await.unwrap();
        assert_eq!(bench.sent().await.0.len(), 1);
    }
}

#[tokio::test]
async fn patience_ends_and_nothing_was_sent() {
    for (kind, times) in [("too_many_requests", 3), ("denied", 3)] {
        for n in 0..2 {
            let bench = Bench::open().await;
            bench.faults(&json!({ "kind": kind, "times": times })).await;
            let fault = both(&bench)[n].send(&notice("Sell the mug")).await.unwrap_err();
            assert_eq!(name(&fault), "later", "{kind}: {fault}");
            assert_eq!(bench.sent().await.0.len(), 0, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_got_nothing() {
    let bench = Bench::open().await.with_secrets(&[("slack-webhook", "http://127.0.0.1:9/services/T/B/secret")]);
    let fault = Chat::new(&bench.env).send(&notice("Sell the mug")).await.unwrap_err();
    assert_eq!(name(&fault), "later");
    assert!(!fault.to_string().contains("secret"), "the address is the credential: {fault}");
}

#[tokio::test]
async fn a_channel_without_its_credential_is_off_and_the_other_is_not() {
    let bench = Bench::open().await.with_secrets(&[("sendgrid-key", "SG.sandbox")]);
    let [mail, chat] = both(&bench);
    assert_eq!(mail.ready().await, Ok(()));
    let off = chat.ready().await.unwrap_err();
    assert_eq!(name(&off), "off");
    assert!(off.to_string().contains("`slack-webhook`"), "{off}");
    assert_eq!(name(&chat.send(&notice("Sell the mug")).await.unwrap_err()), "off");
    assert_eq!(channels(&bench.env).iter().map(|channel| channel.name()).collect::<Vec<_>>(), ["mail", "chat"]);
}

#[tokio::test]
async fn a_service_that_keeps_failing_is_left_alone_and_asked_again_later() {
    let bench = Bench::open().await;
    bench.faults(&json!({ "kind": "internal_error_before", "times": 5 })).await;
    let [mail, _] = both(&bench);
    for _ in 0..5 {
        assert_eq!(name(&mail.send(&notice("Sell the mug")).await.unwrap_err()), "doubt");
    }
    assert_eq!(name(&mail.send(&notice("Sell the mug")).await.unwrap_err()), "later");
    assert_eq!(bench.sent().await.0.len(), 0, "it was not even asked");
    bench.pass(time::Duration::minutes(1));
    mail.send(&notice("Sell the mug")).await.unwrap();
    assert_eq!(bench.sent().await.0.len(), 1);
}

#[tokio::test]
async fn a_role_without_an_address_is_told_through_the_owners() {
    let bench = Bench::open().await;
    let [mail, _] = both(&bench);
    mail.send(&crate::Notice::new("k", &[domain::Role::Support], "Approval needed", "a reply")).await.unwrap();
    let to = bench.sent().await.0[0]["personalizations"].clone();
    let to: Vec<&Value> = to.as_array().unwrap().iter().map(|one| &one["to"][0]["email"]).collect();
    assert_eq!(to, ["ann@shop.example", "bob@shop.example"]);
}
