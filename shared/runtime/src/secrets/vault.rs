//! Where secrets are kept: AWS Secrets Manager.

use super::Secret;
use async_trait::async_trait;
use aws_config::{SdkConfig, timeout::TimeoutConfig};
use aws_sdk_secretsmanager::{
    Client, config::Builder, error::DisplayErrorContext, operation::get_secret_value::GetSecretValueOutput,
};
use std::{sync::OnceLock, time::Duration};

/// All attempts together may take this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// A place that keeps secrets.
#[async_trait]
pub(super) trait Vault: Send + Sync {
    /// The secret that is kept under `id`, or nothing where there is none.
    ///
    /// # Errors
    /// With the reason, when the place cannot say.
    async fn fetch(&self, id: &str) -> Result<Option<Secret>, String>;
}

/// A place that keeps none.
pub(super) struct Empty;

#[async_trait]
impl Vault for Empty {
    async fn fetch(&self, _id: &str) -> Result<Option<Secret>, String> {
        Ok(None)
    }
}

/// AWS Secrets Manager. Most functions never ask it, so its client is built at first use.
pub(super) struct SecretsManager {
    sdk: SdkConfig,
    client: OnceLock<Client>,
}

impl SecretsManager {
    pub(super) const fn new(sdk: SdkConfig) -> Self {
        Self { sdk, client: OnceLock::new() }
    }

    fn client(&self) -> &Client {
        self.client.get_or_init(|| {
            let patience = TimeoutConfig::builder().operation_timeout(PATIENCE).build();
            Client::from_conf(Builder::from(&self.sdk).timeout_config(patience).build())
        })
    }
}

#[async_trait]
impl Vault for SecretsManager {
    async fn fetch(&self, id: &str) -> Result<Option<Secret>, String> {
        let request = self.client().get_secret_value().secret_id(id);
        match request.send().await {
            Ok(output) => value(output),
            Err(error) => match error.as_service_error() {
                Some(e) if e.is_resource_not_found_exception() => Ok(None),
                // so it answers for a secret that is marked for deletion
                Some(e) if e.is_invalid_request_exception() => Ok(None),
                _ => Err(DisplayErrorContext(&error).to_string()),
            },
        }
    }
}

fn value(output: GetSecretValueOutput) -> Result<Option<Secret>, String> {
    let text = match (output.secret_string, output.secret_binary) {
        (Some(text), _) => text,
        (None, Some(bytes)) => {
            String::from_utf8(bytes.into_inner()).map_err(|_| "the stored value is not UTF-8".to_owned())?
        }
        (None, None) => String::new(),
    };
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests;
