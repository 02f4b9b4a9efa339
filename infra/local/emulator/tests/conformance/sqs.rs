//! SQS.

use std::collections::HashSet;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message, MessageAttributeValue,
    MessageSystemAttributeName, QueueAttributeName as Q, SendMessageBatchRequestEntry,
};

use crate::stack::{drain, eventually, queue, redrive_to, spawn, stack};

async fn receive(sqs: &Client, url: &str) -> Vec<Message> {
    let request = sqs.receive_message().queue_url(url).max_number_of_messages(10);
    let request = request.message_system_attribute_names(MessageSystemAttributeName::All);
    request.message_attribute_names("All").send().await.unwrap().messages.unwrap_or_default()
}

async fn send(sqs: &Client, url: &str, body: &str) {
    sqs.send_message().queue_url(url).message_body(body).send().await.unwrap();
}

fn count(message: &Message) -> &str {
    &message.attributes.as_ref().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount]
}

#[tokio::test]
async fn a_received_message_is_hidden_until_its_time_out_and_gone_once_deleted() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[(Q::VisibilityTimeout, "30")]).await;
    send(sqs, &url, "hello").await;

    let first = receive(sqs, &url).await.remove(0);
    assert_eq!((first.body(), count(&first)), (Some("hello"), "1"));
    assert!(receive(sqs, &url).await.is_empty());
    stack.clock.advance(Duration::from_secs(30));
    let second = receive(sqs, &url).await.remove(0);
    assert_eq!((second.message_id(), count(&second)), (first.message_id(), "2"));

    let delete = |handle: &str| sqs.delete_message().queue_url(&url).receipt_handle(handle).send();
    delete(first.receipt_handle().unwrap()).await.unwrap();
    stack.clock.advance(Duration::from_secs(30));
    let third = receive(sqs, &url).await.remove(0);
    delete(third.receipt_handle().unwrap()).await.unwrap();
    stack.clock.advance(Duration::from_secs(60));
    assert!(receive(sqs, &url).await.is_empty());
}

#[tokio::test]
async fn visibility_can_be_changed_while_in_flight_only() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    send(sqs, &url, "hello").await;
    let message = receive(sqs, &url).await.remove(0);
    let handle = message.receipt_handle().unwrap();
    let change =
        |seconds| sqs.change_message_visibility().queue_url(&url).receipt_handle(handle).visibility_timeout(seconds);
    change(300).send().await.unwrap();
    stack.clock.advance(Duration::from_secs(299));
    assert!(receive(sqs, &url).await.is_empty());
    change(0).send().await.unwrap();
    let error = change(10).send().await.unwrap_err().into_service_error();
    assert!(error.is_message_not_inflight(), "{error:?}");
    assert_eq!(receive(sqs, &url).await.len(), 1);
    let error = change(10).receipt_handle("nonsense").send().await.unwrap_err().into_service_error();
    assert!(error.is_receipt_handle_is_invalid(), "{error:?}");
}

#[tokio::test]
async fn a_message_that_was_received_too_often_moves_to_the_dead_letter_queue() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (dead_url, dead_arn) = queue(sqs, "work-dead", &[]).await;
    let policy = redrive_to(&dead_arn, 2);
    let (url, arn) = queue(sqs, "work", &[(Q::VisibilityTimeout, "1"), (Q::RedrivePolicy, &policy)]).await;
    send(sqs, &url, "poison").await;
    for _ in 0..2 {
        assert_eq!(receive(sqs, &url).await.len(), 1);
        stack.clock.advance(Duration::from_secs(1));
    }
    assert!(receive(sqs, &url).await.is_empty());
    let dead = receive(sqs, &dead_url).await.remove(0);
    assert_eq!((dead.body(), count(&dead)), (Some("poison"), "3"));
    let source = &dead.attributes.as_ref().unwrap()[&MessageSystemAttributeName::DeadLetterQueueSourceArn];
    assert_eq!(*source, arn);
}

#[tokio::test]
async fn a_fifo_queue_keeps_the_order_of_each_group_and_drops_repetitions() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work.fifo", &[(Q::FifoQueue, "true"), (Q::ContentBasedDeduplication, "true")]).await;
    let send = async |group: &str, body: &str| {
        let send = sqs.send_message().queue_url(&url).message_group_id(group).message_body(body);
        send.send().await.unwrap()
    };
    let first = send("a", "a1").await;
    send("a", "a2").await;
    send("b", "b1").await;
    let again = send("a", "a1").await;
    assert_eq!((again.message_id(), again.sequence_number()), (first.message_id(), first.sequence_number()));

    let one = sqs.receive_message().queue_url(&url).send().await.unwrap().messages.unwrap().remove(0);
    assert_eq!(one.body(), Some("a1"));
    let others = receive(sqs, &url).await;
    assert_eq!(others.iter().map(|m| m.body().unwrap()).collect::<Vec<_>>(), ["b1"], "group a waits for a1");
    sqs.delete_message().queue_url(&url).receipt_handle(one.receipt_handle().unwrap()).send().await.unwrap();
    assert_eq!(receive(sqs, &url).await.remove(0).body(), Some("a2"));

    stack.clock.advance(Duration::from_secs(301));
    let later = send("a", "a1").await;
    assert_ne!(later.message_id(), first.message_id(), "five minutes later it is a new message");
    let no_group = sqs.send_message().queue_url(&url).message_body("x").send().await.unwrap_err();
    assert_eq!(no_group.into_service_error().meta().code(), Some("MissingParameter"));
}

#[tokio::test]
async fn a_batch_gives_each_entry_its_own_outcome() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let entry =
        |id: &str, body: &str| SendMessageBatchRequestEntry::builder().id(id).message_body(body).build().unwrap();
    let batch = sqs.send_message_batch().queue_url(&url);
    let sent = batch
        .entries(entry("good", "one"))
        .entries(entry("bad", "\u{1}"))
        .entries(entry("also", "two"))
        .send()
        .await
        .unwrap();
    assert_eq!(sent.successful().iter().map(|e| e.id()).collect::<Vec<_>>(), ["good", "also"]);
    assert_eq!((sent.failed()[0].id(), sent.failed()[0].code()), ("bad", "InvalidMessageContents"));

    let messages = receive(sqs, &url).await;
    let change = messages.iter().enumerate().map(|(i, m)| {
        let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(i.to_string()).visibility_timeout(100);
        entry.receipt_handle(m.receipt_handle().unwrap()).build().unwrap()
    });
    let changed =
        sqs.change_message_visibility_batch().queue_url(&url).set_entries(Some(change.collect())).send().await.unwrap();
    assert_eq!((changed.successful().len(), changed.failed().len()), (2, 0));
    let delete = messages.iter().enumerate().map(|(i, m)| {
        let entry = DeleteMessageBatchRequestEntry::builder().id(i.to_string());
        entry.receipt_handle(m.receipt_handle().unwrap()).build().unwrap()
    });
    let deleted = sqs.delete_message_batch().queue_url(&url).set_entries(Some(delete.collect())).send().await.unwrap();
    assert_eq!((deleted.successful().len(), deleted.failed().len()), (2, 0));

    let twice = sqs.send_message_batch().queue_url(&url).entries(entry("x", "1")).entries(entry("x", "2")).send().await;
    assert!(twice.unwrap_err().into_service_error().is_batch_entry_ids_not_distinct());
    let eleven = (0..11).map(|i| entry(&i.to_string(), "x")).collect();
    let many = sqs.send_message_batch().queue_url(&url).set_entries(Some(eleven)).send().await;
    assert!(many.unwrap_err().into_service_error().is_too_many_entries_in_batch_request());
    let half = "x".repeat(600_000);
    let large =
        sqs.send_message_batch().queue_url(&url).entries(entry("a", &half)).entries(entry("b", &half)).send().await;
    assert!(large.unwrap_err().into_service_error().is_batch_request_too_long());
}

#[tokio::test]
async fn a_long_poll_is_answered_when_a_message_arrives() {
    let stack = stack().await;
    let sqs = stack.clients.sqs.clone();
    let (url, _) = queue(&sqs, "work", &[]).await;
    let poll = {
        let (sqs, url) = (sqs.clone(), url.clone());
        spawn(async move { sqs.receive_message().queue_url(url).wait_time_seconds(20).send().await })
    };
    eventually("the poll arrived", async || stack.aws.faults().log().contains_key("SQS.ReceiveMessage")).await;
    send(&sqs, &url, "here").await;
    assert_eq!(poll.await.unwrap().unwrap().messages.unwrap()[0].body(), Some("here"));
}

#[tokio::test]
async fn a_delayed_message_and_an_expired_one_are_not_delivered() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[(Q::DelaySeconds, "10"), (Q::MessageRetentionPeriod, "60")]).await;
    send(sqs, &url, "delayed").await;
    assert!(receive(sqs, &url).await.is_empty());
    stack.clock.advance(Duration::from_secs(10));
    assert_eq!(drain(sqs, &url).await, ["delayed"]);
    send(sqs, &url, "expires").await;
    stack.clock.advance(Duration::from_secs(61));
    assert!(receive(sqs, &url).await.is_empty());
}

#[tokio::test]
async fn attributes_and_their_digest_travel_with_the_message() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let value = MessageAttributeValue::builder().data_type("Number").string_value("1493147359900").build().unwrap();
    let binary = MessageAttributeValue::builder()
        .data_type("Binary")
        .binary_value(aws_sdk_sqs::primitives::Blob::new([1, 2]))
        .build()
        .unwrap();
    let send =
        sqs.send_message().queue_url(&url).message_body("test message").message_attributes("timestamp", value.clone());
    let sent = send.send().await.unwrap();
    assert_eq!(sent.md5_of_message_attributes(), Some("235c5c510d26fb653d073faed50ae77c"));
    assert_eq!(sent.md5_of_message_body(), Some("c72b9698fa1927e1dd12d3cf26ed84b2"));
    let message = receive(sqs, &url).await.remove(0);
    assert_eq!(message.message_attributes().unwrap()["timestamp"], value);
    assert_eq!(message.md5_of_message_attributes(), sent.md5_of_message_attributes());

    let both = sqs
        .send_message()
        .queue_url(&url)
        .message_body("x")
        .message_attributes("a.b", binary.clone())
        .message_attributes("c", value);
    both.send().await.unwrap();
    let chosen = sqs.receive_message().queue_url(&url).message_attribute_names("a.*").send().await.unwrap();
    let attributes = chosen.messages.unwrap().remove(0).message_attributes.unwrap();
    assert_eq!(attributes.into_iter().collect::<Vec<_>>(), [("a.b".to_owned(), binary)]);
}

#[tokio::test]
async fn queues_are_created_once_listed_and_counted() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, arn) = queue(sqs, "work-a", &[(Q::VisibilityTimeout, "7")]).await;
    queue(sqs, "work-b", &[]).await;
    queue(sqs, "other", &[]).await;
    assert_eq!(queue(sqs, "work-a", &[(Q::VisibilityTimeout, "7")]).await.0, url);
    let different = sqs.create_queue().queue_name("work-a").attributes(Q::VisibilityTimeout, "8").send().await;
    assert!(different.unwrap_err().into_service_error().is_queue_name_exists());
    let listed = sqs.list_queues().queue_name_prefix("work-").send().await.unwrap().queue_urls.unwrap();
    assert_eq!(listed.len(), 2);

    send(sqs, &url, "1").await;
    send(sqs, &url, "2").await;
    sqs.receive_message().queue_url(&url).send().await.unwrap();
    let all =
        sqs.get_queue_attributes().queue_url(&url).attribute_names(Q::All).send().await.unwrap().attributes.unwrap();
    let shown: HashSet<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for expected in [
        ("QueueArn", arn.as_str()),
        ("VisibilityTimeout", "7"),
        ("ApproximateNumberOfMessages", "1"),
        ("ApproximateNumberOfMessagesNotVisible", "1"),
        ("ApproximateNumberOfMessagesDelayed", "0"),
        ("MaximumMessageSize", "1048576"),
    ] {
        assert!(shown.contains(&expected), "{expected:?} in {shown:?}");
    }
    sqs.set_queue_attributes().queue_url(&url).attributes(Q::DelaySeconds, "3").send().await.unwrap();
    sqs.purge_queue().queue_url(&url).send().await.unwrap();
    let names = [Q::DelaySeconds, Q::ApproximateNumberOfMessages];
    let some =
        sqs.get_queue_attributes().queue_url(&url).set_attribute_names(Some(names.to_vec())).send().await.unwrap();
    assert_eq!(
        some.attributes.unwrap(),
        [(Q::DelaySeconds, "3".to_owned()), (Q::ApproximateNumberOfMessages, "0".to_owned())].into()
    );
}

#[tokio::test]
async fn what_aws_refuses_is_refused_with_the_same_type() {
    let stack = stack().await;
    let sqs = &stack.clients.sqs;
    let (url, _) = queue(sqs, "work", &[]).await;
    let missing = sqs
        .send_message()
        .queue_url(format!("{url}-not"))
        .message_body("x")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(missing.is_queue_does_not_exist(), "{missing:?}");
    let missing = sqs.get_queue_url().queue_name("nowhere").send().await.unwrap_err().into_service_error();
    assert!(missing.is_queue_does_not_exist(), "{missing:?}");
    let large = sqs
        .send_message()
        .queue_url(&url)
        .message_body("x".repeat(1_048_577))
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(large.meta().code(), Some("InvalidParameterValue"), "{large:?}");
    let contents =
        sqs.send_message().queue_url(&url).message_body("\u{0}").send().await.unwrap_err().into_service_error();
    assert!(contents.is_invalid_message_contents(), "{contents:?}");
    let name = sqs.create_queue().queue_name("not a name").send().await.unwrap_err().into_service_error();
    assert_eq!(name.meta().code(), Some("InvalidParameterValue"), "{name:?}");
    let attribute = sqs
        .create_queue()
        .queue_name("ok")
        .attributes(Q::from("Nope"), "1")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(attribute.is_invalid_attribute_name(), "{attribute:?}");
    let unknown = sqs.list_queue_tags().queue_url(&url).send().await.unwrap_err().into_service_error();
    assert_eq!(unknown.meta().code(), Some("UnknownOperationException"));
    assert!(unknown.meta().message().unwrap().contains("ListQueueTags"));
}
