//! Many at once.

use super::bench::{Bench, STUCK};
use domain::Role;
use futures::future::join_all;
use serde_json::json;
use std::sync::atomic::Ordering;

#[tokio::test(flavor = "multi_thread")]
async fn however_many_send_at_once_everybody_hears_everything_once_and_in_one_order() {
    let bench = Bench::start().await;
    let people = ["a=", "b=", "c=", "d="];
    for id in people {
        bench.connect(id, Role::Owner).await;
        bench.say(id, json!({ "subscribe": ["approval:required"] })).await;
    }
    bench.lines.slow.store(12, Ordering::Relaxed);
    let batches = (0..20).map(|batch| bench.happen("approval:required", batch * 10..batch * 10 + 10));
    join_all(batches).await;
    let ids = |id: &str| {
        let received = bench.received(id);
        received.iter().filter_map(|m| m["id"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    for id in people {
        let (mut numbers, ids) = (bench.numbers(id), ids(id));
        assert!(ids.is_sorted_by(|a, b| a < b), "{id}: {ids:?}");
        numbers.sort_unstable();
        assert_eq!(numbers, (0..200).collect::<Vec<_>>(), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_and_goes_while_much_happens_misses_nothing_and_hears_nothing_twice() {
    let bench = Bench::start().await;
    bench.connect("first=", Role::Owner).await;
    bench.say("first=", json!({ "subscribe": ["approval:required"] })).await;
    let mut last = bench.received("first=")[0]["after"].as_str().unwrap().to_owned();
    bench.leave("first=").await;
    bench.lines.slow.store(3, Ordering::Relaxed);
    let happening = join_all((0..30).map(|batch| bench.happen("approval:required", batch * 4..batch * 4 + 4)));
    let coming = async {
        let mut heard = Vec::new();
        for visit in 0..15 {
            let id = format!("visit-{visit}=");
            bench.connect(&id, Role::Owner).await;
            bench.say(&id, json!({ "subscribe": ["approval:required"], "after": last })).await;
            // What arrives from here on is lost with the connection.
            bench.lines.gone.lock().unwrap().insert(id.clone());
            let received = bench.received(&id);
            heard.extend(received.iter().filter_map(|m| m["data"]["number"].as_u64()));
            let mut ids = received.iter().filter_map(|m| m["id"].as_str());
            last = ids.next_back().map_or(last, str::to_owned);
        }
        (heard, last)
    };
    let (_, (mut heard, last)) = tokio::join!(happening, coming);
    bench.connect("last=", Role::Owner).await;
    bench.say("last=", json!({ "subscribe": ["approval:required"], "after": last })).await;
    heard.extend(bench.numbers("last="));
    heard.sort_unstable();
    assert_eq!(heard, (0..120).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_connection_is_forgotten_and_the_others_hear() {
    let bench = Bench::start().await;
    for id in ["a=", "b="] {
        bench.connect(id, Role::Owner).await;
        bench.say(id, json!({ "subscribe": ["approval:required", "task:created"] })).await;
    }
    bench.lines.gone.lock().unwrap().insert("a=".to_owned());
    bench.happen("approval:required", [1]).await;
    assert_eq!((bench.numbers("a="), bench.numbers("b=")), (vec![], vec![1]));
    assert_eq!(bench.rows("CONN#").await, ["CONN#b="]);
    assert_eq!(bench.rows("TOPIC#").await, ["TOPIC#approval:required", "TOPIC#task:created"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_takes_too_long_is_let_go_and_loses_nothing_by_it() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Owner).await;
    bench.say("a=", json!({ "subscribe": ["approval:required"] })).await;
    let after = bench.received("a=")[0]["after"].as_str().unwrap().to_owned();
    bench.lines.slow.store(STUCK, Ordering::Relaxed);
    bench.happen("approval:required", [1, 2]).await;
    assert!(bench.lines.closed.lock().unwrap().contains("a="));
    assert_eq!(bench.rows("CONN#").await, Vec::<String>::new());
    bench.lines.slow.store(0, Ordering::Relaxed);
    bench.connect("b=", Role::Owner).await;
    bench.say("b=", json!({ "subscribe": ["approval:required"], "after": after })).await;
    assert_eq!(bench.numbers("b="), [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_no_event_fails_alone() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Owner).await;
    bench.say("a=", json!({ "subscribe": ["approval:required"] })).await;
    let detail = json!({ "id": "1.0", "at": "2026-11-20T12:00:00Z", "number": 1 });
    let body = |value: serde_json::Value| value.to_string();
    let records = json!([
        { "messageId": "bad-1", "body": "hello" },
        { "messageId": "good", "body": body(json!({ "detail-type": "approval:required", "detail": detail })) },
        { "messageId": "bad-2", "body": body(json!({ "detail-type": "approval:required", "detail": {} })) },
    ]);
    let answer = bench.invoke(json!({ "Records": records })).await;
    let failed = json!([{ "itemIdentifier": "bad-1" }, { "itemIdentifier": "bad-2" }]);
    assert_eq!((answer["batchItemFailures"].clone(), bench.numbers("a=")), (failed, vec![1]));
}
