//! Starting, wiring and stopping the stack.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use crate::db::{self, Db};
use crate::dynamodb::{Engine, Proxy, sweep_regularly};
use crate::env::{Core, Env, Names};
use crate::error::{MappingError, StartError};
use crate::events::Filter;
use crate::faults::FaultControl;
use crate::grants::Warden;
use crate::http::{App, bind, serve};
use crate::mapping::{Handler, Mapping, QueueLoop, QueueMapping, StartAt, StreamLoop, StreamMapping};
use crate::scheduler;
use crate::settings::Settings;
use crate::signals::Signals;
use crate::sqs::Queue;
use crate::streams::StreamSource;
use crate::tasks::{AllEnded, Stop, Tasks};

/// How long [`Aws::stop`] waits for running calls.
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// The running services. Dropping it stops them as well, without waiting.
pub struct Aws {
    core: Arc<Core>,
    engine: Arc<Engine>,
    endpoints: Endpoints,
    turns: Arc<Semaphore>,
    tasks: Tasks,
    ended: AllEnded,
    stop: watch::Sender<bool>,
}

/// Where the services listen, both on 127.0.0.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// DynamoDB and DynamoDB Streams.
    pub dynamodb: String,
    /// SQS, EventBridge, Scheduler and Secrets Manager.
    pub services: String,
    region: String,
}

impl Endpoints {
    /// The variables that make an AWS SDK use this stack and never a real account.
    pub fn environment(&self) -> [(&'static str, &str); 7] {
        [
            ("AWS_ENDPOINT_URL", &self.services),
            ("AWS_ENDPOINT_URL_DYNAMODB", &self.dynamodb),
            ("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", &self.dynamodb),
            ("AWS_REGION", &self.region),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]
    }
}

impl Aws {
    /// Opens the data and serves it. Must be called on a tokio runtime with time and I/O.
    ///
    /// # Errors
    /// A [`StartError`] that names the port or path and what to do.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let (services, services_at) = bind(settings.services_port)?;
        let (dynamodb, dynamodb_at) = bind(settings.dynamodb_port)?;
        let names = Names {
            region: settings.region.clone(),
            account: settings.account.clone(),
            services_url: format!("http://{services_at}"),
        };
        let endpoints = Endpoints {
            dynamodb: format!("http://{dynamodb_at}"),
            services: names.services_url.clone(),
            region: settings.region.clone(),
        };
        let (stop, stopping) = Stop::new();
        let opening = {
            let (settings, stopping) = (settings.clone(), stopping.clone());
            tokio::task::spawn_blocking(move || open(&settings, names, stopping))
        };
        let opened = opening.await.map_err(|e| failed(&settings, &e.to_string()))?;
        let (core, engine) = opened?;
        let proxy = Proxy::new(engine.clone(), core.env.clone());
        let app = Arc::new(App {
            core: core.clone(),
            dynamodb: proxy.map_err(|e| failed(&settings, &e.to_string()))?,
            requests: AtomicU64::new(1),
        });
        let (tasks, ended) = Tasks::new();
        tasks.spawn(serve(services, app.clone(), stopping.clone()));
        tasks.spawn(serve(dynamodb, app, stopping.clone()));
        tasks.spawn(scheduler::run(core.clone(), stopping.clone()));
        let sweep = sweep_regularly(engine.clone(), core.clone(), settings.ttl_sweep, stopping);
        tasks.spawn(sweep);
        Ok(Self {
            core,
            engine,
            endpoints,
            turns: Arc::new(Semaphore::new(settings.concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            tasks,
            ended,
            stop,
        })
    }

    /// Where the services listen.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The counts of calls, and the faults.
    pub fn faults(&self) -> FaultControl {
        self.core.env.faults.clone()
    }

    /// What callers were refused because it was not granted to them: a sentence each, in the order it came up.
    pub fn refusals(&self) -> Vec<String> {
        self.core.env.warden.refusals()
    }

    /// Forgets what was refused.
    pub fn forget_refusals(&self) {
        self.core.env.warden.forget();
    }

    /// Calls `handler` for the messages of a queue until the mapping is stopped or dropped.
    ///
    /// # Errors
    /// [`MappingError::NoQueue`] if the queue does not exist.
    pub async fn map_queue(&self, mapping: QueueMapping, handler: Arc<dyn Handler>) -> Result<Mapping, MappingError> {
        let name = mapping.queue.clone();
        let found = self.core.db.run(move |tx| Queue::by_name(tx, &name)).await;
        let found = found.map_err(|e| MappingError::Store { cause: e.to_string() })?;
        let Some(queue) = found else {
            return Err(MappingError::NoQueue { queue: mapping.queue });
        };
        let (stop, stopping) = self.core.stop.part();
        let work = QueueLoop {
            core: self.core.clone(),
            queue_id: queue.id,
            mapping: Arc::new(mapping),
            handler,
            turns: self.turns.clone(),
            stop: stopping,
        };
        Ok(Mapping::new(stop, self.tasks.spawn(work.run())))
    }

    /// Calls `handler` for the records of a table's stream, in order, until the mapping is
    /// stopped or dropped.
    ///
    /// # Errors
    /// [`MappingError::NoStream`] if the table does not exist or has no stream.
    pub async fn map_stream(&self, mapping: StreamMapping, handler: Arc<dyn Handler>) -> Result<Mapping, MappingError> {
        let wanted = mapping.filters.iter().map(Filter::compile).collect::<Result<_, _>>();
        let wanted = wanted.map_err(|cause| MappingError::Filter { cause })?;
        let source = self.stream(&mapping.table, &mapping.consumer, mapping.start).await?;
        let (stop, stopping) = self.core.stop.part();
        let work = StreamLoop { source, mapping, wanted, handler, stop: stopping };
        Ok(Mapping::new(stop, self.tasks.spawn(work.run())))
    }

    /// Reads a table's stream without a mapping; the place is kept under `consumer`.
    ///
    /// # Errors
    /// [`MappingError::NoStream`] if the table does not exist or has no stream.
    pub async fn stream(&self, table: &str, consumer: &str, start: StartAt) -> Result<StreamSource, MappingError> {
        StreamSource::open(self.core.clone(), self.engine.clone(), table, consumer, start).await
    }

    /// Deletes now what is past its time to live, by the shared clock, and returns how many
    /// items that were.
    ///
    /// # Errors
    /// [`MappingError::Store`] if the data cannot be read or written.
    pub async fn sweep_ttl(&self) -> Result<usize, MappingError> {
        let swept = self.engine.sweep(&self.core).await;
        swept.map_err(|e| MappingError::Store { cause: e.to_string() })
    }

    /// Stops in order: no new calls, running calls and mappings finish (20 seconds at most),
    /// then the files are closed.
    pub async fn stop(self) {
        let Self { core, engine, tasks, ended, stop, .. } = self;
        stop.send_replace(true);
        drop(tasks);
        if !ended.wait(STOP_LIMIT).await {
            tracing::warn!("the local stack was stopped while calls were still running");
        }
        let db = core.db.clone();
        drop(core);
        let closing = tokio::task::spawn_blocking(move || {
            engine.stop();
            db.close();
        });
        if let Err(error) = closing.await {
            tracing::error!(%error, "the local stack could not be closed");
        }
    }
}

fn failed(settings: &Settings, cause: &str) -> StartError {
    StartError::Unusable {
        path: settings.data_dir.clone().unwrap_or_else(|| ":memory:".into()),
        cause: cause.to_owned(),
    }
}

/// Opens the store first: its lock says whether the folder is in use.
fn open(settings: &Settings, names: Names, stop: Stop) -> Result<(Arc<Core>, Arc<Engine>), StartError> {
    let folder = settings.data_dir.as_deref();
    folder.map_or(Ok(()), db::check_folder)?;
    let file = |name: &str| folder.map(|folder: &Path| folder.join(name));
    let store = file("services.db");
    let (conn, session) = db::open(store.as_deref(), settings.faults.seed)?;
    let now_ms = settings.clock.now_ms();
    let pace = scheduler::resume(&conn, settings.speed, now_ms);
    let faults = FaultControl::default();
    faults.set(settings.faults.clone());
    let env = Arc::new(Env {
        clock: settings.clock.clone(),
        signals: Signals::default(),
        faults,
        crossing: settings.crossing.clone(),
        warden: Warden::new(settings.grants.clone()),
        names,
        pace: pace.map_err(|e| failed(settings, &e.to_string()))?,
    });
    let engine = Engine::start(file("dynamodb.db").as_deref(), env.clone())?;
    let db = Db::start(conn, session, env.clone())?;
    Ok((Arc::new(Core { db, env, stop }), Arc::new(engine)))
}
