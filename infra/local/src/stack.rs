//! The system, running in this process.

use crate::{
    credentials, deploy, depots, functions, gateway,
    handler::{Invoker, Running, Time},
    letters,
    page::Page,
    registers, server,
};
use anyhow::{Context as _, Result};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use catalog::{Catalog, Kind, Trigger};
use domain::task::Wake;
use emulator::{Aws, Mapping, QueueMapping, StreamMapping};
use runtime::{Config, Env, Function, Problems};
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

/// The shop's token in the sandbox. Worthless anywhere else.
const SHOP_TOKEN: &str = "shpat_sandbox";

/// What a stack is started with.
#[derive(Clone, Default)]
pub struct Settings {
    /// Settings of the embedded AWS services: state folder, clock, faults, speed.
    pub aws: emulator::Settings,
    /// File of the sandbox shop's state; in memory without one.
    pub shop_state: Option<PathBuf>,
    /// Folder of the local issuer's keys.
    pub issuer_state: PathBuf,
    /// Variables of the functions, such as `ROYAL_FEEDS`.
    pub vars: BTreeMap<String, String>,
    /// What the system consists of, if not what the release's catalogue says.
    pub catalog: Option<Catalog>,
    /// Functions that are there and do nothing: what is sent to them waits.
    pub idle: Vec<String>,
    /// Port of the API; 0 takes any free one.
    pub port: u16,
    /// Port of the sandbox shop; 0 takes any free one.
    pub shop_port: u16,
    /// Cost points a second that the sandbox shop grants, and as many at once; without them those of a standard store.
    pub shop_points: Option<u32>,
    /// The page that is served at `/`; by default none.
    pub page: Page,
}

/// A running stack. Dropping it stops it.
pub struct Stack {
    aws: Aws,
    env: Env,
    functions: Vec<Arc<dyn Function>>,
    mappings: Vec<Mapping>,
    servers: server::Servers,
    time: Time,
    running: Running,
}

impl Stack {
    /// Starts everything. The system works from the moment this returns.
    ///
    /// # Errors
    /// When a port is taken, the state cannot be read or written, or a setting is wrong.
    pub async fn start(settings: Settings) -> Result<Self> {
        let time = Time(Arc::clone(&settings.aws.clock));
        let catalog = settings.catalog.clone().map_or_else(catalog::catalog, Ok)?;
        let servers = server::Servers::bind(&settings).await?;
        let crossing: Arc<dyn emulator::Crossing> = Arc::new(servers.rehearsal().clone());
        let grants = Some(credentials::grants(&catalog));
        let aws = Aws::start(emulator::Settings { crossing: Some(crossing), grants, ..settings.aws.clone() }).await?;
        let sdk = sdk(aws.endpoints().services.as_str()).await;
        let webhook = letters::webhook(&servers.shop_url());
        let secrets = [
            ("shopify-token", SHOP_TOKEN),
            ("shopify-read-token", shop::READ_TOKEN),
            ("shopify-webhook-secret", shop::CLIENT_SECRET),
            ("sendgrid-key", letters::KEY),
            ("slack-webhook", webhook.as_str()),
        ];
        let secrets: Vec<(&str, &str)> = secrets.into_iter().chain(depots::SECRETS).collect();
        deploy::deploy(&sdk, &catalog, &secrets).await?;
        let queues = format!("{}/000000000000/", aws.endpoints().services.trim_end_matches('/'));
        let config = config(&settings, &servers, queues)?;
        let env = Env::new(config, sdk, Arc::new(time.clone()))?;
        let functions = functions::all(&env)?;
        let running = Running::default();
        let mut stack = Self { aws, env, functions, mappings: Vec::new(), servers, time, running };
        stack.map(&catalog, &settings.idle).await?;
        let live = stack.gateway(&catalog)?;
        stack.servers.serve(&settings, &stack.env, (&catalog, live), &stack.time)?;
        Ok(stack)
    }

    /// What the functions were built from, but with the credentials of whoever runs the stack: nothing is refused.
    #[must_use]
    pub const fn env(&self) -> &Env {
        &self.env
    }

    /// The embedded AWS services.
    #[must_use]
    pub const fn aws(&self) -> &Aws {
        &self.aws
    }

    /// The servers: API, sandbox shop, issuer.
    #[must_use]
    pub const fn servers(&self) -> &server::Servers {
        &self.servers
    }

    /// A function by its name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Arc<dyn Function>> {
        self.functions.iter().find(|function| function.name() == name)
    }

    /// How many calls of functions are under way now: none while everything waits for time to pass.
    #[must_use]
    pub fn running(&self) -> usize {
        self.running.count()
    }

    /// Lets `handler` see every committed change from now on, in order.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub async fn watch(&mut self, consumer: &str, handler: Arc<dyn emulator::Handler>) -> Result<()> {
        let mapping = StreamMapping { start: emulator::StartAt::Latest, ..StreamMapping::new("royal", consumer) };
        self.mappings.push(self.aws.map_stream(mapping, handler).await?);
        Ok(())
    }

    /// Wakes a function as a schedule would, now.
    ///
    /// # Errors
    /// When the queue does not take the message.
    pub async fn wake(&self, schedule: &str) -> Result<()> {
        let function = schedule.split(['.', '/']).next().unwrap_or_default();
        let at = runtime::Clock::now(&self.time);
        let wake = Wake::Schedule { schedule: schedule.to_owned(), at, input: Value::Null };
        let queues = self.env.config().queues.clone().unwrap_or_default();
        let sqs = aws_sdk_sqs::Client::new(self.env.sdk());
        let send =
            sqs.send_message().queue_url(format!("{queues}{function}")).message_body(serde_json::to_string(&wake)?);
        send.send().await.with_context(|| format!("`{function}` cannot be woken"))?;
        Ok(())
    }

    /// Finishes the calls that are running and stops.
    pub async fn stop(self) {
        for mapping in self.mappings {
            mapping.stop().await;
        }
        self.servers.stop();
        self.aws.stop().await;
    }

    /// Connects every function to what wakes it, as AWS's event-source mappings do.
    async fn map(&mut self, catalog: &Catalog, idle: &[String]) -> Result<()> {
        for entry in catalog.functions.iter().filter(|entry| !idle.iter().any(|name| name == entry.name())) {
            let Some(function) = self.functions.iter().find(|function| function.name() == entry.name()) else {
                continue;
            };
            let handler = self.invoker(entry, function);
            for trigger in entry.wakes.all() {
                let mapping = match trigger {
                    Trigger::Queue => self.aws.map_queue(queue_mapping(entry)?, handler.clone()).await?,
                    Trigger::Stream => self.aws.map_stream(stream_mapping(entry)?, handler.clone()).await?,
                    Trigger::Http | Trigger::Websocket => continue,
                };
                self.mappings.push(mapping);
            }
        }
        Ok(())
    }

    /// The gateways: the WebSocket in front of the function that wakes on it, and where outside systems call.
    fn gateway(&self, catalog: &Catalog) -> Result<axum::Router> {
        let entry = catalog.functions.iter().find(|entry| entry.wakes.on(Trigger::Websocket));
        let entry = entry.context("no function wakes on the WebSocket")?;
        let function = self.function(entry.name()).with_context(|| format!("there is no `{}`", entry.name()))?;
        let live = gateway::router(self.invoker(entry, function), credentials::pushes(catalog), &self.time);
        let told = catalog.functions.iter().find(|entry| entry.name() == "webhooks").zip(self.function("webhooks"));
        let told = told.map(|(entry, function)| gateway::http::router(self.invoker(entry, function)));
        Ok(live.merge(told.unwrap_or_default()))
    }

    fn invoker(&self, entry: &catalog::Function, function: &Arc<dyn Function>) -> Arc<Invoker> {
        let (time, running) = (self.time.clone(), self.running.clone());
        Arc::new(Invoker::new(&self.env, Arc::clone(function), time, entry.timeout_seconds, running))
    }
}

fn timeout(entry: &catalog::Function) -> Duration {
    Duration::from_secs(u64::from(entry.timeout_seconds))
}

fn queue_mapping(entry: &catalog::Function) -> Result<QueueMapping> {
    Ok(QueueMapping {
        report_failures: true,
        batch_size: usize::try_from(entry.batch)?,
        timeout: timeout(entry),
        retry_after: Some(if entry.kind == Kind::Executor { LEFT_ALONE } else { RETRY }),
        concurrency: AT_ONCE,
        ..QueueMapping::new(entry.name())
    })
}

fn stream_mapping(entry: &catalog::Function) -> Result<StreamMapping> {
    let filters = entry.filters.iter().map(|filter| serde_json::from_str(filter.get_ref()));
    Ok(StreamMapping {
        report_failures: true,
        bisect: true,
        timeout: timeout(entry),
        filters: filters.collect::<Result<_, _>>()?,
        ..StreamMapping::new("royal", entry.name())
    })
}

/// Calls of one function at once: Lambda begins with five for a queue and adds more within the minute.
const AT_ONCE: usize = 16;

/// When a message that failed is delivered again: sooner than in the cloud, for a person who watches.
const RETRY: Duration = Duration::from_secs(4);
/// The same for an executor, whose outside system may be left alone for a while: longer than that, all deliveries
/// together.
const LEFT_ALONE: Duration = Duration::from_secs(15);

fn config(settings: &Settings, servers: &server::Servers, queues: String) -> Result<Config, Problems> {
    let mut vars = settings.vars.clone();
    let mut set = |name: &str, value: String| vars.insert(name.to_owned(), value);
    set("ROYAL_QUEUES", queues);
    set("ROYAL_SANDBOX", "1".to_owned());
    set("ROYAL_SHOP_URL", format!("{}/admin/api/{}/graphql.json", servers.shop_url(), shop::API_VERSION));
    set("ROYAL_SHOP_PAGE", servers.shop_url());
    set("ROYAL_ISSUER", servers.api_url());
    set("ROYAL_JWKS", format!("{}/jwks.json", servers.api_url()));
    set("ROYAL_LIVE_URL", servers.api_url());
    letters::settings(&mut vars, &servers.api_url(), &servers.shop_url());
    registers::settings(&mut vars, &servers.shop_url());
    depots::settings(&mut vars, &servers.shop_url());
    Config::read(&|name| vars.get(name).cloned(), &[])
}

/// Clients that can reach nothing but this machine, with worthless keys.
pub(crate) async fn sdk(endpoint: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials::of(credentials::OPERATOR))
        .retry_config(RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(20)))
        .load()
        .await
}

pub(crate) const fn shop_token() -> &'static str {
    SHOP_TOKEN
}
