//! Queues to functions.

use std::sync::Mutex;
use std::time::Duration;

use aws_lambda_events::event::sqs::SqsEvent;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{MessageAttributeValue, QueueAttributeName as Q};
use emulator::{MappingError, QueueMapping};
use serde_json::{Value, json};

use crate::stack::{Recorder, drain, eventually, queue, records, redrive_to, stack};

const BODY: &str = "/body";

async fn send(sqs: &Client, url: &str, body: &str) {
    sqs.send_message().queue_url(url).message_body(body).send().await.unwrap();
}

async fn left(sqs: &Client, url: &str) -> String {
    let names = [Q::ApproximateNumberOfMessages, Q::ApproximateNumberOfMessagesNotVisible];
    let request = sqs.get_queue_attributes().queue_url(url).set_attribute_names(Some(names.to_vec()));
    let counts = request.send().await.unwrap().attributes.unwrap();
    format!("{} visible, {} hidden", counts[&names[0]], counts[&names[1]])
}

#[tokio::test]
async fn a_function_gets_lambdas_own_event_and_the_message_is_gone() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, arn) = queue(sqs, "work", &[]).await;
    let seen = Recorder::accepting();
    let _mapping = stack.aws.map_queue(QueueMapping::new("work"), seen.clone()).await.unwrap();
    let value = MessageAttributeValue::builder().data_type("String").string_value("42").build().unwrap();
    let sent = sqs
        .send_message()
        .queue_url(&url)
        .message_body("hello")
        .message_attributes("trace", value)
        .send()
        .await
        .unwrap();
    seen.saw(BODY, 1).await;

    let event = seen.events.lock().unwrap()[0].clone();
    let typed: SqsEvent = serde_json::from_value(event.clone()).unwrap();
    let record = &typed.records[0];
    assert_eq!(record.message_id.as_deref(), sent.message_id());
    assert_eq!(record.md5_of_body.as_deref(), sent.md5_of_message_body());
    assert_eq!(record.event_source_arn.as_deref(), Some(arn.as_str()));
    assert_eq!((record.event_source.as_deref(), record.aws_region.as_deref()), (Some("aws:sqs"), Some("us-east-1")));
    assert_eq!(record.message_attributes["trace"].string_value.as_deref(), Some("42"));
    for name in ["ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"] {
        assert!(record.attributes.contains_key(name), "{name} in {event}");
    }
    eventually("it was deleted", async || left(sqs, &url).await == "0 visible, 0 hidden").await;
}

#[tokio::test]
async fn a_failed_batch_comes_back_after_the_time_out_and_ends_in_the_dead_letter_queue() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (dead, dead_arn) = queue(sqs, "work-dead", &[]).await;
    let policy = redrive_to(&dead_arn, 2);
    let (url, _) = queue(sqs, "work", &[(Q::VisibilityTimeout, "30"), (Q::RedrivePolicy, &policy)]).await;
    let seen = Recorder::new(|_| Err("boom".to_owned()));
    let _mapping = stack.aws.map_queue(QueueMapping::new("work"), seen.clone()).await.unwrap();
    send(sqs, &url, "poison").await;
    seen.saw(BODY, 1).await;
    stack.clock.advance(Duration::from_secs(30));
    seen.saw(BODY, 2).await;
    stack.clock.advance(Duration::from_secs(30));
    eventually("it is given up", async || left(sqs, &dead).await == "1 visible, 0 hidden").await;
    assert_eq!(drain(sqs, &dead).await, ["poison"]);
    assert_eq!((seen.seen(BODY).len(), left(sqs, &url).await.as_str()), (2, "0 visible, 0 hidden"));
    assert_eq!(seen.seen("/attributes/ApproximateReceiveCount"), ["1", "2"]);
}

#[tokio::test]
async fn a_reported_failure_comes_back_alone() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    for body in ["good", "bad", "fine"] {
        send(sqs, &url, body).await;
    }
    let failed = Mutex::new(false);
    let seen = Recorder::new(move |event| {
        let mut failed = failed.lock().unwrap();
        let bad = records(event).find(|r| r["body"] == "bad").filter(|_| !std::mem::replace(&mut *failed, true));
        let ids: Vec<Value> = bad.iter().map(|r| json!({"itemIdentifier": r["messageId"]})).collect();
        Ok(json!({"batchItemFailures": ids}))
    });
    let retry_after = Some(Duration::ZERO);
    let mapping = QueueMapping { report_failures: true, concurrency: 1, retry_after, ..QueueMapping::new("work") };
    let _mapping = stack.aws.map_queue(mapping, seen.clone()).await.unwrap();
    seen.saw(BODY, 4).await;
    assert_eq!(seen.seen(BODY), ["good", "bad", "fine", "bad"]);
    eventually("all were deleted", async || left(sqs, &url).await == "0 visible, 0 hidden").await;
}

#[tokio::test]
async fn a_panic_fails_its_batch_only() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let seen = Recorder::new(|event| match records(event).any(|r| r["body"] == "panic") {
        true => panic!("the function's own bug"),
        false => Ok(Value::Null),
    });
    let mapping = QueueMapping { batch_size: 1, ..QueueMapping::new("work") };
    let _mapping = stack.aws.map_queue(mapping, seen.clone()).await.unwrap();
    send(sqs, &url, "panic").await;
    send(sqs, &url, "fine").await;
    seen.saw(BODY, 1).await;
    assert_eq!(seen.seen(BODY), ["fine"]);
    eventually("the other waits", async || left(sqs, &url).await == "0 visible, 1 hidden").await;
}

#[tokio::test]
async fn a_window_gathers_a_batch_and_a_full_batch_does_not_wait() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let seen = Recorder::accepting();
    let mapping = QueueMapping { batch_size: 3, window: Duration::from_secs(60), ..QueueMapping::new("work") };
    let _mapping = stack.aws.map_queue(mapping, seen.clone()).await.unwrap();
    let sizes = || seen.events.lock().unwrap().iter().map(|e| records(e).count()).collect::<Vec<_>>();
    for body in ["1", "2", "3"] {
        send(sqs, &url, body).await;
    }
    seen.saw(BODY, 3).await;
    assert_eq!(sizes(), [3], "full");
    send(sqs, &url, "4").await;
    send(sqs, &url, "5").await;
    eventually("the window is over", async || {
        stack.clock.advance(Duration::from_secs(10));
        seen.seen(BODY).len() == 5
    })
    .await;
    assert_eq!(sizes(), [3, 2], "the time was over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_does_not_starve_another_and_all_is_handled_once() {
    let stack = crate::stack::stack_with(|settings| settings.concurrency = 1).await;
    let sqs = &stack.clients.sqs;
    let (full, _) = queue(sqs, "full", &[]).await;
    let (other, _) = queue(sqs, "other", &[]).await;
    for n in 0..100 {
        send(sqs, &full, &format!("full-{n}")).await;
    }
    for n in 0..5 {
        send(sqs, &other, &format!("other-{n}")).await;
    }
    let seen = Recorder::accepting();
    let one = |name: &str| QueueMapping { batch_size: 1, concurrency: 4, ..QueueMapping::new(name) };
    let _full = stack.aws.map_queue(one("full"), seen.clone()).await.unwrap();
    let _other = stack.aws.map_queue(one("other"), seen.clone()).await.unwrap();
    seen.saw(BODY, 105).await;
    let mut bodies = seen.seen(BODY);
    let last_other = bodies.iter().rposition(|b| b.starts_with("other")).unwrap();
    assert!(last_other < 80, "the last of the other queue came as number {last_other}");
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), 105);
}

#[tokio::test]
async fn a_stopped_mapping_takes_nothing_more_and_what_it_had_is_finished() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let seen = Recorder::accepting();
    let mapping = stack.aws.map_queue(QueueMapping::new("work"), seen.clone()).await.unwrap();
    send(sqs, &url, "before").await;
    seen.saw(BODY, 1).await;
    mapping.stop().await;
    assert_eq!(left(sqs, &url).await, "0 visible, 0 hidden");
    send(sqs, &url, "after").await;
    assert_eq!(left(sqs, &url).await, "1 visible, 0 hidden");
}

#[tokio::test]
async fn a_fifo_queue_is_handled_in_order_group_by_group() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work.fifo", &[(Q::FifoQueue, "true"), (Q::ContentBasedDeduplication, "true")]).await;
    let seen = Recorder::accepting();
    let mapping = QueueMapping { batch_size: 1, ..QueueMapping::new("work.fifo") };
    let _mapping = stack.aws.map_queue(mapping, seen.clone()).await.unwrap();
    for n in 0..20 {
        let send = sqs.send_message().queue_url(&url).message_group_id("g").message_body(format!("{n:02}"));
        send.send().await.unwrap();
    }
    seen.saw(BODY, 20).await;
    let bodies = seen.seen(BODY);
    assert!(bodies.is_sorted() && bodies.len() == 20, "{bodies:?}");
}

#[tokio::test]
async fn a_missing_queue_is_named() {
    let stack = stack().await;
    let error = stack.aws.map_queue(QueueMapping::new("nowhere"), Recorder::accepting()).await.unwrap_err();
    assert!(matches!(&error, MappingError::NoQueue { queue } if queue == "nowhere"), "{error}");
}
