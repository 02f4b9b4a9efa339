//! Everything that a function is built from.

use crate::{
    Clock, Config, Policies, Problems,
    breaker::{Breakers, Limits},
    clock::SystemClock,
    metrics::{Emf, Metrics, Registry},
    secrets::Secrets,
};
use aws_config::SdkConfig;
use std::sync::Arc;
use store::Store;

/// What a function is handed at its start.
#[derive(Clone)]
pub struct Env {
    config: Arc<Config>,
    sdk: SdkConfig,
    store: Store,
    policy: Arc<Policies>,
    secrets: Arc<Secrets>,
    clock: Arc<dyn Clock>,
    http: reqwest::Client,
    registry: Arc<Registry>,
    metrics: Arc<dyn Metrics>,
    breakers: Arc<Breakers>,
}

impl Env {
    /// What a function on AWS is handed: settings from the environment, the machine's clock.
    ///
    /// # Errors
    /// With every variable that is wrong or missing.
    pub async fn load(needs: &[&str]) -> Result<Self, Problems> {
        let config = Config::from_env(needs)?;
        let sdk = aws_config::load_from_env().await;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let env = Self::new(config, sdk, Arc::clone(&clock))?;
        let both: Vec<Arc<dyn Metrics>> = vec![Arc::new(Emf::new(clock)), env.registry.clone()];
        Ok(env.measuring_to(Arc::new(both)))
    }

    /// The same from given values; metrics stay in this process.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub fn new(config: Config, sdk: SdkConfig, clock: Arc<dyn Clock>) -> Result<Self, Problems> {
        let store = Store::new(aws_sdk_dynamodb::Client::new(&sdk), &config.table);
        let policy = Arc::new(Policies::new(&config.policies, config.last_good.clone(), store.clone()));
        let secrets = Arc::new(Secrets::new(&sdk, Arc::clone(&clock)));
        let http = crate::http::client()?;
        let registry = Arc::new(Registry::default());
        let metrics: Arc<dyn Metrics> = registry.clone();
        let breakers = Arc::new(Breakers::new(Limits::default(), Arc::clone(&clock), Arc::clone(&metrics)));
        Ok(Self { config: Arc::new(config), sdk, store, policy, secrets, clock, http, registry, metrics, breakers })
    }

    /// The same for another caller: what it reads and writes, it does with `sdk`'s credentials. Both measure to the same
    /// place.
    #[must_use]
    pub fn acting_as(&self, sdk: SdkConfig) -> Self {
        let store = Store::new(aws_sdk_dynamodb::Client::new(&sdk), &self.config.table);
        let policy = Arc::new(self.policy.read_from(store.clone()));
        let secrets = Arc::new(Secrets::new(&sdk, Arc::clone(&self.clock)));
        Self { sdk, store, policy, secrets, ..self.clone() }
    }

    /// The same, measuring to `metrics`.
    #[must_use]
    pub fn measuring_to(self, metrics: Arc<dyn Metrics>) -> Self {
        let breakers = Breakers::new(Limits::default(), Arc::clone(&self.clock), Arc::clone(&metrics));
        Self { metrics, breakers: Arc::new(breakers), ..self }
    }

    /// The same with other secrets, for tests.
    #[must_use]
    pub fn with_secrets(self, secrets: Secrets) -> Self {
        Self { secrets: Arc::new(secrets), ..self }
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// AWS settings, for clients that only one function needs.
    #[must_use]
    pub const fn sdk(&self) -> &SdkConfig {
        &self.sdk
    }

    /// The table.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The policy in force.
    #[must_use]
    pub const fn policy(&self) -> &Arc<Policies> {
        &self.policy
    }

    /// Secrets by name.
    #[must_use]
    pub const fn secrets(&self) -> &Arc<Secrets> {
        &self.secrets
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The HTTP client, which has time-outs.
    #[must_use]
    pub const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Where measurements go.
    #[must_use]
    pub fn metrics(&self) -> &dyn Metrics {
        self.metrics.as_ref()
    }

    /// What this process measured since it started.
    #[must_use]
    pub const fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The circuit breakers of outside systems.
    #[must_use]
    pub const fn breakers(&self) -> &Arc<Breakers> {
        &self.breakers
    }
}
