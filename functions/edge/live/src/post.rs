//! Sending to a connection, through API Gateway's management API or what stands for it.

use aws_config::SdkConfig;
use aws_sdk_apigatewaymanagement::{
    Client,
    config::{Builder, timeout::TimeoutConfig},
    error::{DisplayErrorContext, ProvideErrorMetadata, SdkError},
    primitives::Blob,
};
use serde_json::Value;
use std::{sync::LazyLock, time::Duration};

/// The longest that one message may take, retries included.
const LONGEST: Duration = Duration::from_secs(4);
/// The largest message that API Gateway sends, in bytes.
const LARGEST: usize = 128 * 1024;

/// How sending ended, where it did not end well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Lost {
    /// Nobody is there any more.
    #[error("the connection is gone")]
    Gone,
    /// It did not get through, for this reason.
    #[error("{0}")]
    Failed(String),
}

/// Sends to connections. Most starts are for somebody who comes or goes, so its client is built at the first message.
pub(crate) struct Post(LazyLock<Client, Box<dyn FnOnce() -> Client + Send>>);

impl Post {
    /// One that reaches connections at `url`.
    pub(crate) fn new(sdk: &SdkConfig, url: &str) -> Self {
        let patience = TimeoutConfig::builder().operation_timeout(LONGEST).build();
        let config = Builder::from(sdk).endpoint_url(url).timeout_config(patience);
        Self(LazyLock::new(Box::new(move || Client::from_conf(config.build()))))
    }

    /// Sends one message.
    pub(crate) async fn send(&self, id: &str, message: &Value) -> Result<(), Lost> {
        let bytes = message.to_string().into_bytes();
        if bytes.len() > LARGEST {
            tracing::error!(bytes = bytes.len(), "a message is too large to be sent and is left out");
            return Ok(());
        }
        let sent = self.0.post_to_connection().connection_id(id).data(Blob::new(bytes)).send().await;
        sent.map(|_| ()).map_err(|error| lost(&error))
    }

    /// Ends a connection; one that is gone already is no failure.
    pub(crate) async fn close(&self, id: &str) -> Result<(), Lost> {
        match self.0.delete_connection().connection_id(id).send().await.map_err(|error| lost(&error)) {
            Err(Lost::Gone) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn lost<E, R>(error: &SdkError<E, R>) -> Lost
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match error.as_service_error().and_then(ProvideErrorMetadata::code) {
        Some("GoneException") => Lost::Gone,
        _ => Lost::Failed(DisplayErrorContext(error).to_string()),
    }
}
