//! The function as API Gateway and the event bus call it, over a table of its own.

mod bridge;
mod callbacks;
mod kept;
mod logs;
mod refused;

use crate::function;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_lc_rs::hmac;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Contact, News};
use emulator::{Aws, Settings};
use runtime::{Call, Clock, Config, Env, Function, secrets::Secrets};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc};
use time::{OffsetDateTime, macros::datetime};

pub(super) const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
pub(super) const SECRET: &str = "new_secret";
const OLD: &str = "old_secret";
pub(super) const SECRETS: &[(&str, &str)] = &[("shopify-webhook-secret", "new_secret old_secret")];

struct Noon;

impl Clock for Noon {
    fn now(&self) -> OffsetDateTime {
        NOW
    }
}

/// The function with its table.
pub(super) struct Bench {
    pub(super) env: Env,
    function: Arc<dyn Function>,
    _aws: Aws,
}

impl Bench {
    pub(super) async fn start() -> Self {
        Self::with(SECRETS).await
    }

    pub(super) async fn with(secrets: &[(&str, &str)]) -> Self {
        Self::of(secrets, |_| None).await
    }

    /// The function with these settings.
    pub(super) async fn of(secrets: &[(&str, &str)], vars: fn(&str) -> Option<String>) -> Self {
        let aws = Aws::start(Settings::default()).await.unwrap();
        let sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&aws.endpoints().services)
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
                "local", "local", None, None, "local",
            )))
            .build();
        let config = Config::read(&vars, &[]).unwrap();
        let clock: Arc<dyn Clock> = Arc::new(Noon);
        let secrets = Secrets::given(secrets.iter().copied(), Arc::clone(&clock));
        let env = Env::new(config, sdk, clock).unwrap().with_secrets(secrets);
        env.store().create_table().await.unwrap();
        Self { function: function(&env).unwrap(), env, _aws: aws }
    }

    pub(super) async fn invoke(&self, event: Value) -> Result<Value, runtime::Failure> {
        let call = Call { request_id: "1".into(), deadline: NOW + time::Duration::seconds(10) };
        self.function.invoke(event, &call).await
    }

    /// Sends a message and answers the status and the body.
    pub(super) async fn send(&self, message: &Message) -> (u64, Value) {
        let answer = self.invoke(message.event()).await.unwrap();
        let body = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        (answer["statusCode"].as_u64().unwrap(), body)
    }

    pub(super) async fn news(&self, id: &str) -> Option<News> {
        self.env.store().news(id).await.unwrap()
    }

    pub(super) async fn contact(&self, customer: &str, order: &str) -> Option<Contact> {
        self.env.store().contact(customer, order).await.unwrap()
    }

    /// All that is in the table, as text.
    pub(super) async fn everything(&self) -> String {
        let client = aws_sdk_dynamodb::Client::new(self.env.sdk());
        format!("{:?}", client.scan().table_name("royal").send().await.unwrap().items.unwrap())
    }
}

/// A message as the shop sends it.
#[derive(Clone)]
pub(super) struct Message {
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) encoded: bool,
}

impl Message {
    pub(super) fn new(id: &str, topic: &str, body: &[u8]) -> Self {
        let headers = [
            ("content-type", "application/json"),
            ("x-shopify-topic", topic),
            ("x-shopify-shop-domain", "acme.myshopify.com"),
            ("x-shopify-api-version", "2026-07"),
            ("x-shopify-webhook-id", id),
            ("x-shopify-triggered-at", "2026-11-20T11:59:59.123456Z"),
            ("x-shopify-event-id", "59d6d79c-595f-4e7e-bc6f-72f5c3d0c66f"),
            ("x-shopify-hmac-sha256", &signed(SECRET, body)),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { headers, body: body.to_vec(), method: "POST", path: "/webhooks/shopify", encoded: false }
    }

    /// The same with another value of a header, or without it.
    pub(super) fn with(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        self
    }

    fn event(&self) -> Value {
        let headers: serde_json::Map<_, _> = self.headers.iter().map(|(n, v)| (n.clone(), json!(v))).collect();
        let body = match self.encoded {
            true => STANDARD.encode(&self.body),
            false => String::from_utf8(self.body.clone()).unwrap(),
        };
        json!({
            "version": "2.0", "routeKey": "$default", "rawPath": self.path, "rawQueryString": "", "headers": headers,
            "requestContext": { "http": { "method": self.method, "path": self.path }, "stage": "$default" },
            "body": body, "isBase64Encoded": self.encoded,
        })
    }
}

pub(super) fn signed(secret: &str, body: &[u8]) -> String {
    STANDARD.encode(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body))
}

pub(super) fn old() -> &'static str {
    OLD
}

/// The official sample of a topic.
pub(super) fn sample(topic: &str) -> Vec<u8> {
    std::fs::read(folder().join(format!("{}.json", topic.replace('/', "__")))).unwrap()
}

/// All official samples by their topics.
pub(super) fn samples() -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().replace("__", "/"), std::fs::read(path).unwrap()))
        .collect()
}

fn folder() -> std::path::PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../events/shopify")).to_owned()
}
