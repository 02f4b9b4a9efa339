//! What a function finds when it is started: an embedded table, its settings, and nothing of this machine's own.

use anyhow::{Context as _, Result};
use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::config::Credentials;
use emulator::{Aws, Settings};
use std::{collections::BTreeMap, path::Path};
use store::Store;

/// Where nobody listens.
const NOWHERE: &str = "http://127.0.0.1:1/";

/// Bundles of certificate authorities, where the usual systems keep them; the first is that of AWS Lambda.
const AUTHORITIES: [&str; 2] = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"];

/// The surroundings of all functions.
pub struct World {
    /// Stops with it.
    _aws: Aws,
    environment: BTreeMap<String, String>,
}

impl World {
    /// Starts the embedded services and creates the table. The policies are those in `policies`.
    ///
    /// # Errors
    /// When a port or the table cannot be had.
    pub async fn start(policies: &Path) -> Result<Self> {
        let aws = Aws::start(Settings::default()).await?;
        table(&aws).await?;
        let mut environment: BTreeMap<String, String> = aws
            .endpoints()
            .environment()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let lambda = [
            ("AWS_LAMBDA_FUNCTION_NAME", "started"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("ROYAL_POLICIES", policies.to_str().context("the path of the policies is not UTF-8")?),
        ];
        environment.extend(lambda.map(|(name, value)| (name.to_owned(), value.to_owned())));
        if let Some(bundle) = AUTHORITIES.into_iter().find(|bundle| Path::new(bundle).is_file()) {
            environment.insert("SSL_CERT_FILE".to_owned(), bundle.to_owned());
        }
        Ok(Self { _aws: aws, environment })
    }

    /// All variables of a function's process; those in `settings` lead nowhere.
    #[must_use]
    pub fn environment(&self, settings: &[String]) -> BTreeMap<String, String> {
        let nowhere = settings.iter().map(|name| (name.clone(), NOWHERE.to_owned()));
        self.environment.clone().into_iter().chain(nowhere).collect()
    }
}

async fn table(aws: &Aws) -> Result<()> {
    let endpoints = aws.endpoints();
    let sdk = aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(&endpoints.dynamodb)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "cold"))
        .load()
        .await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&sdk), "royal");
    store.create_table().await.context("the table cannot be created")
}
