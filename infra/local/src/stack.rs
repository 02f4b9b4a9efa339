//! The system, running in this process.

use crate::{
    deploy, functions,
    handler::{Invoker, Running, Time},
    server,
};
use anyhow::{Context as _, Result};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, retry::RetryConfig};
use catalog::{Catalog, Wakes};
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
    /// Port of the API; 0 takes any free one.
    pub port: u16,
    /// Port of the sandbox shop; 0 takes any free one.
    pub shop_port: u16,
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
        let catalog = catalog::catalog()?;
        let servers = server::Servers::bind(&settings).await?;
        let crossing: Arc<dyn emulator::Crossing> = Arc::new(servers.rehearsal().clone());
        let aws = Aws::start(emulator::Settings { crossing: Some(crossing), ..settings.aws.clone() }).await?;
        let sdk = sdk(aws.endpoints().services.as_str()).await;
        deploy::deploy(&sdk, &catalog, &[("shopify-token", SHOP_TOKEN)]).await?;
        let queues = format!("{}/000000000000/", aws.endpoints().services.trim_end_matches('/'));
        let config = config(&settings, &servers, queues)?;
        let env = Env::new(config, sdk, Arc::new(time.clone()))?;
        let functions = functions::all(&env)?;
        let running = Running::default();
        let mut stack = Self { aws, env, functions, mappings: Vec::new(), servers, time, running };
        stack.map(&catalog).await?;
        stack.servers.serve(&settings, &stack.env, &catalog, &stack.time)?;
        Ok(stack)
    }

    /// What the functions were built from.
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
    async fn map(&mut self, catalog: &Catalog) -> Result<()> {
        for entry in &catalog.functions {
            let Some(function) = self.functions.iter().find(|function| function.name() == entry.name()) else {
                continue;
            };
            let (time, running) = (self.time.clone(), self.running.clone());
            let handler = Invoker::new(&self.env, Arc::clone(function), time, entry.timeout_seconds, running);
            let handler = Arc::new(handler);
            let timeout = Duration::from_secs(u64::from(entry.timeout_seconds));
            let mapping = match entry.wakes {
                Wakes::Queue => {
                    let batch_size = usize::try_from(entry.batch)?;
                    let mapping = QueueMapping {
                        report_failures: true,
                        batch_size,
                        timeout,
                        retry_after: Some(RETRY),
                        ..QueueMapping::new(entry.name())
                    };
                    self.aws.map_queue(mapping, handler).await?
                }
                Wakes::Stream => {
                    let mapping = StreamMapping {
                        report_failures: true,
                        bisect: true,
                        timeout,
                        ..StreamMapping::new("royal", entry.name())
                    };
                    self.aws.map_stream(mapping, handler).await?
                }
                Wakes::Http => continue,
            };
            self.mappings.push(mapping);
        }
        Ok(())
    }
}

/// When a message that failed is delivered again: sooner than in the cloud, for a person who watches.
const RETRY: Duration = Duration::from_secs(4);

fn config(settings: &Settings, servers: &server::Servers, queues: String) -> Result<Config, Problems> {
    let mut vars = settings.vars.clone();
    let mut set = |name: &str, value: String| vars.insert(name.to_owned(), value);
    set("ROYAL_QUEUES", queues);
    set("ROYAL_SANDBOX", "1".to_owned());
    set("ROYAL_SHOP_URL", format!("{}/admin/api/{}/graphql.json", servers.shop_url(), shop::API_VERSION));
    set("ROYAL_SHOP_PAGE", servers.shop_url());
    set("ROYAL_ISSUER", servers.api_url());
    set("ROYAL_JWKS", format!("{}/jwks.json", servers.api_url()));
    Config::read(&|name| vars.get(name).cloned(), &[])
}

/// Clients that can reach nothing but this machine, with worthless keys.
async fn sdk(endpoint: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .retry_config(RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(20)))
        .load()
        .await
}

pub(crate) const fn shop_token() -> &'static str {
    SHOP_TOKEN
}
