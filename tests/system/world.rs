//! A whole system for one test: a folder, a clock of its own, and a process that can be killed.

use crate::{
    feed::{self, Row},
    mirror::Mirror,
    process::Process,
    table::Table,
};
use domain::{Role, Status, journey::Stage};
use emulator::{FaultControl, ManualClock, StartAt};
use local::{Settings, Stack};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::Store;
use tempfile::TempDir;
use time::OffsetDateTime;

/// How far the world's clock jumps when nothing is under way, how long a look waits, and how many of them
/// must find nothing under way.
const JUMP: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(4);
const IDLE: u32 = 3;
/// Hours of the world's time, and real time, after which what a test waits for never happens.
const PATIENCE: time::Duration = time::Duration::hours(100);
const REAL: Duration = Duration::from_secs(100);

/// What a test changes in the settings, at every start.
pub(crate) type Change = Arc<dyn Fn(&mut Settings) + Send + Sync>;

/// A running system and everything that outlives its process.
pub(crate) struct World {
    pub(crate) clock: ManualClock,
    pub(crate) folder: Arc<TempDir>,
    pub(crate) mirror: Arc<Mirror>,
    change: Change,
    process: Option<Process>,
    http: reqwest::Client,
}

impl World {
    /// A system that will find these rows in its feed. What schedules do at its first start is over.
    pub(crate) async fn of(rows: &[Row]) -> Self {
        Self::with(rows, |_| {}).await
    }

    /// The same with changed settings.
    pub(crate) async fn with(rows: &[Row], change: impl Fn(&mut Settings) + Send + Sync + 'static) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        feed::write(folder.path(), &[]);
        let mut world = Self {
            clock: ManualClock::new(now_ms()),
            mirror: Arc::default(),
            change: Arc::new(change),
            process: None,
            http: runtime::http::client().unwrap(),
            folder,
        };
        world.start().await;
        world.settle().await;
        world.feed(rows);
        world
    }

    /// Starts the process on what the one before left on disk.
    pub(crate) async fn start(&mut self) {
        assert!(self.process.is_none(), "it is running");
        let change = Arc::clone(&self.change);
        let started = Process::start(self.folder.path(), &self.clock, &*change, Arc::clone(&self.mirror));
        self.process = Some(started.await);
    }

    /// Ends the process as a power cut does: nothing is finished, nothing is said.
    pub(crate) async fn kill(&mut self) {
        self.process.take().unwrap().kill().await;
    }

    /// Kills it and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.kill().await;
        self.start().await;
    }

    /// The running stack.
    pub(crate) fn stack(&self) -> &Stack {
        self.process.as_ref().unwrap().stack()
    }

    /// The table, as functions see it.
    pub(crate) fn store(&self) -> &Store {
        self.stack().env().store()
    }

    /// Counts and faults of AWS calls.
    pub(crate) fn faults(&self) -> FaultControl {
        self.stack().aws().faults()
    }

    /// The world's time.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let millis = emulator::Clock::now_ms(&self.clock);
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).unwrap()
    }

    /// Replaces the feed.
    pub(crate) fn feed(&self, rows: &[Row]) {
        feed::write(self.folder.path(), rows);
    }

    /// Has the scout read the feed now.
    pub(crate) async fn scout(&self) {
        self.clock.advance(Duration::from_secs(1));
        self.stack().wake("product-scout.hourly").await.unwrap();
    }

    /// Looks until `probe` finds something, and fails naming `what` if it never does.
    ///
    /// The world's time passes as real time does, and in jumps while no function is at work: so nothing runs
    /// out of time because this machine is slow, and nobody waits for a deadline.
    pub(crate) async fn until<T>(&self, what: &str, mut probe: impl AsyncFnMut(&Self) -> Option<T>) -> T {
        let (began, mut looked, end) = (Instant::now(), Instant::now(), self.now() + PATIENCE);
        let mut idle = 0;
        while self.now() < end && began.elapsed() < REAL {
            self.refused_nothing();
            if let Some(found) = probe(self).await {
                return found;
            }
            let calls = self.faults().calls();
            tokio::time::sleep(PAUSE).await;
            self.clock.advance(looked.elapsed());
            looked = Instant::now();
            idle = if self.stack().running() == 0 && self.faults().calls() == calls { idle + 1 } else { 0 };
            if idle >= IDLE {
                self.clock.advance(JUMP);
            }
        }
        let calls = self.faults().calls();
        self.faults().reset();
        let (table, dead) = (self.table().await.told(), self.dead_letters().await);
        panic!("never happened: {what}; calls: {calls}; {}; dead letters: {dead:?}; {table}", self.mirror.told());
    }

    /// Fails if a function was refused what it asked for: the catalogue, which is what IAM grants, does not suffice.
    pub(crate) fn refused_nothing(&self) {
        let refused = self.stack().aws().refusals();
        assert!(refused.is_empty(), "{}", refused.join("; "));
    }

    /// Lets this much of the world's time pass.
    pub(crate) async fn pass(&self, time: Duration) {
        let end = self.now() + time;
        self.until("time passes", async |world| (world.now() >= end).then_some(())).await;
    }

    /// Lets the system work until nothing more happens by itself, and returns how many AWS calls it took.
    pub(crate) async fn settle(&self) -> u64 {
        let mut calm = (0, 0);
        self.until("everything comes to rest", async |world| {
            let calls = world.faults().calls();
            let at_rest = world.stack().running() == 0 && world.mirror.is_at_rest();
            calm = if at_rest && calm.0 == calls { (calls, calm.1 + 1) } else { (calls, 0) };
            if calm.1 < IDLE {
                return None;
            }
            calm.1 = 0;
            // What the stream has not told yet is in the table already, and what the relay has not sent yet is in no queue.
            // Nothing may change while one queue is looked at after the other.
            let told = world.told().await?;
            let idle = world.waiting_messages().await == 0 && world.table().await.leftovers().is_empty();
            (idle && world.told().await? == told).then_some(calls)
        })
        .await
    }

    /// The last change that the relay told of, where it has told of all.
    async fn told(&self) -> Option<String> {
        let stream = self.stack().aws().stream("royal", "relay", StartAt::TrimHorizon).await.unwrap();
        stream.all_handled().await.unwrap()
    }

    /// Messages in all queues that somebody is still to handle.
    pub(crate) async fn waiting_messages(&self) -> usize {
        let mut waiting = 0;
        for function in catalog::catalog().unwrap().queued() {
            waiting += crate::queues::waiting(self.stack().env(), function.name()).await;
        }
        waiting
    }

    /// Messages that nobody could handle, as queue and body.
    pub(crate) async fn dead_letters(&self) -> Vec<(String, Value)> {
        let mut all = Vec::new();
        for function in catalog::catalog().unwrap().queued() {
            let bodies = crate::queues::dead(self.stack().env(), function.name()).await;
            all.extend(bodies.into_iter().map(|body| (function.name().to_owned(), body)));
        }
        all
    }

    /// Every row of the table.
    pub(crate) async fn table(&self) -> Table {
        Table::read(self.stack().env()).await
    }

    /// The journey of the product `handle`, once it is in `stage`.
    pub(crate) async fn journey_in(&self, handle: &str, stage: Stage) -> Value {
        let what = format!("{handle} in {}", stage.name());
        self.until(&what, async |world| world.journey(handle).await.filter(|j| j["stage"] == json!(stage))).await
    }

    /// The journey of the product `handle`, wherever it is.
    pub(crate) async fn journey(&self, handle: &str) -> Option<Value> {
        let of = |journey: &Value| journey["candidate"]["title"].as_str().is_some_and(|t| t.contains(handle));
        self.table().await.bodies("JOURNEY").into_iter().find(of)
    }

    /// All actions of this status, as functions read them.
    pub(crate) async fn actions(&self, status: Status) -> Vec<domain::Record> {
        let page = self.store().list::<domain::Record>(status.name(), &store::page::Cut::first(200)).await.unwrap();
        page.items.into_iter().map(|row| row.value).collect()
    }

    /// The first request that waits for people, once there is one.
    pub(crate) async fn card(&self) -> Value {
        self.until("an approval waits", async |world| world.cards().await.into_iter().next()).await
    }

    /// All requests that wait for people.
    pub(crate) async fn cards(&self) -> Vec<Value> {
        let (status, page) = self.api(Role::Owner, Method::GET, "approvals?limit=100", None).await;
        assert_eq!(status, 200, "{page:#}");
        page["items"].as_array().unwrap().clone()
    }

    /// What the sandbox shop holds.
    pub(crate) async fn shop(&self) -> Value {
        let url = format!("{}/sandbox/state", self.stack().servers().shop_url());
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Asks the sandbox outside: what shoppers, carriers and tests do there.
    pub(crate) async fn outside(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}/{path}", self.stack().servers().shop_url());
        let request = self.http.request(method, url);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    /// Makes the shop misbehave, each fault in its turn.
    pub(crate) async fn shop_faults(&self, faults: &Value) {
        let url = format!("{}/sandbox/faults", self.stack().servers().shop_url());
        self.http.post(url).json(faults).send().await.unwrap().error_for_status().unwrap();
    }

    /// Lets the shop behave from now on.
    pub(crate) async fn shop_faults_over(&self) {
        let url = format!("{}/sandbox/faults", self.stack().servers().shop_url());
        self.http.delete(url).send().await.unwrap().error_for_status().unwrap();
    }

    /// Requests that will still meet a fault of the shop.
    pub(crate) async fn shop_faults_left(&self) -> u64 {
        let url = format!("{}/sandbox/faults", self.stack().servers().shop_url());
        let left: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        left["faults"].as_array().unwrap().iter().map(|fault| fault["times"].as_u64().unwrap()).sum()
    }

    /// Asks the API as a person with this role.
    pub(crate) async fn api(&self, role: Role, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.api_as((&format!("{role}@sandbox.example"), role), method, path, body).await
    }

    /// Asks the API as this person.
    pub(crate) async fn api_as(
        &self,
        (person, role): (&str, Role),
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let request = self.request((person, role), method, path);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// The beginning of a person's request.
    pub(crate) fn request(&self, (person, role): (&str, Role), method: Method, path: &str) -> reqwest::RequestBuilder {
        let servers = self.stack().servers();
        let token = servers.issuer().unwrap().token(person, &[role]).unwrap();
        self.http.request(method, format!("{}/api/v1/{path}", servers.api_url())).bearer_auth(token)
    }
}

fn now_ms() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap()
}
