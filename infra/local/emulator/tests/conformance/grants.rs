//! Each caller may do what it was granted, as IAM has it, and nothing else.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types as dynamo;
use aws_sdk_dynamodb::types::AttributeValue;
use emulator::{Grant, Grants};

use crate::stack::{Clients, Stack, queue, stack_with};

const TABLE: &str = "royal";

async fn granted() -> Stack {
    let all = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let agent = Grant { reads: all(&["TASK#"]), writes: all(&["PROPOSAL#", "RUN#"]), ..Grant::default() };
    let executor = Grant { secrets: all(&["royal/shop"]), ..Grant::default() };
    let grants = Grants {
        table: TABLE.to_owned(),
        partitions: all(&["pk", "ipk"]),
        operator: "local".to_owned(),
        callers: [("agent".to_owned(), agent), ("executor".to_owned(), executor)].into(),
    };
    let stack = stack_with(|settings| settings.grants = Some(grants)).await;
    create(&stack.clients.dynamodb).await;
    stack
}

async fn create(client: &aws_sdk_dynamodb::Client) {
    let key = |name: &str, kind| dynamo::KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    let attribute = |name: &str| {
        let kind = dynamo::ScalarAttributeType::S;
        dynamo::AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap()
    };
    let index = dynamo::GlobalSecondaryIndex::builder()
        .index_name("by_status")
        .key_schema(key("ipk", dynamo::KeyType::Hash).unwrap())
        .projection(dynamo::Projection::builder().projection_type(dynamo::ProjectionType::KeysOnly).build());
    let names = ["pk", "sk", "ipk"];
    let request = client.create_table().table_name(TABLE).billing_mode(dynamo::BillingMode::PayPerRequest);
    let request = request.set_attribute_definitions(Some(names.map(attribute).into()));
    let request = request.key_schema(key("pk", dynamo::KeyType::Hash).unwrap());
    let request = request.key_schema(key("sk", dynamo::KeyType::Range).unwrap());
    request.global_secondary_indexes(index.build().unwrap()).send().await.unwrap();
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// How a call ended: `ok`, or the code of its error.
fn told<T, E: ProvideErrorMetadata, R>(answer: &Result<T, aws_sdk_dynamodb::error::SdkError<E, R>>) -> String {
    match answer {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or("lost").to_owned(),
    }
}

const DENIED: &str = "AccessDeniedException";

#[tokio::test]
async fn a_row_is_read_and_written_by_those_who_may() {
    let stack = granted().await;
    let client = Clients::of_caller(stack.aws.endpoints(), "agent").dynamodb;
    for (partition, reads, writes) in
        [("TASK#1", "ok", DENIED), ("PROPOSAL#1", DENIED, "ok"), ("ACTION#1", DENIED, DENIED)]
    {
        let (pk, sk) = (text(partition), text("STATE"));
        let put = client.put_item().table_name(TABLE).item("pk", pk.clone()).item("sk", sk.clone()).send().await;
        assert_eq!(told(&put), writes, "put {partition}");
        let update = client.update_item().table_name(TABLE).key("pk", pk.clone()).key("sk", sk.clone());
        let update = update.update_expression("SET a = :a").expression_attribute_values(":a", text("a")).send().await;
        assert_eq!(told(&update), writes, "update {partition}");
        let delete = client.delete_item().table_name(TABLE).key("pk", pk.clone()).key("sk", sk.clone()).send().await;
        assert_eq!(told(&delete), writes, "delete {partition}");
        let get = client.get_item().table_name(TABLE).key("pk", pk.clone()).key("sk", sk.clone()).send().await;
        assert_eq!(told(&get), reads, "get {partition}");
        for (index, condition) in [(None, "#pk=:pk AND (sk = :sk)"), (Some("by_status"), "ipk = :pk")] {
            let query = client.query().table_name(TABLE).set_index_name(index.map(str::to_owned));
            let query = query.key_condition_expression(condition).expression_attribute_values(":pk", pk.clone());
            let query = match index {
                None => query.expression_attribute_names("#pk", "pk").expression_attribute_values(":sk", sk.clone()),
                Some(_) => query,
            };
            assert_eq!(told(&query.send().await), reads, "query {partition} by {index:?}");
        }
    }
}

#[tokio::test]
async fn one_row_that_was_not_granted_is_enough_to_refuse_a_batch_or_a_transaction() {
    let stack = granted().await;
    let client = Clients::of_caller(stack.aws.endpoints(), "agent").dynamodb;
    let key = |pk: &str| [("pk".to_owned(), text(pk)), ("sk".to_owned(), text("STATE"))].into();
    for (second, expected) in [("TASK#2", "ok"), ("ACTION#1", DENIED)] {
        let keys = dynamo::KeysAndAttributes::builder().set_keys(Some(vec![key("TASK#1"), key(second)]));
        let batch = client.batch_get_item().request_items(TABLE, keys.build().unwrap()).send().await;
        assert_eq!(told(&batch), expected, "batch with {second}");
    }
    let put = |pk: &str| {
        let put = dynamo::Put::builder().table_name(TABLE).set_item(Some(key(pk))).build().unwrap();
        dynamo::TransactWriteItem::builder().put(put).build()
    };
    let check = |pk: &str| {
        let check = dynamo::ConditionCheck::builder().table_name(TABLE).set_key(Some(key(pk)));
        let check = check.condition_expression("attribute_not_exists(pk)").build().unwrap();
        dynamo::TransactWriteItem::builder().condition_check(check).build()
    };
    let cases = [
        (vec![put("PROPOSAL#1"), put("RUN#1"), check("TASK#1")], "ok"),
        (vec![put("PROPOSAL#2"), put("ACTION#1")], DENIED),
        (vec![put("PROPOSAL#3"), check("ACTION#1")], DENIED),
    ];
    for (items, expected) in cases {
        let done = client.transact_write_items().set_transact_items(Some(items)).send().await;
        assert_eq!(told(&done), expected);
    }
    let rows = stack.clients.dynamodb.scan().table_name(TABLE).send().await.unwrap();
    assert_eq!(rows.count, 2, "what was refused left nothing behind");
}

#[tokio::test]
async fn nobody_scans_and_nobody_reads_without_a_partition() {
    let stack = granted().await;
    let client = Clients::of_caller(stack.aws.endpoints(), "agent").dynamodb;
    assert_eq!(told(&client.scan().table_name(TABLE).send().await), DENIED);
    assert_eq!(told(&client.describe_table().table_name(TABLE).send().await), DENIED);
    let statement = client.execute_statement().statement("SELECT * FROM royal").send().await;
    assert_eq!(told(&statement), DENIED);
    let write = dynamo::DeleteRequest::builder().key("pk", text("PROPOSAL#1")).key("sk", text("STATE")).build();
    let write = dynamo::WriteRequest::builder().delete_request(write.unwrap()).build();
    assert_eq!(told(&client.batch_write_item().request_items(TABLE, vec![write]).send().await), DENIED);
    let disguised = client.query().table_name(TABLE).key_condition_expression("sk = :pk");
    assert_eq!(told(&disguised.expression_attribute_values(":pk", text("TASK#1")).send().await), DENIED);
}

#[tokio::test]
async fn secrets_queues_and_buses_are_open_by_name_only() {
    let stack = granted().await;
    stack.clients.secrets.create_secret().name("royal/shop").secret_string("s").send().await.unwrap();
    let (url, _) = queue(&stack.clients.sqs, "gate", &[]).await;
    for (who, secret) in
        [("agent", DENIED), ("executor", "ok"), ("local", "ok"), ("nobody", "UnrecognizedClientException")]
    {
        let clients = Clients::of_caller(stack.aws.endpoints(), who);
        let others = match who {
            "local" => "ok",
            "nobody" => secret,
            _ => DENIED,
        };
        assert_eq!(told(&clients.secrets.get_secret_value().secret_id("royal/shop").send().await), secret, "{who}");
        assert_eq!(told(&clients.sqs.send_message().queue_url(&url).message_body("m").send().await), others, "{who}");
        let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder().source("royal").build();
        assert_eq!(told(&clients.events.put_events().entries(entry).send().await), others, "{who}");
        assert_eq!(told(&clients.streams.list_streams().send().await), others, "{who}");
    }
    let refused = stack.aws.refusals();
    assert!(
        refused.iter().any(|why| why.contains("`agent`") && why.contains("secretsmanager:GetSecretValue")),
        "{refused:?}"
    );
}
