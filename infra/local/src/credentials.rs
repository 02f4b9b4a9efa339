//! Each function's own credentials, and what they open: what the catalogue grants, as IAM has it on AWS.
//!
//! They are worthless, and everybody here could have any of them. But a function signs with its own, and the embedded
//! services refuse what its name was not granted, so a catalogue that grants too little fails here already.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use axum::http::HeaderMap;
use catalog::{Catalog, Function, Trigger};
use emulator::{Grant, Grants};

/// Access key id of whoever runs the stack: may do everything.
pub(crate) const OPERATOR: &str = "local";

/// Credentials whose access key id is `name`.
pub(crate) fn of(name: &str) -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new(name, "local", None, None, "local"))
}

/// The same settings for the function `name`.
pub(crate) fn acting_as(sdk: &SdkConfig, name: &str) -> SdkConfig {
    sdk.to_builder().credentials_provider(of(name)).build()
}

/// What the catalogue grants to whom.
pub(crate) fn grants(catalog: &Catalog) -> Grants {
    Grants {
        table: "royal".to_owned(),
        partitions: ["pk", "gsi1pk", "gsi2pk"].map(str::to_owned).into(),
        operator: OPERATOR.to_owned(),
        callers: catalog.functions.iter().map(|function| (function.name().to_owned(), grant(function))).collect(),
    }
}

/// Whether a request to open connections is signed by somebody who may write to them.
pub(crate) fn pushes(catalog: &Catalog) -> impl Fn(&HeaderMap) -> bool + Send + Sync + use<> {
    let pushing =
        catalog.functions.iter().filter(|function| function.pushes).map(|function| function.name().to_owned());
    let pushing: Vec<String> = pushing.chain([OPERATOR.to_owned()]).collect();
    move |headers| emulator::caller(headers).is_some_and(|who| pushing.iter().any(|name| name == who))
}

/// The name of a secret where it is kept.
pub(crate) fn secret(name: &str) -> String {
    format!("royal/{name}")
}

fn grant(function: &Function) -> Grant {
    Grant {
        reads: function.reads.iter().map(|prefix| prefix.get_ref().clone()).collect(),
        writes: function.writes.iter().map(|prefix| prefix.get_ref().clone()).collect(),
        secrets: function.secrets.iter().map(|name| secret(name.get_ref())).collect(),
        sends: function.sends,
        stream: function.wakes.on(Trigger::Stream),
    }
}
