use crate::{Message, routes};
use domain::task::Wake;
use serde_json::{Value, json};
use store::stream::Change;
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

fn told(record: &Value) -> Vec<Message> {
    routes(&Change::read(record).unwrap(), NOW).unwrap()
}

fn queues(messages: &[Message]) -> Vec<(String, i32)> {
    let queue = |message: &Message| match message {
        Message::Wake { queue, delay, .. } => Some((queue.clone(), *delay)),
        Message::Event { .. } => None,
    };
    messages.iter().filter_map(queue).collect()
}

fn one(queue: &str, delay: i32) -> Vec<(String, i32)> {
    vec![(queue.to_owned(), delay)]
}

fn action(status: &str, old: Option<&str>, change: impl Fn(&mut Value)) -> Vec<Message> {
    let mut body: Value = serde_json::from_str(include_str!("../../../../events/stream/action.json")).unwrap();
    body["status"] = json!(status);
    change(&mut body);
    let image = |status: &str| json!({ "status": { "S": status }, "body": { "S": body.to_string() } });
    let old = old.map_or(json!(null), image);
    told(&json!({
        "eventName": "MODIFY",
        "dynamodb": { "Keys": { "pk": { "S": "ACTION#1" }, "sk": { "S": "STATE" } }, "NewImage": image(status), "OldImage": old }
    }))
}

#[test]
fn every_record_of_the_sample_event_goes_where_it_belongs() {
    let event: Value = serde_json::from_str(include_str!("../../../../events/stream/relay.json")).unwrap();
    let went: Vec<_> = event["Records"].as_array().unwrap().iter().map(|record| queues(&told(record))).collect();
    assert_eq!(went, [one("gate", 0), one("product-vetting", 0), one("product-manager", 0), vec![]]);
}

#[test]
fn an_audit_row_gives_rise_to_nothing() {
    let keys = json!({ "pk": { "S": "TASK#1" }, "sk": { "S": "AUDIT#0000000001" } });
    let image = json!({ "body": { "S": "{}" } });
    let record = json!({ "eventName": "INSERT", "dynamodb": { "Keys": keys, "NewImage": image } });
    assert_eq!(told(&record), []);
}

#[test]
fn a_granted_action_goes_to_its_executor_alone_and_later_after_each_attempt() {
    for (attempt, delay) in [(0, 0), (1, 2), (2, 4), (5, 32)] {
        let messages = action("GRANTED", Some("EXECUTING"), |body| body["grant"]["attempt"] = json!(attempt));
        assert_eq!(queues(&messages), one("storefront", delay));
    }
}

#[test]
fn a_doubtful_action_is_asked_about_only_after_its_claim_has_ended() {
    let messages =
        action("UNKNOWN", Some("EXECUTING"), |body| body["grant"]["claimedUntil"] = json!("2026-11-20T12:01:30Z"));
    assert_eq!(queues(&messages), one("storefront", 91));
}

#[test]
fn a_waiting_action_wakes_nobody_who_could_execute_it() {
    for status in ["PENDING", "CEO_REVIEW", "HELD", "EXECUTING", "DENIED", "REJECTED"] {
        let messages = action(status, Some("PROPOSED"), |body| body["journey"] = json!(null));
        assert!(queues(&messages).iter().all(|(queue, _)| queue != "storefront"), "{status}");
    }
}

#[test]
fn a_settled_action_of_a_journey_is_told_to_the_cluster_manager() {
    let messages = action("EXECUTED", Some("EXECUTING"), |_| {});
    assert_eq!(queues(&messages), one("product-manager", 0));
    assert!(matches!(&messages[1], Message::Event { name: "action:executed", .. }));
    let Message::Wake { wake: Wake::Action { .. }, .. } = &messages[0] else { panic!("{messages:?}") };
}
