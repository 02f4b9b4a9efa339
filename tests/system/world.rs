//! A whole system for one test, on a clock of its own.

use crate::feed::{self, Row};
use domain::{Role, Status, journey::Stage};
use emulator::ManualClock;
use local::{Settings, Stack};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};
use tempfile::TempDir;

/// Looks before a test gives up; at each one the world's clock moves on by a second.
const LOOKS: usize = 3000;
const PAUSE: Duration = Duration::from_millis(10);
const STEP: Duration = Duration::from_secs(1);

/// A running system and the folder that it lives in.
pub struct World {
    pub stack: Stack,
    pub clock: ManualClock,
    pub folder: Arc<TempDir>,
    http: reqwest::Client,
}

impl World {
    /// A system that reads a feed of these rows.
    pub async fn of(rows: &[Row]) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        feed::write(folder.path(), rows);
        Self::start(folder, ManualClock::new(now_ms()), |_| {}).await
    }

    /// A system in `folder`, as it was left there if it ran before.
    pub async fn start(folder: Arc<TempDir>, clock: ManualClock, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings(folder.path(), &clock);
        change(&mut settings);
        let stack = Stack::start(settings).await.unwrap();
        let http = runtime::http::client().unwrap();
        Self { stack, clock, folder, http }
    }

    /// Stops the system and starts it again on what it left on disk.
    pub async fn restart(self) -> Self {
        let (folder, clock) = (Arc::clone(&self.folder), self.clock.clone());
        drop(self.stack);
        Self::start(folder, clock, |_| {}).await
    }

    /// Has the scout read the feed now.
    pub async fn scout(&self) {
        self.stack.wake("product-scout.hourly").await.unwrap();
    }

    /// Looks until `probe` finds something, moving the clock on, and fails naming `what` if it never does.
    pub async fn until<T>(&self, what: &str, mut probe: impl AsyncFnMut(&Self) -> Option<T>) -> T {
        for _ in 0..LOOKS {
            if let Some(found) = probe(self).await {
                return found;
            }
            self.clock.advance(STEP);
            tokio::time::sleep(PAUSE).await;
        }
        panic!("never happened: {what}; journeys: {:#}; shop: {:#}", self.journeys().await, self.shop().await);
    }

    /// Lets `seconds` of the world's time pass.
    pub async fn pass(&self, seconds: u64) {
        for _ in 0..seconds {
            self.clock.advance(STEP);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// The journey of the product `handle`, once it is in `stage`.
    pub async fn journey_in(&self, handle: &str, stage: Stage) -> Value {
        let what = format!("{handle} in {}", stage.name());
        self.until(&what, async |world| world.journey(handle).await.filter(|j| j["stage"] == json!(stage))).await
    }

    /// The journey of the product `handle`, wherever it is.
    pub async fn journey(&self, handle: &str) -> Option<Value> {
        let all = self.journeys().await;
        let of = |journey: &&Value| journey["candidate"]["title"].as_str().is_some_and(|t| t.contains(handle));
        all.as_array().unwrap().iter().find(of).cloned()
    }

    /// All journeys, read from the table as functions read them.
    pub async fn journeys(&self) -> Value {
        let store = self.stack.env().store();
        let mut found = Vec::new();
        for stage in Stage::ALL {
            let page = store.list::<domain::journey::Journey>(stage.name(), &store::page::Cut::first(200)).await.unwrap();
            found.extend(page.items.into_iter().map(|row| serde_json::to_value(row.value).unwrap()));
        }
        Value::Array(found)
    }

    /// All actions of this status.
    pub async fn actions(&self, status: Status) -> Vec<domain::Record> {
        let store = self.stack.env().store();
        let page = store.list::<domain::Record>(status.name(), &store::page::Cut::first(200)).await.unwrap();
        page.items.into_iter().map(|row| row.value).collect()
    }

    /// What the sandbox shop holds.
    pub async fn shop(&self) -> Value {
        let url = format!("{}/sandbox/state", self.stack.servers().shop_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Asks the API as a person with this role.
    pub async fn api(&self, role: Role, method: reqwest::Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let servers = self.stack.servers();
        let token = servers.issuer().unwrap().token(&format!("{role}@sandbox.example"), &[role]);
        let request = self.http.request(method, format!("{}/api/v1/{path}", servers.api_url())).bearer_auth(token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }
}

fn settings(folder: &Path, clock: &ManualClock) -> Settings {
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let vars = [
        ("ROYAL_FEEDS", file("products.csv")),
        ("ROYAL_SUPPLIERS", file("suppliers.csv")),
        ("ROYAL_TRENDS", file("trends.csv")),
        ("ROYAL_POLICIES", concat!(env!("CARGO_MANIFEST_DIR"), "/../policies").to_owned()),
    ];
    Settings {
        aws: emulator::Settings {
            data_dir: Some(folder.join("aws")),
            clock: Arc::new(clock.clone()),
            ..emulator::Settings::default()
        },
        shop_state: Some(folder.join("shop.sqlite")),
        issuer_state: folder.join("issuer"),
        vars: BTreeMap::from(vars.map(|(name, value)| (name.to_owned(), value))),
        port: 0,
        shop_port: 0,
    }
}

fn now_ms() -> i64 {
    i64::try_from(time::OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap()
}
