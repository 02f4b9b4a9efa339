//! The function over its own table, with an issuer and something that stands for API Gateway.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::{
    Client,
    config::{Credentials, SharedCredentialsProvider},
    types::AttributeValue,
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use domain::Role;
use emulator::{Aws, Settings};
use issuer::Issuer;
use runtime::{Call, Clock, Config, Env, Function};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339, macros::datetime};

const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
const ISSUER: &str = "http://127.0.0.1:4700";

struct Still(Mutex<OffsetDateTime>);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// As long as nobody waits.
pub(super) const STUCK: u64 = u64::MAX;

/// What connections received, and what is wrong with some.
#[derive(Default)]
pub(super) struct Lines {
    sent: Mutex<BTreeMap<String, Vec<Value>>>,
    pub(super) gone: Mutex<BTreeSet<String>>,
    pub(super) closed: Mutex<BTreeSet<String>>,
    /// Milliseconds that each message takes, at most; a different time for each.
    pub(super) slow: AtomicU64,
}

pub(super) struct Bench {
    pub(super) live: Arc<dyn Function>,
    pub(super) lines: Arc<Lines>,
    pub(super) client: Client,
    issuer: Issuer,
    clock: Arc<Still>,
    calls: AtomicU64,
    _aws: Aws,
    _dir: tempfile::TempDir,
}

impl Bench {
    pub(super) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(Still(Mutex::new(NOON)));
        let ticking = Arc::clone(&clock);
        let issuer = Issuer::open(dir.path(), ISSUER, "royal-api").unwrap().with_clock(move || ticking.now());
        let lines = Arc::new(Lines::default());
        let gateway = Router::new().route("/@connections/{id}", post(deliver).delete(close)).with_state(lines.clone());
        let url = serve(gateway.merge(issuer.router())).await;
        let aws = Aws::start(Settings::default()).await.unwrap();
        let sdk = sdk(&aws.endpoints().dynamodb);
        let env = Env::new(config(&url), sdk, clock.clone()).unwrap();
        env.store().create_table().await.unwrap();
        let (live, client) = (crate::function(&env).unwrap(), Client::new(env.sdk()));
        Self { live, lines, client, issuer, clock, calls: AtomicU64::default(), _aws: aws, _dir: dir }
    }

    pub(super) fn pass(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
    }

    pub(super) fn token(&self, roles: &[Role]) -> String {
        self.issuer.token("ann@sandbox.example", roles).unwrap()
    }

    /// Wakes the function.
    pub(super) async fn invoke(&self, event: Value) -> Value {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let deadline = self.clock.now() + Duration::seconds(30);
        self.live.invoke(event, &Call { request_id: format!("call-{number}"), deadline }).await.unwrap()
    }

    /// Tries to connect with these headers.
    pub(super) async fn knock(&self, id: &str, headers: Value) -> Value {
        let mut event = websocket(id, "CONNECT");
        event["headers"] = headers;
        self.invoke(event).await
    }

    /// Connects in this role.
    pub(super) async fn connect(&self, id: &str, role: Role) {
        let token = self.token(&[role]);
        let answer = self.knock(id, json!({ "Sec-WebSocket-Protocol": format!("royal.live, bearer.{token}") })).await;
        assert_eq!(answer["statusCode"], 200, "{answer}");
    }

    pub(super) async fn say(&self, id: &str, message: impl ToString) -> Value {
        let mut event = websocket(id, "MESSAGE");
        event["body"] = json!(message.to_string());
        self.invoke(event).await
    }

    pub(super) async fn leave(&self, id: &str) {
        self.invoke(websocket(id, "DISCONNECT")).await;
    }

    /// Events of this topic with these numbers happen now and are delivered together.
    pub(super) async fn happen(&self, topic: &str, numbers: impl IntoIterator<Item = u64>) {
        let at = self.clock.now().format(&Rfc3339).unwrap();
        let records = numbers.into_iter().map(|number| {
            let detail = json!({ "id": format!("{number}.0"), "at": at, "number": number });
            let body = json!({ "source": "royal", "detail-type": topic, "detail": detail }).to_string();
            json!({ "messageId": format!("m{number}"), "body": body })
        });
        let answer = self.invoke(json!({ "Records": records.collect::<Vec<_>>() })).await;
        assert_eq!(answer["batchItemFailures"], json!([]));
    }

    /// Everything that a connection received.
    pub(super) fn received(&self, id: &str) -> Vec<Value> {
        self.lines.sent.lock().unwrap().get(id).cloned().unwrap_or_default()
    }

    /// The numbers of the events among it.
    pub(super) fn numbers(&self, id: &str) -> Vec<u64> {
        self.received(id).iter().filter_map(|message| message["data"]["number"].as_u64()).collect()
    }

    /// The id of the last event among it.
    pub(super) fn last_id(&self, id: &str) -> String {
        let mut ids = self.received(id).into_iter().filter_map(|message| message["id"].as_str().map(str::to_owned));
        ids.next_back().unwrap()
    }

    /// Keys of all rows that begin like this.
    pub(super) async fn rows(&self, prefix: &str) -> Vec<String> {
        let rows = self.client.scan().table_name("royal").send().await.unwrap().items.unwrap_or_default();
        let pk = |row: &std::collections::HashMap<String, AttributeValue>| row["pk"].as_s().unwrap().clone();
        let mut keys: Vec<String> = rows.iter().map(pk).filter(|pk| pk.starts_with(prefix)).collect();
        keys.sort();
        keys
    }
}

fn websocket(id: &str, kind: &str) -> Value {
    json!({ "requestContext": {
        "eventType": kind, "connectionId": id, "connectedAt": 1_795_176_000_000_i64,
        "requestTimeEpoch": 1_795_176_000_000_i64, "messageId": null,
    }})
}

async fn deliver(State(lines): State<Arc<Lines>>, Path(id): Path<String>, body: String) -> StatusCode {
    if lines.gone.lock().unwrap().contains(&id) {
        return StatusCode::GONE;
    }
    let slow = lines.slow.load(Ordering::Relaxed);
    if slow == STUCK {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    } else if slow > 0 {
        let millis = (body.len() as u64 * 31 + u64::from(body.as_bytes()[body.len() / 2])) % slow;
        tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
    }
    lines.sent.lock().unwrap().entry(id).or_default().push(serde_json::from_str(&body).unwrap());
    StatusCode::OK
}

async fn close(State(lines): State<Arc<Lines>>, Path(id): Path<String>) -> StatusCode {
    lines.closed.lock().unwrap().insert(id);
    StatusCode::NO_CONTENT
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    #[allow(clippy::disallowed_methods, reason = "a test is no Lambda function: nothing freezes its tasks")]
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn config(url: &str) -> Config {
    let settings = [
        ("ROYAL_POLICIES", concat!(env!("CARGO_MANIFEST_DIR"), "/../../../policies").to_owned()),
        ("ROYAL_ISSUER", ISSUER.to_owned()),
        ("ROYAL_JWKS", format!("{url}/jwks.json")),
        ("ROYAL_LIVE_URL", url.to_owned()),
    ];
    let find = |name: &str| settings.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone());
    Config::read(&find, crate::NEEDS).unwrap()
}

fn sdk(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new("local", "local", None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}
