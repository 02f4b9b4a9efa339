use crate::{Message, routes};
use domain::task::Wake;
use serde_json::{Value, json};
use store::stream::Change;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339, macros::datetime};

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

fn row(pk: &str, old: Value, new: Value) -> Value {
    let keys = json!({ "pk": { "S": pk }, "sk": { "S": "STATE" } });
    json!({ "eventName": "MODIFY", "dynamodb": {
        "Keys": keys, "OldImage": old, "NewImage": new,
        "SequenceNumber": "100000000000000000007", "ApproximateCreationDateTime": 1_763_640_001.0,
    }})
}

fn events(messages: &[Message]) -> Vec<(&'static str, Value)> {
    let event = |message: &Message| match message {
        Message::Event { name, detail } => Some((*name, detail.clone())),
        Message::Wake { .. } => None,
    };
    messages.iter().filter_map(event).collect()
}

#[test]
fn an_agent_is_told_of_when_it_begins_to_fail_and_when_it_works_again_and_not_in_between() {
    let outcome = |outcome: Option<&str>| outcome.map_or(json!({}), |o| json!({ "last_outcome": { "S": o } }));
    let cases = [
        (None, "succeeded", None),
        (None, "failed", Some("failing")),
        (Some("succeeded"), "failed", Some("failing")),
        (Some("failed"), "failed", None),
        (Some("failed"), "succeeded", Some("working")),
        (Some("succeeded"), "succeeded", None),
    ];
    for (old, new, status) in cases {
        let told = events(&told(&row("AGENT#product-scout", outcome(old), outcome(Some(new)))));
        let expected =
            status.map(|s| ("agent:status", json!({ "agent": "product-scout", "status": s, "reason": null })));
        assert_eq!(told, expected.into_iter().collect::<Vec<_>>(), "{old:?} then {new}");
    }
}

#[test]
fn a_changed_switch_names_what_is_stopped_and_the_agents_it_stopped_or_let_go() {
    let image = |scopes: &[&str]| {
        let stop = json!({ "by": "ann", "reason": "too many returns", "at": "2026-11-20T12:00:00Z" });
        let stops: serde_json::Map<String, Value> = scopes.iter().map(|s| ((*s).to_owned(), stop.clone())).collect();
        json!({ "status": { "S": "ON" }, "body": { "S": json!({ "stops": stops }).to_string() } })
    };
    let record = row("CONTROL#switch", image(&["all", "agent:ceo"]), image(&["agent:product-scout", "spend"]));
    let told = events(&told(&record));
    let names: Vec<_> =
        told.iter().map(|(name, detail)| (*name, detail["agent"].as_str(), detail["status"].as_str())).collect();
    let expected = [
        ("control:changed", None, Some("ON")),
        ("agent:status", Some("product-scout"), Some("paused")),
        ("agent:status", Some("ceo"), Some("resumed")),
    ];
    assert_eq!(names, expected);
    assert_eq!(told[0].1["stops"], json!(["spend", "agent:product-scout"]));
    assert_eq!(told[1].1["reason"], "too many returns");
}

#[test]
fn another_policy_is_told_and_has_the_gate_judge_anew_once_every_function_knows_of_it() {
    let digest = |name: &str| domain::Digest::of_bytes(name.as_bytes()).to_string();
    let live = json!({ "revision": digest("new"), "bundle": digest("b"), "from": "2026-11-20T12:00:00Z", "by": ["ann", "bob"] });
    let body = json!({ "live": live, "updated": "2026-11-20T12:00:00Z" }).to_string();
    let image = json!({ "status": { "S": "IN_FORCE" }, "body": { "S": body } });
    let messages = told(&row("POINTER#live", json!({}), image.clone()));
    assert_eq!(queues(&messages), one("gate", 3));
    let (name, detail) = events(&messages).remove(0);
    assert_eq!((name, &detail["revision"], &detail["next"]), ("policy:changed", &json!(digest("new")), &Value::Null));
    assert_eq!(told(&row("POINTER#shadow", json!({}), image)), [], "a draft beside it is no news");
}

#[test]
fn every_event_of_a_record_has_an_id_that_is_the_same_at_every_delivery_and_the_time_of_the_commit() {
    let image =
        |stops: Value| json!({ "status": { "S": "ON" }, "body": { "S": json!({ "stops": stops }).to_string() } });
    let stop = json!({ "by": "ann", "reason": "-", "at": "2026-11-20T12:00:00Z" });
    let record = row("CONTROL#switch", image(json!({})), image(json!({ "agent:ceo": stop })));
    let ids = |now| {
        let (number, messages) = crate::read(&record, now).unwrap();
        assert_eq!(number, "100000000000000000007");
        events(&messages).into_iter().map(|(_, d)| (d["id"].clone(), d["at"].clone())).collect::<Vec<_>>()
    };
    let expected = ["100000000000000000007.1", "100000000000000000007.2"];
    let at = json!("2025-11-20T12:00:01Z");
    assert_eq!(ids(NOW), expected.map(|id| (json!(id), at.clone())));
    assert_eq!(ids(NOW + time::Duration::hours(1)), ids(NOW));
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
fn a_granted_action_that_was_left_for_later_is_told_of_when_it_is_due() {
    for (later, delay) in [(Duration::seconds(40), 41), (Duration::hours(1), 900), (Duration::hours(-1), 0)] {
        let until = (NOW + later).format(&Rfc3339).unwrap();
        let messages = action("GRANTED", Some("GRANTED"), |body| {
            body["grant"]["attempt"] = json!(1);
            body["grant"]["notBefore"] = json!(until);
        });
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

#[test]
fn whoever_proposed_in_vain_hears_of_it_once_and_the_manager_of_a_journey_too() {
    for status in ["REJECTED", "EXPIRED", "DENIED", "FAILED"] {
        let to_both = action(status, Some("PENDING"), |_| {});
        assert_eq!(
            queues(&to_both),
            [("product-manager".to_owned(), 0), ("product-publisher".to_owned(), 0)],
            "{status}"
        );
        let alone = action(status, Some("PENDING"), |body| body["proposal"]["journey"] = json!(null));
        assert_eq!(queues(&alone), one("product-publisher", 0), "{status}");
        let said_before = action(status, Some(status), |body| body["proposal"]["journey"] = json!(null));
        assert_eq!(queues(&said_before), [], "{status}");
        let of_a_person = action(status, Some("PENDING"), |body| {
            body["proposal"]["journey"] = json!(null);
            body["proposal"]["authors"] = json!([{ "account": "ann", "human": "ann" }]);
        });
        assert_eq!(queues(&of_a_person), [], "{status}");
    }
}

#[test]
fn a_request_is_announced_when_it_opens_and_again_when_it_is_put_before_others() {
    let waiting = |escalated: Option<&str>| {
        action("PENDING", Some("PENDING"), |body| {
            body["approval"] = json!({
                "roles": ["owner"], "quorum": 1, "votes": [], "escalated": escalated,
                "opened": "2026-11-20T11:00:00Z", "deadline": "2026-11-21T11:00:00Z",
            });
        })
    };
    let names = |messages: &[Message]| events(messages).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&waiting(None)), Vec::<&str>::new(), "a vote or a comment is no news");
    assert_eq!(names(&waiting(Some("2026-11-20T11:59:01Z"))), ["approval:required"]);
    assert_eq!(names(&waiting(Some("2026-11-20T11:30:00Z"))), Vec::<&str>::new(), "it was announced before");
}

/// Where a supplier's word about a parcel goes.
fn parcel(topic: &str, state: &str) -> Vec<(String, i32)> {
    let body = json!({
        "id": "n1", "topic": topic, "from": "supplier:cj", "triggered": "2026-11-20T11:00:00Z",
        "received": "2026-11-20T11:00:01Z",
        "said": { "about": "parcel", "what": { "supplier": "cj", "number": "1", "state": state } },
    });
    let new = json!({ "body": { "S": body.to_string() } });
    let mut record = row("WEBHOOK#n1", Value::Null, new);
    record["eventName"] = json!("INSERT");
    queues(&told(&record))
}

#[test]
fn stock_of_our_own_is_told_to_inventory_and_a_purchase_that_failed_to_whoever_it_may_be_of() {
    let both = vec![("finance-manager".to_owned(), 0), ("product-inventory".to_owned(), 0)];
    let cases = [
        ("parcel/confirmed", "PLACED", one("finance-manager", 0)),
        ("ORDER", "DELIVERED", one("finance-manager", 0)),
        ("ORDER", "FAILED", both),
        ("restock/confirmed", "PLACED", one("product-inventory", 0)),
        ("restock/confirmed", "FAILED", one("product-inventory", 0)),
    ];
    for (topic, state, wanted) in cases {
        assert_eq!(parcel(topic, state), wanted, "{topic} {state}");
    }
}
