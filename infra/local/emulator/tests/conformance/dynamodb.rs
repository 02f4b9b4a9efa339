//! DynamoDB: what the orchestrator's store relies on.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    self as dynamo, AttributeValue, ConditionCheck, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use crate::stack::{NOW_MS, number, put, spawn, stack, table, text};

fn put_new(pk: &str, n: i64) -> Put {
    let put = Put::builder().table_name("items").item("pk", text(pk)).item("sk", text("-")).item("n", number(n));
    put.condition_expression("attribute_not_exists(pk)").build().unwrap()
}

async fn read(client: &Client, pk: &str) -> Option<AttributeValue> {
    let get = client.get_item().table_name("items").key("pk", text(pk)).key("sk", text("-")).consistent_read(true);
    get.send().await.unwrap().item?.remove("n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_racing_conditional_puts_one_wins() {
    let stack = stack().await;
    table(&stack.clients.dynamodb, "items").await;
    let racers: Vec<_> = (0..50)
        .map(|n| {
            let put = stack.clients.dynamodb.put_item().table_name("items").item("pk", text("a")).item("sk", text("-"));
            spawn(put.item("n", number(n)).condition_expression("attribute_not_exists(pk)").send())
        })
        .collect();
    let mut winners = Vec::new();
    for (n, racer) in racers.into_iter().enumerate() {
        match racer.await.unwrap() {
            Ok(_) => winners.push(n),
            Err(error) => assert!(error.into_service_error().is_conditional_check_failed_exception()),
        }
    }
    assert_eq!(winners.len(), 1, "{winners:?}");
    assert_eq!(read(&stack.clients.dynamodb, "a").await, Some(number(winners[0])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_is_never_overspent_by_racing_transactions() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put(client, "items", "budget", 10).await;
    let spenders: Vec<_> = (0..25)
        .map(|n| {
            let take = Update::builder().table_name("items").key("pk", text("budget")).key("sk", text("-"));
            let take = take.update_expression("SET n = n - :one").condition_expression("n >= :one");
            let take = take.expression_attribute_values(":one", number(1)).build().unwrap();
            let record = TransactWriteItem::builder().put(put_new(&format!("spend-{n}"), n)).build();
            let items = client.transact_write_items().transact_items(TransactWriteItem::builder().update(take).build());
            spawn(items.transact_items(record).send())
        })
        .collect();
    let mut spent = 0;
    for spender in spenders {
        spent += i32::from(spender.await.unwrap().is_ok());
    }
    assert_eq!(spent, 10);
    assert_eq!(read(client, "budget").await, Some(number(0)));
}

#[tokio::test]
async fn a_cancelled_transaction_says_which_item_failed_and_shows_it() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put(client, "items", "taken", 7).await;
    let check = ConditionCheck::builder().table_name("items").key("pk", text("taken")).key("sk", text("-"));
    let check = check.condition_expression("n = :n").expression_attribute_values(":n", number(8));
    let check = check.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let write = client.transact_write_items();
    let write = write.transact_items(TransactWriteItem::builder().put(put_new("new", 1)).build());
    let write = write.transact_items(TransactWriteItem::builder().condition_check(check.build().unwrap()).build());
    let error = write.send().await.unwrap_err().into_service_error();
    let reasons = match error {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => cancelled.cancellation_reasons.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reasons.iter().map(|r| r.code().unwrap()).collect::<Vec<_>>(), ["None", "ConditionalCheckFailed"]);
    assert_eq!(reasons[1].item().unwrap()["n"], number(7));
    assert_eq!(read(client, "new").await, None, "nothing of it was written");
}

#[tokio::test]
async fn a_repeated_transaction_is_applied_once_and_another_one_under_its_token_is_refused() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    put(client, "items", "count", 0).await;
    let add = |amount: i64| {
        let add = Update::builder().table_name("items").key("pk", text("count")).key("sk", text("-"));
        let add = add.update_expression("SET n = n + :amount").expression_attribute_values(":amount", number(amount));
        let item = TransactWriteItem::builder().update(add.build().unwrap()).build();
        client.transact_write_items().client_request_token("token-1").transact_items(item).send()
    };
    add(5).await.unwrap();
    add(5).await.unwrap();
    assert_eq!(read(client, "count").await, Some(number(5)));
    let error = add(6).await.unwrap_err().into_service_error();
    assert!(error.is_idempotent_parameter_mismatch_exception(), "{error:?}");
}

#[tokio::test]
async fn a_number_of_38_digits_is_exact() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let amount = "12345678901234567890123456789012345.678";
    let put = client.put_item().table_name("items").item("pk", text("a")).item("sk", text("-"));
    put.item("n", number(amount)).send().await.unwrap();
    assert_eq!(read(client, "a").await, Some(number(amount)));
}

#[tokio::test]
async fn an_index_is_sparse_sorted_and_shows_what_it_projects() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    let attribute = |name: &str, kind| {
        dynamo::AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap()
    };
    let key =
        |name: &str, kind| dynamo::KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let projection =
        dynamo::Projection::builder().projection_type(dynamo::ProjectionType::Include).non_key_attributes("shown");
    let index = dynamo::GlobalSecondaryIndex::builder().index_name("by_state").projection(projection.build());
    let index = index.key_schema(key("state", dynamo::KeyType::Hash)).key_schema(key("due", dynamo::KeyType::Range));
    let create = client.create_table().table_name("items").billing_mode(dynamo::BillingMode::PayPerRequest);
    let create = create.attribute_definitions(attribute("pk", dynamo::ScalarAttributeType::S));
    let create = create.attribute_definitions(attribute("state", dynamo::ScalarAttributeType::S));
    let create = create.attribute_definitions(attribute("due", dynamo::ScalarAttributeType::N));
    let create = create.key_schema(key("pk", dynamo::KeyType::Hash));
    create.global_secondary_indexes(index.build().unwrap()).send().await.unwrap();
    for (pk, due) in [("c", 30), ("a", 10), ("b", 20)] {
        let put = client.put_item().table_name("items").item("pk", text(pk)).item("state", text("PENDING"));
        put.item("due", number(due)).item("shown", text("yes")).item("hidden", text("no")).send().await.unwrap();
    }
    client.put_item().table_name("items").item("pk", text("without")).send().await.unwrap();

    let query =
        client.query().table_name("items").index_name("by_state").key_condition_expression("#s = :s AND due > :d");
    let query = query.expression_attribute_names("#s", "state").expression_attribute_values(":s", text("PENDING"));
    let found = query.expression_attribute_values(":d", number(10)).scan_index_forward(false).send().await.unwrap();
    let items = found.items.unwrap();
    assert_eq!(items.iter().map(|item| item["pk"].clone()).collect::<Vec<_>>(), [text("c"), text("b")]);
    assert!(items[0].contains_key("shown") && !items[0].contains_key("hidden"));
}

#[tokio::test]
async fn an_item_past_its_time_to_live_is_swept_by_the_shared_clock() {
    let stack = stack().await;
    let client = &stack.clients.dynamodb;
    table(client, "items").await;
    let ttl = dynamo::TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    client.update_time_to_live().table_name("items").time_to_live_specification(ttl).send().await.unwrap();
    for (pk, after) in [("soon", 60), ("later", 3_600)] {
        let put = client.put_item().table_name("items").item("pk", text(pk)).item("sk", text("-")).item("n", number(1));
        put.item("expires", number(NOW_MS / 1000 + after)).send().await.unwrap();
    }
    assert_eq!(stack.aws.sweep_ttl().await.unwrap(), 0);
    stack.clock.advance(Duration::from_secs(61));
    stack.aws.sweep_ttl().await.unwrap();
    assert_eq!((read(client, "soon").await, read(client, "later").await), (None, Some(number(1))));
}

#[tokio::test]
async fn what_is_not_emulated_fails_loudly() {
    let stack = stack().await;
    let error = stack.clients.dynamodb.list_backups().send().await.unwrap_err().into_service_error();
    assert_eq!(error.meta().code(), Some("UnknownOperationException"));
}
