//! What people say, good and bad.

use super::bench::Bench;
use crate::protocol::Said;
use domain::Role;
use policy::rules::live::Output;
use serde_json::{Value, json};

#[test]
fn what_cannot_be_understood_is_answered_with_the_field_and_what_to_send() {
    let many = vec!["a"; 65];
    let cases = [
        ("", "message"),
        ("hello", "message"),
        ("[]", "message"),
        ("null", "message"),
        ("{}", "message"),
        (r#"{"after":"00000000000000000001"}"#, "message"),
        (r#"{"subscribe":["a"],"unsubscribe":["b"]}"#, "message"),
        (r#"{"launch":true}"#, "launch"),
        (r#"{"subscribe":"approval:required"}"#, "subscribe"),
        (r#"{"subscribe":[]}"#, "subscribe"),
        (r#"{"subscribe":["a",7]}"#, "subscribe[1]"),
        (r#"{"subscribe":["a"],"after":7}"#, "after"),
        (r#"{"subscribe":["a"],"after":"7"}"#, "after"),
        (r#"{"subscribe":["a"],"after":"+0000000000000000001"}"#, "after"),
        (r#"{"subscribe":["a"],"after":"99999999999999999999"}"#, "after"),
        (r#"{"unsubscribe":["a"],"after":"00000000000000000001"}"#, "after"),
        (&json!({ "subscribe": many }).to_string(), "subscribe"),
        (&json!({ "ping": "x".repeat(300) }).to_string(), "ping"),
        (&"[".repeat(100_000), "message"),
    ];
    for (text, field) in cases {
        let wrong = Said::read(text).unwrap_err();
        let text: String = text.chars().take(60).collect();
        assert_eq!(wrong.field, field, "{text}");
        assert!(!wrong.reason.is_empty() && !wrong.fix.is_empty(), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_is_not_there_or_not_for_the_role_is_refused_and_nothing_is_subscribed() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Support).await;
    for (topic, says) in [("approval:reqired", "there is no topic"), ("ceo:decision", "your role is not told")] {
        bench.say("a=", json!({ "subscribe": ["approval:required", topic] })).await;
        let answer = bench.received("a=").pop().unwrap();
        let error = &answer["error"];
        assert_eq!(error["field"], "subscribe");
        assert!(error["reason"].as_str().unwrap().contains(says), "{answer}");
        assert!(error["fix"].as_str().unwrap().contains("approval:required"), "{answer}");
    }
    assert_eq!(bench.rows("TOPIC#").await, Vec::<String>::new());
    bench.happen("approval:required", [1]).await;
    assert_eq!(bench.numbers("a="), [0_u64; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_message_is_answered_and_the_connection_goes_on() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Owner).await;
    for bad in ["not json", r#"{"subscribe":{}}"#, r#"{"subscribe":["a"],"after":[]}"#] {
        assert_eq!(bench.say("a=", bad).await, json!({ "statusCode": 200 }));
        assert!(bench.received("a=").pop().unwrap()["error"]["fix"].is_string());
    }
    bench.say("a=", json!({ "ping": { "n": 1 } })).await;
    assert_eq!(bench.received("a=").pop().unwrap(), json!({ "pong": { "n": 1 } }));
    bench.say("a=", json!({ "subscribe": ["task:created"], "after": "00000000000000000000" })).await;
    let answer = bench.received("a=").pop().unwrap();
    assert_eq!(answer["subscribed"], json!(["task:created"]), "a ping is no subscription: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_told_no_more_hears_no_more_and_hears_nothing_of_the_time_between() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Owner).await;
    bench.say("a=", json!({ "subscribe": ["task:created", "approval:required"] })).await;
    bench.happen("task:created", [1]).await;
    bench.say("a=", json!({ "unsubscribe": ["task:created"] })).await;
    assert_eq!(bench.received("a=").pop().unwrap()["subscribed"], json!(["approval:required"]));
    bench.happen("task:created", [2]).await;
    bench.happen("approval:required", [3]).await;
    bench.happen("task:created", [4]).await;
    bench.say("a=", json!({ "subscribe": ["task:created"] })).await;
    bench.happen("task:created", [5]).await;
    assert_eq!(bench.numbers("a="), [1, 3, 5]);
    bench.say("a=", json!({ "subscribe": ["task:created"], "after": bench.last_id("a=") })).await;
    let answer: Value = bench.received("a=").pop().unwrap();
    assert_eq!(answer["error"]["field"], "after", "a place is named once: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_never_let_in_is_closed() {
    let bench = Bench::start().await;
    assert_eq!(bench.say("ghost=", json!({ "ping": 1 })).await, json!({ "statusCode": 200 }));
    assert!(bench.lines.closed.lock().unwrap().contains("ghost="));
    assert_eq!(bench.received("ghost="), [Value::Null; 0]);
}

#[test]
fn what_somebody_may_hear_is_named_when_something_else_is_asked_for() {
    let set = |topics: &[&str]| topics.iter().map(|topic| (*topic).to_owned()).collect();
    let none = Output::default();
    let some = Output { known: set(&["a", "b"]), heard: set(&["a"]) };
    let told = |topics: &[&str], rights: &Output| crate::rights::allowed(&set(topics), rights).unwrap_err();
    assert!(told(&["a"], &none).fix.contains("ask whoever"));
    assert_eq!(told(&["a", "b"], &some).fix, "use some of: a");
    assert_eq!(crate::rights::allowed(&set(&["a"]), &some), Ok(()));
}
