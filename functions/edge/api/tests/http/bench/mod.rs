//! What every test stands on: a router over its own table, an issuer, a clock that stands still.

mod answer;
mod jwks;
mod things;

pub(crate) use answer::Answer;
pub(crate) use jwks::JwksServer;
pub(crate) use things::{journey, publish, request};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use domain::{Actor, Record, Role, audit::Entry};
use emulator::{Aws, Settings};
use issuer::Issuer;
use runtime::{Clock, Config, Env};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use store::Chained;
use time::{Duration, OffsetDateTime, macros::datetime};
use tower::ServiceExt as _;

/// When tests begin.
pub(crate) const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
/// The issuer of all good tokens.
pub(crate) const ISSUER: &str = "http://127.0.0.1:4700";

/// A clock that moves only when told to.
pub(crate) struct Still(Mutex<OffsetDateTime>);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// One API with everything around it.
pub(crate) struct Bench {
    pub(crate) router: Router,
    pub(crate) env: Env,
    pub(crate) issuer: Issuer,
    pub(crate) jwks: JwksServer,
    clock: Arc<Still>,
    pub(crate) aws: Aws,
    _dir: tempfile::TempDir,
}

impl Bench {
    /// An API with all its settings.
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same, with these settings instead; an empty one is not set.
    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(Still(Mutex::new(NOON)));
        let ticking = Arc::clone(&clock);
        let issuer = Issuer::open(dir.path(), ISSUER, "royal-api").unwrap().with_clock(move || ticking.now());
        let jwks = JwksServer::start(&issuer).await;
        let aws = Aws::start(Settings::default()).await.unwrap();
        let config = config(settings, &jwks.url());
        let env = Env::new(config, sdk(&aws.endpoints().dynamodb), clock.clone()).unwrap();
        env.store().create_table().await.unwrap();
        let router = api::router(&env, roster());
        Self { router, env, issuer, jwks, clock, aws, _dir: dir }
    }

    /// Moves the clock.
    pub(crate) fn pass(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
    }

    pub(crate) fn token(&self, person: &str, role: Role) -> String {
        self.issuer.token(person, &[role]).unwrap()
    }

    /// Somebody's request without a body.
    pub(crate) async fn get(&self, who: (&str, Role), path: &str) -> Answer {
        self.send(self.ask(Method::GET, who, path).body(Body::empty()).unwrap()).await
    }

    /// Somebody's request with a JSON body.
    pub(crate) async fn post(&self, who: (&str, Role), path: &str, body: &Value) -> Answer {
        self.with_body(Method::POST, who, path, body).await
    }

    /// The same with another method.
    pub(crate) async fn with_body(&self, method: Method, who: (&str, Role), path: &str, body: &Value) -> Answer {
        let request = self.ask(method, who, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// The beginning of somebody's request.
    pub(crate) fn ask(&self, method: Method, who: (&str, Role), path: &str) -> axum::http::request::Builder {
        let token = format!("Bearer {}", self.token(who.0, who.1));
        Request::builder().method(method).uri(path).header(header::AUTHORIZATION, token)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Puts a thing into the table, as a function of ours would.
    pub(crate) async fn keep<T: Chained>(&self, thing: &T) {
        let now = self.clock.now();
        let mut tx = self.env.store().tx(now);
        tx.create(thing, Entry::new(Actor::Function("gate".into()), "judged", thing.status())).unwrap();
        tx.commit().await.unwrap();
    }

    /// An action as the table has it now.
    pub(crate) async fn action(&self, record: &Record) -> Record {
        let id = record.proposal.id.to_string();
        self.env.store().get::<Record>(&id).await.unwrap().unwrap().value
    }
}

/// Some agents, one a specialist.
fn roster() -> api::Roster {
    let names = [
        "ceo",
        "product-manager",
        "product-scout",
        "product-scout/eu-home",
        "product-publisher",
        "marketing-copy",
        "finance-tax",
    ];
    api::Roster::new(names.map(|name| (name.to_owned(), format!("what {name} does"))))
}

fn config(settings: &[(&str, &str)], jwks: &str) -> Config {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../policies");
    let usual = [("ROYAL_POLICIES", policies), ("ROYAL_ISSUER", ISSUER), ("ROYAL_JWKS", jwks), ("ROYAL_SANDBOX", "1")];
    let find = |name: &str, list: &[(&str, &str)]| {
        list.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    };
    Config::read(&|name| find(name, settings).or_else(|| find(name, &usual)), &[]).unwrap()
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

impl Bench {
    /// Changes an action's row without its record, as nothing of ours can.
    pub(crate) async fn forge(&self, record: &Record) {
        let forged = Record { note: Some("forged".into()), ..record.clone() };
        let client = aws_sdk_dynamodb::Client::new(self.env.sdk());
        let text = aws_sdk_dynamodb::types::AttributeValue::S;
        client
            .update_item()
            .table_name("royal")
            .key("pk", text(format!("ACTION#{}", record.proposal.id)))
            .key("sk", text("STATE".into()))
            .update_expression("SET body = :body")
            .expression_attribute_values(":body", text(serde_json::to_string(&forged).unwrap()))
            .send()
            .await
            .unwrap();
    }
}
