//! `just bench-webhooks`: what taking a webhook costs, beside a handler that does nothing, in the same run.
//!
//! All are called with the text of the same event, as Lambda calls them, and asked for the text of the answer. The tables
//! are embedded ones, on disk, so a message that is kept is synced. One is empty; in the other the ids of many messages
//! are stored, by copying one row in the engine's file while it is closed. Every round takes each of them in its turn, so
//! that what else the machine does meets all of them alike; what is told is against the bare handler of the same round.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a measurement fails by panicking, prints what it found and needs the real clock"
)]

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_lc_rs::hmac;
use aws_sdk_dynamodb::{
    Client,
    config::{Credentials, SharedCredentialsProvider},
    types::AttributeValue,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{News, news::Said};
use emulator::{Aws, Settings};
use futures::{StreamExt as _, future::BoxFuture, stream};
use lambda_http::{Adapter, Request, service_fn};
use lambda_runtime::{Context, LambdaEvent, tower::Service as _};
use runtime::{Call, Clock, Config, Env, Function, clock::SystemClock, secrets::Secrets};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use time::OffsetDateTime;

const SECRET: &str = "measured";
const ORDER: &str = include_str!("../../../../events/shopify/orders__create.json");
/// Messages of one measurement, and how many are under way at once.
const MESSAGES: usize = 1_000;
const AT_ONCE: usize = 16;

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1).map(|count| count.parse::<u32>().unwrap());
    let (stored, rounds) = (args.next().unwrap_or(1_000_000), args.next().unwrap_or(10));
    let folders = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let few = World::new(folders.0.path()).await;
    let many = World::new(folders.1.path()).await;
    many.env.store().accept(&World::news("seed"), None).await.unwrap();
    many.stop().await;
    copy(&folders.1.path().join("dynamodb.db"), stored);
    let many = World::open(folders.1.path()).await;
    // The first round only warms up.
    drop(round(&few, &many, "warm").await);
    let mut all = BTreeMap::<usize, Vec<Taken>>::new();
    for n in 0..rounds {
        for (place, taken) in round(&few, &many, &format!("round-{n}")).await.into_iter().enumerate() {
            all.entry(place).or_default().push(taken);
        }
    }
    told(&all, stored);
    few.stop().await;
    many.stop().await;
}

/// Each in its turn, in this order.
async fn round(few: &World, many: &World, run: &str) -> [Taken; 5] {
    [
        bare().await,
        few.written(run).await,
        few.take(run).await,
        many.take(run).await,
        // The same messages again: each meets its own id.
        many.take(run).await,
    ]
}

/// What one measurement came to: durations of all calls, their sum by the clock, processor time of the whole process,
/// and what AWS was asked for.
struct Taken {
    each: Vec<Duration>,
    all: Duration,
    cpu: Duration,
    calls: BTreeMap<String, u64>,
    /// Tenths of request units.
    units: BTreeMap<String, u64>,
}

impl Taken {
    fn rate(&self) -> f64 {
        count(self.each.len()) / self.all.as_secs_f64()
    }

    fn cpu(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e3 / count(self.each.len())
    }

    fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.each.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() * percent / 100).map_or(0.0, |took| took.as_secs_f64() * 1e3)
    }
}

fn told(all: &BTreeMap<usize, Vec<Taken>>, stored: u32) {
    let names = [
        "bare `lambda_http`".to_owned(),
        "bare with one conditional write".to_owned(),
        "webhooks, empty table".to_owned(),
        format!("webhooks, {stored} stored ids"),
        format!("webhooks, {stored} stored ids, each message a repetition"),
    ];
    println!(
        "| handler | requests/s | of bare | of one write | p50 ms | p99 ms | × one write | CPU ms | a message asks |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let (bare, written) = (&all[&0], &all[&1]);
    for (rounds, name) in all.values().zip(names) {
        let each = |of: fn(&Taken) -> f64| median(rounds.iter().map(of));
        let against = |other: &[Taken], of: fn(&Taken) -> f64| {
            median(rounds.iter().zip(other).map(|(this, other)| of(this) / of(other)))
        };
        println!(
            "| {name} | {:.0} | {:.3} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
            each(Taken::rate),
            against(bare, Taken::rate),
            against(written, Taken::rate),
            each(|taken| taken.at(50)),
            each(|taken| taken.at(99)),
            against(written, |taken| taken.at(99)),
            each(Taken::cpu),
            asked(rounds),
        );
    }
}

/// What a message asks of AWS, all rounds together.
fn asked(rounds: &[Taken]) -> String {
    let messages = count(rounds.iter().map(|taken| taken.each.len()).sum());
    let sum = |of: fn(&Taken) -> &BTreeMap<String, u64>, name: &str| -> f64 {
        rounds.iter().filter_map(|taken| of(taken).get(name)).map(|n| count(usize::try_from(*n).unwrap())).sum()
    };
    let calls: BTreeSet<&String> = rounds.iter().flat_map(|taken| taken.calls.keys()).collect();
    let calls = calls.into_iter().map(|name| format!("{name} {:.3}", sum(|taken| &taken.calls, name) / messages));
    let units: BTreeSet<&String> = rounds.iter().flat_map(|taken| taken.units.keys()).collect();
    let units =
        units.into_iter().map(|name| format!("{name} {:.2}", sum(|taken| &taken.units, name) / messages / 10.0));
    calls.chain(units).collect::<Vec<_>>().join(", ")
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map(f64::from).unwrap()
}

/// Hands over messages of `run`, some at once. Writing them down is not timed.
async fn timed<F: Future<Output = ()>>(aws: Option<&Aws>, run: &str, call: impl Fn(usize, String) -> F) -> Taken {
    let events: Vec<String> = (0..MESSAGES).map(|n| event(&format!("{run}-{n}"))).collect();
    let control = aws.map(Aws::faults).unwrap_or_default();
    control.reset();
    control.meter(true);
    let (began, before) = (Instant::now(), cpu());
    let each = stream::iter(events.into_iter().enumerate()).map(|(n, event)| {
        let call = call(n, event);
        async {
            let began = Instant::now();
            call.await;
            began.elapsed()
        }
    });
    let each = each.buffer_unordered(AT_ONCE).collect().await;
    Taken { each, all: began.elapsed(), cpu: cpu() - before, calls: control.log(), units: control.units() }
}

/// Processor time of this process so far: the 14th and 15th field of its `stat`, in hundredths of a second.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum())
}

/// A handler that only takes the body, and does `then` with it.
async fn handled(event: String, then: impl Fn(Vec<u8>) -> BoxFuture<'static, ()>) {
    let handler = service_fn(|request: Request| {
        let then = then(request.body().to_vec());
        async {
            then.await;
            Ok::<_, lambda_http::Error>("{\"kept\":\"new\"}")
        }
    });
    let event = serde_json::from_str(&event).unwrap();
    let answer = Adapter::from(handler).call(LambdaEvent::new(event, Context::default())).await.unwrap();
    assert!(serde_json::to_string(&answer).unwrap().contains("200"));
}

async fn bare() -> Taken {
    let looks = |body: Vec<u8>| -> BoxFuture<'static, ()> { Box::pin(async move { assert!(!body.is_empty()) }) };
    timed(None, "bare", |_, event| handled(event, looks)).await
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

    async fn new(folder: &Path) -> Self {
        let world = Self::open(folder).await;
        world.env.store().create_table().await.unwrap();
        world
    }

    /// The bare handler, where it also keeps the body: the least that a durable answer takes.
    async fn written(&self, run: &str) -> Taken {
        let client = Client::new(self.env.sdk());
        timed(Some(&self.aws), run, |n, event| {
            let put = client.put_item().table_name(&self.env.config().table);
            let put = put.item("pk", AttributeValue::S(format!("BARE#{run}-{n}")));
            let put = put.item("sk", AttributeValue::S("STATE".to_owned()));
            let put = put.condition_expression("attribute_not_exists(pk)");
            handled(event, move |body| {
                let put = put.clone().item("body", AttributeValue::S(String::from_utf8(body).unwrap()));
                Box::pin(async { drop(put.send().await.unwrap()) })
            })
        })
        .await
    }

    /// Takes orders whose ids begin with `run`.
    async fn take(&self, run: &str) -> Taken {
        timed(Some(&self.aws), run, |n, event| async move {
            let event: Value = serde_json::from_str(&event).unwrap();
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
    let mut hash = DefaultHasher::new();
    id.hash(&mut hash);
    let number = 820_000_000_000_000_000 + hash.finish() % 1_000_000_000_000_000;
    let body = ORDER.replace("820982911946154508", &number.to_string());
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
