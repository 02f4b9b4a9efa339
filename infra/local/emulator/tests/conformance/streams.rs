//! Streams: through the SDK, and through the event-source mapping.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::dynamodb::Event;
use aws_sdk_dynamodb::types as dynamo;
use aws_sdk_dynamodbstreams::types::ShardIteratorType;
use emulator::{Clock, ManualClock, MappingError, StartAt, StreamMapping, SystemClock};
use serde_json::{Value, json};

use crate::stack::{NOW_MS, Recorder, drain, number, put, queue, records, stack, stack_at, stack_with, table, text};

const PK: &str = "/dynamodb/Keys/pk/S";
const SEQUENCE: &str = "/dynamodb/SequenceNumber";

#[tokio::test]
async fn the_sdk_reads_the_records_in_order_with_both_images() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put(client, "items", "a", 1).await;
    put(client, "items", "a", 2).await;
    client.delete_item().table_name("items").key("pk", text("a")).key("sk", text("-")).send().await.unwrap();

    let streams = &stack.clients.streams;
    let arn =
        streams.list_streams().table_name("items").send().await.unwrap().streams.unwrap().remove(0).stream_arn.unwrap();
    let shard = streams
        .describe_stream()
        .stream_arn(&arn)
        .send()
        .await
        .unwrap()
        .stream_description
        .unwrap()
        .shards
        .unwrap()
        .remove(0);
    let iterator = streams.get_shard_iterator().stream_arn(&arn).shard_id(shard.shard_id.unwrap());
    let iterator = iterator.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await.unwrap().shard_iterator;
    let found = streams.get_records().set_shard_iterator(iterator).send().await.unwrap().records.unwrap();
    let names: Vec<_> = found.iter().map(|r| r.event_name.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, ["INSERT", "MODIFY", "REMOVE"]);
    let images: Vec<_> = found
        .iter()
        .map(|r| r.dynamodb.as_ref().unwrap())
        .map(|d| {
            (
                d.old_image.as_ref().map(|i| i["n"].as_n().unwrap().clone()),
                d.new_image.as_ref().map(|i| i["n"].as_n().unwrap().clone()),
            )
        })
        .collect();
    let n = |text: &str| Some(text.to_owned());
    assert_eq!(images, [(None, n("1")), (n("1"), n("2")), (n("2"), None)]);
}

#[tokio::test]
async fn a_function_gets_lambdas_own_event_for_every_write_of_a_transaction() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let seen = Recorder::accepting();
    let _mapping = stack.aws.map_stream(StreamMapping::new("items", "relay"), seen.clone()).await.unwrap();
    let item = |pk: &str| {
        let put = dynamo::Put::builder().table_name("items").item("pk", text(pk)).item("sk", text("-"));
        dynamo::TransactWriteItem::builder().put(put.build().unwrap()).build()
    };
    client.transact_write_items().transact_items(item("a")).transact_items(item("b")).send().await.unwrap();
    seen.saw(PK, 2).await;

    assert_eq!(seen.seen(PK), ["a", "b"]);
    let event = seen.events.lock().unwrap()[0].clone();
    let typed: Event = serde_json::from_value(event.clone()).unwrap();
    let record = &typed.records[0];
    assert_eq!((record.event_name.as_str(), record.aws_region.as_str()), ("INSERT", "us-east-1"));
    assert_eq!(record.event_source.as_deref(), Some("aws:dynamodb"));
    assert_eq!(record.event_version.as_deref(), Some("1.1"));
    let arn = record.event_source_arn.as_deref().unwrap();
    assert!(arn.starts_with("arn:aws:dynamodb:us-east-1:000000000000:table/items/stream/"), "{arn}");
    for field in ["ApproximateCreationDateTime", "Keys", "NewImage", "SequenceNumber", "SizeBytes", "StreamViewType"] {
        assert!(event["Records"][0]["dynamodb"].get(field).is_some(), "{field} in {event}");
    }
}

#[tokio::test]
async fn a_swept_item_is_removed_by_the_service_itself() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let ttl = dynamo::TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    client.update_time_to_live().table_name("items").time_to_live_specification(ttl).send().await.unwrap();
    let seen = Recorder::accepting();
    let _mapping = stack.aws.map_stream(StreamMapping::new("items", "relay"), seen.clone()).await.unwrap();
    let put = client.put_item().table_name("items").item("pk", text("a")).item("sk", text("-"));
    put.item("expires", number(NOW_MS / 1000 + 1)).send().await.unwrap();
    stack.clock.advance(Duration::from_secs(120));
    seen.saw("/eventName", 2).await;
    assert_eq!(seen.seen("/eventName"), ["INSERT", "REMOVE"]);
    let last = seen.events.lock().unwrap().last().cloned().unwrap();
    let identity = records(&last).last().unwrap()["userIdentity"].clone();
    assert_eq!(identity, json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"}));
}

fn poisoned(event: &Value) -> bool {
    records(event).any(|record| record["dynamodb"]["Keys"]["pk"]["S"] == "poison")
}

fn quick(table: &str, consumer: &str) -> StreamMapping {
    StreamMapping { retry_delay: Duration::from_millis(1), ..StreamMapping::new(table, consumer) }
}

async fn put_many(client: &aws_sdk_dynamodb::Client, keys: &[&str]) {
    for key in keys {
        put(client, "items", key, 1).await;
    }
}

#[tokio::test]
async fn bisecting_finds_the_one_bad_record_and_gives_it_up_to_a_queue() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let (dead, _) = queue(&stack.clients.sqs, "relay-dead", &[]).await;
    put_many(client, &["a", "b", "c", "poison", "d", "e"]).await;
    let seen = Recorder::new(|event| if poisoned(event) { Err("poison".to_owned()) } else { Ok(Value::Null) });
    let mapping = StreamMapping {
        bisect: true,
        max_attempts: Some(3),
        on_failure: Some("relay-dead".to_owned()),
        ..quick("items", "relay")
    };
    let _mapping = stack.aws.map_stream(mapping, seen.clone()).await.unwrap();
    let handled = || {
        let events = seen.events.lock().unwrap();
        let good = events.iter().filter(|event| !poisoned(event));
        good.flat_map(records)
            .map(|r| r["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    crate::stack::eventually("all good records were handled", async || handled().len() == 5).await;
    assert_eq!(handled(), ["a", "b", "c", "d", "e"], "each once, in order");
    let notices = drain(&stack.clients.sqs, &dead).await;
    let notice: Value = serde_json::from_str(&notices[0]).unwrap();
    assert_eq!((notices.len(), &notice["DDBStreamBatchInfo"]["batchSize"]), (1, &json!(1)));
}

#[tokio::test]
async fn a_reported_failure_repeats_from_that_record_and_no_earlier_one() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put_many(client, &["a", "b", "c"]).await;
    let failed = Mutex::new(false);
    let seen = Recorder::new(move |event| {
        let mut failed = failed.lock().unwrap();
        let second = records(event).nth(1).and_then(|r| r.pointer(SEQUENCE)).cloned();
        match second.filter(|_| !std::mem::replace(&mut *failed, true)) {
            Some(sequence) => Ok(json!({"batchItemFailures": [{"itemIdentifier": sequence}]})),
            None => Ok(json!({"batchItemFailures": []})),
        }
    });
    let mapping = StreamMapping { report_failures: true, ..quick("items", "relay") };
    let _mapping = stack.aws.map_stream(mapping, seen.clone()).await.unwrap();
    seen.saw(PK, 5).await;
    assert_eq!(seen.seen(PK), ["a", "b", "c", "b", "c"]);
}

#[tokio::test]
async fn a_failing_function_holds_the_stream_until_it_succeeds() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put_many(client, &["a", "b"]).await;
    let calls = Mutex::new(0);
    let seen = Recorder::new(move |_| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        if *calls < 4 { Err("not yet".to_owned()) } else { Ok(Value::Null) }
    });
    let mapping = StreamMapping { batch_size: 1, ..quick("items", "relay") };
    let _mapping = stack.aws.map_stream(mapping, seen.clone()).await.unwrap();
    seen.saw(PK, 5).await;
    assert_eq!(seen.seen(PK), ["a", "a", "a", "a", "b"]);
}

#[tokio::test]
async fn a_restart_continues_after_the_last_handled_record() {
    let folder = tempfile::tempdir().unwrap();
    let first = stack_at(folder.path()).await;
    table(&first.clients.dynamodb, "items").await;
    let seen = Recorder::accepting();
    let mapping = first.aws.map_stream(quick("items", "relay"), seen.clone()).await.unwrap();
    put_many(&first.clients.dynamodb, &["a", "b"]).await;
    seen.saw(PK, 2).await;
    mapping.stop().await;
    put_many(&first.clients.dynamodb, &["c"]).await;
    first.aws.stop().await;

    let second = stack_at(folder.path()).await;
    let after = Recorder::accepting();
    let _mapping = second.aws.map_stream(quick("items", "relay"), after.clone()).await.unwrap();
    put_many(&second.clients.dynamodb, &["d"]).await;
    after.saw(PK, 2).await;
    assert_eq!((seen.seen(PK), after.seen(PK)), (vec!["a".into(), "b".into()], vec!["c".into(), "d".into()]));
    let sequences: HashSet<String> = seen.seen(SEQUENCE).into_iter().chain(after.seen(SEQUENCE)).collect();
    assert_eq!(sequences.len(), 4);
}

#[tokio::test]
async fn a_reader_can_begin_with_the_latest_and_keeps_what_it_did_not_commit() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put_many(client, &["old"]).await;
    let mut source = stack.aws.stream("items", "reader", StartAt::Latest).await.unwrap();
    put_many(client, &["a", "b"]).await;
    let batch = source.next(1).await.unwrap();
    assert_eq!(batch.event()["Records"][0].pointer(PK), Some(&json!("a")));
    source.commit(&batch).await.unwrap();
    let batch = source.next(10).await.unwrap();
    assert_eq!((batch.len(), batch.event()["Records"][0].pointer(PK)), (1, Some(&json!("b"))));
    let mut again = stack.aws.stream("items", "reader", StartAt::Latest).await.unwrap();
    assert_eq!(again.next(10).await.unwrap(), batch, "b was not committed");
}

#[tokio::test]
async fn a_table_without_a_stream_is_named() {
    let stack = stack().await;
    let error = stack.aws.map_stream(StreamMapping::new("nowhere", "relay"), Recorder::accepting()).await.unwrap_err();
    assert!(matches!(&error, MappingError::NoStream { table } if table == "nowhere"), "{error}");
}

#[tokio::test]
async fn records_of_yesterday_are_dropped_once_every_reader_is_past_them() {
    let stack = stack_with(|settings| {
        let tomorrow = SystemClock.now_ms() + 25 * 3_600_000;
        settings.clock = Arc::new(ManualClock::new(tomorrow));
    })
    .await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put_many(client, &["a", "b", "c"]).await;
    let mut slow = stack.aws.stream("items", "slow", StartAt::TrimHorizon).await.unwrap();
    let one = slow.next(1).await.unwrap();
    slow.commit(&one).await.unwrap();
    stack.aws.sweep_ttl().await.unwrap();
    let mut fresh = stack.aws.stream("items", "fresh", StartAt::TrimHorizon).await.unwrap();
    assert_eq!(fresh.next(10).await.unwrap().len(), 2, "b and c, which the slow reader needs");
    let rest = slow.next(10).await.unwrap();
    slow.commit(&rest).await.unwrap();
    stack.aws.sweep_ttl().await.unwrap();
    let mut last = stack.aws.stream("items", "last", StartAt::TrimHorizon).await.unwrap();
    assert_eq!(last.next(10).await.unwrap().len(), 1, "the last one is kept");
    put_many(client, &["d"]).await;
    assert_eq!(slow.next(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_function_is_not_woken_for_records_that_it_filters_out_and_its_place_moves_past_them() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put_many(client, &["run#1", "task#1", "run#2", "run#3", "task#2", "run#4"]).await;
    let pattern = json!({"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "task#"}]}}}});
    let seen = Recorder::new(|_| Ok(Value::Null));
    let mapping = StreamMapping { filters: vec![pattern.clone()], ..quick("items", "relay") };
    let running = stack.aws.map_stream(mapping.clone(), seen.clone()).await.unwrap();
    seen.saw("/dynamodb/Keys/pk/S", 2).await;
    assert_eq!(seen.seen("/dynamodb/Keys/pk/S"), ["task#1", "task#2"]);
    running.stop().await;
    let again = Recorder::new(|_| Ok(Value::Null));
    put_many(client, &["task#3"]).await;
    let _running = stack.aws.map_stream(mapping, again.clone()).await.unwrap();
    again.saw("/dynamodb/Keys/pk/S", 1).await;
    assert_eq!(again.seen("/dynamodb/Keys/pk/S"), ["task#3"]);
    let wrong = StreamMapping { filters: vec![json!({"eventName": "INSERT"})], ..quick("items", "other") };
    assert!(matches!(stack.aws.map_stream(wrong, again).await, Err(emulator::MappingError::Filter { .. })));
}
