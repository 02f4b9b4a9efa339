//! The fault layer.

use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use emulator::{Faults, QueueMapping, When};

use crate::stack::{Recorder, drain, number, put, queue, stack, stack_with, table, text};

fn put_item(
    client: &aws_sdk_dynamodb::Client,
    pk: &str,
) -> aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder {
    client.put_item().table_name("items").item("pk", text(pk)).item("sk", text("-")).item("n", number(1))
}

async fn exists(client: &aws_sdk_dynamodb::Client, pk: &str) -> bool {
    let get = client.get_item().table_name("items").key("pk", text(pk)).key("sk", text("-"));
    get.send().await.unwrap().item.is_some()
}

#[tokio::test]
async fn exactly_call_k_fails_before_or_after_it_was_applied_in_every_service() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let (url, _) = queue(&stack.clients.sqs, "q", &[]).await;
    let faults = stack.aws.faults();

    for (when, applied) in [(When::Before, false), (When::After, true)] {
        faults.reset();
        faults.fail_call(2, when);
        put_item(client, "one").send().await.unwrap();
        let pk = format!("{when:?}");
        let failed = put_item(client, &pk).send().await.unwrap_err().into_service_error();
        assert!(failed.is_internal_server_error(), "{failed:?}");
        assert_eq!(exists(client, &pk).await, applied);

        faults.reset();
        faults.fail_call(1, when);
        let send = stack.clients.sqs.send_message().queue_url(&url).message_body(&pk).send().await;
        assert_eq!(send.unwrap_err().raw_response().unwrap().status().as_u16(), 500);
        assert_eq!(!drain(&stack.clients.sqs, &url).await.is_empty(), applied);
    }
}

#[tokio::test]
async fn calls_are_counted_by_operation() {
    let stack = stack().await;
    let faults = stack.aws.faults();
    table(&stack.clients.dynamodb, "items").await;
    put(&stack.clients.dynamodb, "items", "a", 1).await;
    put(&stack.clients.dynamodb, "items", "b", 1).await;
    stack.clients.scheduler.list_schedules().send().await.unwrap();
    stack.clients.secrets.list_secrets().send().await.unwrap();
    let expected = [
        ("DynamoDB.CreateTable", 1),
        ("DynamoDB.PutItem", 2),
        ("Scheduler.ListSchedules", 1),
        ("SecretsManager.ListSecrets", 1),
    ];
    assert_eq!(faults.log(), expected.map(|(name, count)| (name.to_owned(), count)).into());
    assert_eq!(faults.calls(), 5);
}

#[tokio::test]
async fn a_conflict_cancels_a_transaction_with_a_reason_for_each_item() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    stack.aws.faults().set(Faults { transaction_conflict: 1000, ..Faults::default() });
    let item = |pk: &str| {
        let put = Put::builder().table_name("items").item("pk", text(pk)).item("sk", text("-")).build().unwrap();
        TransactWriteItem::builder().put(put).build()
    };
    let error = client.transact_write_items().transact_items(item("a")).transact_items(item("b")).send().await;
    let reasons = match error.unwrap_err().into_service_error() {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => cancelled.cancellation_reasons.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reasons.iter().map(|r| r.code().unwrap()).collect::<Vec<_>>(), ["TransactionConflict", "None"]);
    let single = put_item(client, "a").send().await.unwrap_err().into_service_error();
    assert!(single.is_transaction_conflict_exception(), "{single:?}");
    assert!(!exists(client, "a").await);
}

#[tokio::test]
async fn throttling_has_each_services_own_type() {
    let stack = stack().await;
    table(&stack.clients.dynamodb, "items").await;
    stack.aws.faults().set(Faults { throttle: 1000, ..Faults::default() });
    let table = put_item(&stack.clients.dynamodb, "a").send().await.unwrap_err().into_service_error();
    assert!(table.is_provisioned_throughput_exceeded_exception(), "{table:?}");
    let queue = stack
        .clients
        .sqs
        .send_message()
        .queue_url("x")
        .message_body("x")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(queue.is_request_throttled(), "{queue:?}");
    let schedule = stack.clients.scheduler.list_schedules().send().await.unwrap_err().into_service_error();
    assert!(schedule.is_throttling_exception(), "{schedule:?}");
}

#[tokio::test]
async fn duplicates_and_late_messages_happen_and_nothing_is_lost() {
    let stack = stack_with(|settings| {
        settings.faults = Faults {
            seed: 3,
            duplicate_delivery: 200,
            delayed_visibility: 300,
            max_delay_ms: 5_000,
            ..Faults::default()
        };
    })
    .await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "q", &[]).await;
    let seen = Recorder::accepting();
    let mapping = QueueMapping { batch_size: 1, ..QueueMapping::new("q") };
    let _mapping = stack.aws.map_queue(mapping, seen.clone()).await.unwrap();
    for n in 0..50 {
        sqs.send_message().queue_url(&url).message_body(n.to_string()).send().await.unwrap();
    }
    let distinct = || {
        let mut bodies = seen.seen("/body");
        bodies.sort();
        bodies.dedup();
        bodies.len()
    };
    crate::stack::eventually("every message arrived", async || {
        stack.clock.advance(Duration::from_secs(1));
        distinct() == 50
    })
    .await;
    assert!(seen.seen("/body").len() > 50, "some came twice");
}
