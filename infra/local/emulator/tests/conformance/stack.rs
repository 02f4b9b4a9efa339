//! A stack with its clients, and helpers that the tests share.

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::types as dynamo;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_sqs::types::QueueAttributeName;
use emulator::{Aws, Endpoints, Handler, ManualClock, Settings};
use serde_json::Value;

/// 2026-11-20T10:00:00Z.
pub(crate) const NOW_MS: i64 = 1_795_168_800_000;

pub(crate) struct Stack {
    pub(crate) aws: Aws,
    pub(crate) clock: ManualClock,
    pub(crate) clients: Clients,
}

pub(crate) struct Clients {
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    pub(crate) streams: aws_sdk_dynamodbstreams::Client,
    pub(crate) sqs: aws_sdk_sqs::Client,
    pub(crate) events: aws_sdk_eventbridge::Client,
    pub(crate) scheduler: aws_sdk_scheduler::Client,
    pub(crate) secrets: aws_sdk_secretsmanager::Client,
}

impl Clients {
    /// Clients that do not retry, so that a test sees each failure.
    pub(crate) fn new(dynamodb: &str, services: &str) -> Self {
        Self::signing_as("local", dynamodb, services)
    }

    /// Clients of the caller `who`.
    pub(crate) fn of_caller(endpoints: &Endpoints, who: &str) -> Self {
        Self::signing_as(who, &endpoints.dynamodb, &endpoints.services)
    }

    fn signing_as(who: &str, dynamodb: &str, services: &str) -> Self {
        let config = |url: &str| {
            SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
                    who, "local", None, None, "test",
                )))
                .retry_config(RetryConfig::disabled())
                .endpoint_url(url)
                .build()
        };
        let (tables, services) = (config(dynamodb), config(services));
        Self {
            dynamodb: aws_sdk_dynamodb::Client::new(&tables),
            streams: aws_sdk_dynamodbstreams::Client::new(&tables),
            sqs: aws_sdk_sqs::Client::new(&services),
            events: aws_sdk_eventbridge::Client::new(&services),
            scheduler: aws_sdk_scheduler::Client::new(&services),
            secrets: aws_sdk_secretsmanager::Client::new(&services),
        }
    }

    pub(crate) fn of(endpoints: &Endpoints) -> Self {
        Self::new(&endpoints.dynamodb, &endpoints.services)
    }
}

/// In memory, at a clock that the test moves.
pub(crate) async fn stack() -> Stack {
    stack_with(|_| {}).await
}

pub(crate) async fn stack_at(folder: &Path) -> Stack {
    let folder = folder.to_owned();
    stack_with(move |settings| settings.data_dir = Some(folder)).await
}

pub(crate) async fn stack_with(change: impl FnOnce(&mut Settings)) -> Stack {
    let clock = ManualClock::new(NOW_MS);
    let mut settings = Settings { clock: Arc::new(clock.clone()), ..Settings::default() };
    change(&mut settings);
    let aws = Aws::start(settings).await.unwrap();
    let clients = Clients::of(aws.endpoints());
    Stack { aws, clock, clients }
}

/// Creates a queue and returns its URL and ARN.
pub(crate) async fn queue(
    sqs: &aws_sdk_sqs::Client,
    name: &str,
    attributes: &[(QueueAttributeName, &str)],
) -> (String, String) {
    let attributes: HashMap<_, _> =
        attributes.iter().map(|(name, value)| (name.clone(), (*value).to_owned())).collect();
    let created = sqs.create_queue().queue_name(name).set_attributes(Some(attributes)).send().await.unwrap();
    (created.queue_url.unwrap(), format!("arn:aws:sqs:us-east-1:000000000000:{name}"))
}

pub(crate) fn redrive_to(arn: &str, receives: u32) -> String {
    serde_json::json!({"deadLetterTargetArn": arn, "maxReceiveCount": receives}).to_string()
}

/// The bodies of the messages that are visible now, taken for good.
pub(crate) async fn drain(sqs: &aws_sdk_sqs::Client, url: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    loop {
        let received = sqs.receive_message().queue_url(url).max_number_of_messages(10).send().await.unwrap();
        let messages = received.messages.unwrap_or_default();
        if messages.is_empty() {
            return bodies;
        }
        for message in messages {
            sqs.delete_message().queue_url(url).receipt_handle(message.receipt_handle.unwrap()).send().await.unwrap();
            bodies.push(message.body.unwrap());
        }
    }
}

/// Creates a table with a string key `pk`, a sort key `sk` and a stream of both images.
pub(crate) async fn table(client: &aws_sdk_dynamodb::Client, name: &str) {
    let attribute = |name: &str| {
        dynamo::AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(dynamo::ScalarAttributeType::S)
            .build()
            .unwrap()
    };
    let key =
        |name: &str, kind| dynamo::KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    client
        .create_table()
        .table_name(name)
        .billing_mode(dynamo::BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk"))
        .attribute_definitions(attribute("sk"))
        .key_schema(key("pk", dynamo::KeyType::Hash))
        .key_schema(key("sk", dynamo::KeyType::Range))
        .stream_specification(
            dynamo::StreamSpecification::builder()
                .stream_enabled(true)
                .stream_view_type(dynamo::StreamViewType::NewAndOldImages)
                .build()
                .unwrap(),
        )
        .send()
        .await
        .unwrap();
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(crate) async fn put(client: &aws_sdk_dynamodb::Client, table: &str, pk: &str, n: i64) {
    let put = client.put_item().table_name(table).item("pk", text(pk)).item("sk", text("-")).item("n", number(n));
    put.send().await.unwrap();
}

/// Waits until `check` holds; the bound only ends a test that would fail anyway.
pub(crate) async fn eventually(what: &str, mut check: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !check().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), waiting).await.is_ok(), "never: {what}");
}

/// Runs a call beside the test.
pub(crate) fn spawn<F>(work: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    #[allow(clippy::disallowed_methods, reason = "a test waits for what it starts")]
    tokio::spawn(work)
}

type Answer = dyn Fn(&Value) -> Result<Value, String> + Send + Sync;

/// A function that remembers its events and answers as it is told.
pub(crate) struct Recorder {
    pub(crate) events: Mutex<Vec<Value>>,
    answer: Box<Answer>,
}

impl Recorder {
    pub(crate) fn new(answer: impl Fn(&Value) -> Result<Value, String> + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { events: Mutex::default(), answer: Box::new(answer) })
    }

    pub(crate) fn accepting() -> Arc<Self> {
        Self::new(|_| Ok(Value::Null))
    }

    /// One field of every record seen so far, in order.
    pub(crate) fn seen(&self, pointer: &str) -> Vec<String> {
        let events = self.events.lock().unwrap();
        let records = events.iter().flat_map(records);
        records.map(|r| r.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()).collect()
    }

    pub(crate) async fn saw(&self, pointer: &str, count: usize) {
        eventually("the function saw its records", async || self.seen(pointer).len() >= count).await;
    }
}

pub(crate) fn records(event: &Value) -> impl Iterator<Item = &Value> {
    event["Records"].as_array().unwrap().iter()
}

#[async_trait]
impl Handler for Recorder {
    async fn invoke(&self, event: Value) -> Result<Value, String> {
        let answer = (self.answer)(&event);
        self.events.lock().unwrap().push(event);
        answer
    }
}
