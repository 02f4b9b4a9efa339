//! `just bench-webhooks`: what taking a webhook costs, beside a handler that does nothing, in the same run.
//!
//! Both are called with the text of the same event, as Lambda calls them, and asked for the text of the answer. The table
//! is the embedded one, on disk, so a message that is kept is synced. Then the ids of many messages are stored, by copying
//! one row in the engine's file while it is closed, and the same is measured again: it should not have grown.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a measurement fails by panicking, prints what it found and needs the real clock"
)]

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_lc_rs::hmac;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{News, news::Said};
use emulator::{Aws, Settings};
use futures::{StreamExt as _, stream};
use lambda_http::{Adapter, Request, service_fn};
use lambda_runtime::{Context, LambdaEvent, tower::Service as _};
use runtime::{Call, Clock, Config, Env, Function, clock::SystemClock, secrets::Secrets};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use time::OffsetDateTime;

const SECRET: &str = "measured";
/// Messages of one measurement, and how many are under way at once.
const MESSAGES: usize = 2_000;
const AT_ONCE: usize = 16;

#[tokio::main]
async fn main() {
    let stored: u32 = std::env::args().nth(1).map_or(1_000_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    println!("| handler | stored ids | requests/s | p50 ms | p99 ms |\n|---|---|---|---|---|");
    told("bare `lambda_http`", 0, &bare().await);
    let world = World::open(folder.path()).await;
    world.env.store().create_table().await.unwrap();
    told("webhooks (first calls)", 0, &world.take("warm").await);
    told("webhooks", 0, &world.take("few").await);
    let seed = World::news("seed");
    world.env.store().accept(&seed, None).await.unwrap();
    world.stop().await;
    copy(&folder.path().join("dynamodb.db"), stored);
    let world = World::open(folder.path()).await;
    drop(world.take("again").await);
    told("webhooks", stored, &world.take("many").await);
    told("webhooks, each a repetition", stored, &world.take("many").await);
    told("bare `lambda_http`", 0, &bare().await);
    world.stop().await;
}

/// Durations of all calls, and of all together.
struct Times(Vec<Duration>, Duration);

fn told(handler: &str, stored: u32, Times(each, all): &Times) {
    let mut sorted = each.clone();
    sorted.sort_unstable();
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).map_or(0.0, |took| took.as_secs_f64() * 1e3);
    let rate = u32::try_from(each.len()).map(f64::from).unwrap() / all.as_secs_f64();
    println!("| {handler} | {stored} | {rate:.0} | {:.3} | {:.3} |", at(50), at(99));
}

async fn timed<F: Future<Output = ()>>(call: impl Fn(usize) -> F) -> Times {
    let began = Instant::now();
    let each = stream::iter(0..MESSAGES).map(|n| {
        let call = call(n);
        async {
            let began = Instant::now();
            call.await;
            began.elapsed()
        }
    });
    let each = each.buffer_unordered(AT_ONCE).collect().await;
    Times(each, began.elapsed())
}

async fn bare() -> Times {
    timed(|n| async move {
        let handler = service_fn(async |request: Request| {
            assert!(!request.body().is_empty());
            Ok::<_, lambda_http::Error>("{\"kept\":\"new\"}")
        });
        let event = serde_json::from_str(&event(&format!("bare-{n}"))).unwrap();
        let answer = Adapter::from(handler).call(LambdaEvent::new(event, Context::default())).await.unwrap();
        assert!(serde_json::to_string(&answer).unwrap().contains("200"));
    })
    .await
}

struct World {
    env: Env,
    function: Arc<dyn Function>,
    aws: Aws,
}

impl World {
    async fn open(folder: &Path) -> Self {
        let aws = Aws::start(Settings { data_dir: Some(folder.to_owned()), ..Settings::default() }).await.unwrap();
        let keys = Credentials::new("local", "local", None, None, "local");
        let sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&aws.endpoints().services)
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .build();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let secrets = Secrets::given([("shopify-webhook-secret", SECRET)], Arc::clone(&clock));
        let env = Env::new(Config::read(&|_| None, &[]).unwrap(), sdk, clock).unwrap().with_secrets(secrets);
        Self { function: webhooks::function(&env).unwrap(), env, aws }
    }

    async fn stop(self) {
        drop((self.function, self.env));
        self.aws.stop().await;
    }

    /// Takes orders whose ids begin with `run`.
    async fn take(&self, run: &str) -> Times {
        timed(|n| async move {
            let event: Value = serde_json::from_str(&event(&format!("{run}-{n}"))).unwrap();
            let call = Call { request_id: n.to_string(), deadline: OffsetDateTime::now_utc() + Duration::from_secs(5) };
            let answer = self.function.invoke(event, &call).await.unwrap();
            assert!(serde_json::to_string(&answer).unwrap().contains("200"), "{answer}");
        })
        .await
    }

    fn news(id: &str) -> News {
        let (topic, from, now) =
            ("orders/create".to_owned(), "acme.myshopify.com".to_owned(), OffsetDateTime::now_utc());
        News { id: id.to_owned(), topic, from, triggered: now, received: now, said: Said::Unused }
    }
}

/// The text of an event that carries an order of its own.
fn event(id: &str) -> String {
    let body = include_str!("../../../../events/shopify/orders__create.json");
    let number: u64 = 820_982_911_946_154_508 + id.bytes().map(u64::from).sum::<u64>();
    let body = body.replace("820982911946154508", &number.to_string());
    let signature = STANDARD.encode(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), body.as_bytes()));
    let path = "/webhooks/shopify";
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
        "headers": {
            "content-type": "application/json", "x-shopify-topic": "orders/create",
            "x-shopify-shop-domain": "acme.myshopify.com", "x-shopify-webhook-id": id,
            "x-shopify-triggered-at": "2026-11-20T11:59:59Z", "x-shopify-hmac-sha256": signature,
        },
        "requestContext": { "http": { "method": "POST", "path": path }, "stage": "$default", "timeEpoch": 0 },
        "body": body, "isBase64Encoded": false,
    })
    .to_string()
}

/// Makes `count` copies of the message `seed`, each with an id of its own.
fn copy(file: &Path, count: u32) {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN IMMEDIATE").unwrap();
    let id = "printf('%08x-0000-4000-8000-%012x', (n * 2654435761) % 4294967296, n)";
    let own = |column: &str| format!("replace({column}, 'WEBHOOK#seed', 'WEBHOOK#' || {id})");
    let sql = format!(
        "WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ?1)
         INSERT INTO royal (pk, sk, item_json, item_size, cached_at, hash_prefix)
         SELECT {}, sk, {}, item_size, cached_at, hash_prefix FROM seq,
         (SELECT * FROM royal WHERE pk = 'S:WEBHOOK#seed')",
        own("pk"),
        own("item_json")
    );
    assert_eq!(conn.execute(&sql, [count]).unwrap(), usize::try_from(count).unwrap());
    conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
}
