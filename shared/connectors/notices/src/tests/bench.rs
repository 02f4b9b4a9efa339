//! The sandbox on a port of its own, and what is needed to reach it.

use crate::Notice;
use aws_config::{BehaviorVersion, SdkConfig};
use domain::{ActionId, Role};
use outbox::{Outbox, Settings};
use runtime::{Clock, Config, Env, secrets::Secrets};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{net::TcpListener, task::JoinSet};

pub(super) const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
pub(super) const KEY: &str = "SG.sandbox";
pub(super) const WEBHOOK: &str = "/services/T000/B000/sandbox";

/// A clock that moves only when told to.
pub(super) struct Still(Mutex<OffsetDateTime>);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// A sandbox that answers, and an environment that leads to it.
pub(super) struct Bench {
    pub(super) env: Env,
    pub(super) url: String,
    clock: Arc<Still>,
    _server: JoinSet<()>,
}

impl Bench {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(Still(Mutex::new(NOON)));
        let settings = Settings { sendgrid_key: KEY.to_owned(), webhook: WEBHOOK.to_owned(), now: Arc::new(|| NOON) };
        let router = Outbox::new(settings).unwrap().router();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let secrets = [("sendgrid-key", KEY.to_owned()), ("slack-webhook", format!("{url}{WEBHOOK}"))];
        let env = env(&url, clock.clone()).with_secrets(Secrets::given(secrets, clock.clone()));
        Self { env, url, clock, _server: server }
    }

    /// The same with other secrets.
    pub(super) fn with_secrets(mut self, secrets: &[(&str, &str)]) -> Self {
        let secrets = Secrets::given(secrets.iter().copied(), self.clock.clone());
        self.env = self.env.with_secrets(secrets);
        self
    }

    pub(super) fn pass(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
    }

    pub(super) async fn faults(&self, faults: &Value) {
        let added = self.env.http().post(format!("{}/sandbox/outbox/faults", self.url)).json(faults).send();
        added.await.unwrap().error_for_status().unwrap();
    }

    /// Bodies that the services took, and why others were refused.
    pub(super) async fn sent(&self) -> (Vec<Value>, Vec<Value>) {
        let answer = self.env.http().get(format!("{}/sandbox/outbox", self.url)).send().await.unwrap();
        let all: Value = answer.json().await.unwrap();
        let bodies = all["messages"].as_array().unwrap().iter().map(|message| message["body"].clone()).collect();
        (bodies, all["refused"].as_array().unwrap().clone())
    }

    /// Posts a body as somebody would who writes a client by hand.
    pub(super) async fn post(&self, path: &str, body: &Value) -> u16 {
        let request = self.env.http().post(format!("{}{path}", self.url)).bearer_auth(KEY).json(body);
        request.send().await.unwrap().status().as_u16()
    }
}

fn env(url: &str, clock: Arc<Still>) -> Env {
    let vars = json!({
        "ROYAL_NOTICE_TO": "owner=ann@shop.example,bob@shop.example;finance=fin@shop.example",
        "ROYAL_NOTICE_FROM": "royal@shop.example",
        "ROYAL_SENDGRID_URL": url,
    });
    let config = Config::read(&|name| vars[name].as_str().map(str::to_owned), &[]).unwrap();
    let sdk = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    Env::new(config, sdk, clock).unwrap()
}

/// A notice with everything that one can have.
pub(super) fn notice(title: &str) -> Notice {
    let agent = "product-publisher".parse().unwrap();
    Notice::new("action-1/asked/1", &[Role::Owner, Role::Finance], "Approval needed", title)
        .fact("Why people are asked", "The margin of 12 % is below 30 %.")
        .when("Until", NOON)
        .says(&agent, &[("Title", title), ("Reasoning", title)])
        .card(Some("https://desk.example/"), ActionId::at(NOON, "mug", 1))
}
