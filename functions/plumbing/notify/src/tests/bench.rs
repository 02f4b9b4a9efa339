//! The function with a table of its own, a clock that stands still, and a sandbox that takes what it sends.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use domain::{Actor, Decision, Record, Role, Status, Tier, audit::Entry, task::Wake};
use emulator::Aws;
use outbox::{Outbox, Settings};
use runtime::{Call, Clock, Config, Env, Function, secrets::Secrets};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use store::Chained;
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{net::TcpListener, task::JoinSet};

pub(super) const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
const KEY: &str = "SG.sandbox";
const WEBHOOK: &str = "/services/T000/B000/sandbox";

/// A clock that moves only when told to.
pub(super) struct Still(Mutex<OffsetDateTime>);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// The function and everything around it.
pub(super) struct Bench {
    pub(super) env: Env,
    pub(super) function: Arc<dyn Function>,
    clock: Arc<Still>,
    url: String,
    _aws: Aws,
    _server: JoinSet<()>,
}

impl Bench {
    pub(super) async fn open() -> Self {
        Self::with(&["sendgrid-key", "slack-webhook"]).await
    }

    /// The same with these secrets only.
    pub(super) async fn with(secrets: &[&str]) -> Self {
        let clock = Arc::new(Still(Mutex::new(NOON)));
        let (url, server) = serve().await;
        let aws = Aws::start(emulator::Settings::default()).await.unwrap();
        let all = [("sendgrid-key", KEY.to_owned()), ("slack-webhook", format!("{url}{WEBHOOK}"))];
        let given = all.into_iter().filter(|(name, _)| secrets.contains(name));
        let env = Env::new(config(&url), sdk(&aws.endpoints().dynamodb), clock.clone()).unwrap();
        let env = env.with_secrets(Secrets::given(given, clock.clone()));
        env.store().create_table().await.unwrap();
        let function = crate::function(&env).unwrap();
        Self { env, function, clock, url, _aws: aws, _server: server }
    }

    /// Another environment of the function, which remembers nothing.
    pub(super) fn restart(&mut self) {
        self.function = crate::function(&self.env).unwrap();
    }

    pub(super) fn pass(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
    }

    /// Puts a thing into the table, as a function of ours would.
    pub(super) async fn keep<T: Chained>(&self, thing: &T) {
        let mut tx = self.env.store().tx(self.clock.now());
        tx.create(thing, Entry::new(Actor::Function("gate".into()), "judged", thing.status())).unwrap();
        tx.commit().await.unwrap();
    }

    /// Delivers these messages in one batch, and returns how many have to come again.
    pub(super) async fn deliver(&self, wakes: &[Wake]) -> usize {
        let record = |(n, wake): (usize, &Wake)| json!({ "messageId": format!("m{n}"), "body": serde_json::to_string(wake).unwrap(), "attributes": {} });
        let records: Vec<Value> = wakes.iter().enumerate().map(record).collect();
        let call = Call { request_id: "call".into(), deadline: self.clock.now() + Duration::seconds(60) };
        let answer = self.function.invoke(json!({ "Records": records }), &call).await.unwrap();
        answer["batchItemFailures"].as_array().unwrap().len()
    }

    /// Delivers what the relay would say of this record.
    pub(super) async fn tell(&self, record: &Record) -> usize {
        self.deliver(&[Wake::Action { action: record.proposal.id, status: record.status }]).await
    }

    /// Delivers the schedule's message.
    pub(super) async fn sweep(&self) -> usize {
        self.schedule("notify.five-minutely").await
    }

    pub(super) async fn schedule(&self, name: &str) -> usize {
        self.deliver(&[Wake::Schedule { schedule: name.into(), at: self.clock.now(), input: Value::Null }]).await
    }

    pub(super) async fn faults(&self, faults: &Value) {
        let added = self.env.http().post(format!("{}/sandbox/outbox/faults", self.url)).json(faults).send();
        added.await.unwrap().error_for_status().unwrap();
    }

    /// Bodies that a service took.
    pub(super) async fn sent(&self, service: &str) -> Vec<Value> {
        let answer = self.env.http().get(format!("{}/sandbox/outbox", self.url)).send().await.unwrap();
        let all: Value = answer.json().await.unwrap();
        assert_eq!(all["refused"], json!([]), "everything that is sent is valid");
        let of = all["messages"].as_array().unwrap().iter().filter(|message| message["service"] == service);
        of.map(|message| message["body"].clone()).collect()
    }

    /// Subjects of all mail.
    pub(super) async fn mail(&self) -> Vec<String> {
        self.sent("sendgrid").await.iter().map(|body| body["subject"].as_str().unwrap().to_owned()).collect()
    }

    /// What the outbox keeps of a notice.
    pub(super) async fn kept(&self, key: &str) -> Value {
        let kept = self.env.store().outcome("notify", key).await.unwrap();
        kept.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
    }

    /// The state of a channel, as everybody can see it.
    pub(super) async fn channel(&self, name: &str) -> String {
        let fact = self.env.store().fact(&format!("channel:{name}")).await.unwrap();
        fact.map_or_else(String::new, |fact| fact.fields["state"].clone())
    }
}

async fn serve() -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings { sendgrid_key: KEY.into(), webhook: WEBHOOK.into(), now: Arc::new(|| NOON) };
    let router = Outbox::new(settings).unwrap().router();
    let mut server = JoinSet::new();
    server.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, server)
}

fn config(url: &str) -> Config {
    let vars = json!({
        "ROYAL_NOTICE_TO": "owner=ann@shop.example;finance=fin@shop.example",
        "ROYAL_NOTICE_FROM": "royal@shop.example",
        "ROYAL_PAGE_URL": "https://desk.example",
        "ROYAL_SENDGRID_URL": url,
    });
    Config::read(&|name| vars[name].as_str().map(str::to_owned), &[]).unwrap()
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

/// The sample action of this tier, where it is in this state.
pub(super) fn record(tier: Tier, status: Status) -> Record {
    let sample = include_str!("../../../../../events/stream/action.json");
    let record: Record = serde_json::from_str(sample).unwrap();
    let decision = Decision { tier, ..record.decision };
    Record { decision, status, updated: NOON, undo: None, note: None, ..record }
}

/// A request to people that was opened at noon: one of owner or finance must agree within 24 hours.
pub(super) fn request() -> Record {
    let mut record = record(Tier::High, Status::CeoReview);
    record.decision.consent.roles = vec![Role::Owner, Role::Finance];
    record.decision.consent.hours = 24;
    record.decision.consent.escalation = Vec::new();
    record.asked(None, NOON).unwrap()
}
