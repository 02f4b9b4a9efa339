//! What may be known of the system without a token: whether it works, and what may be counted with one.

use super::App;
use runtime::breaker::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Whether the API can do its work.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Probe {
    /// Whether requests can be answered: the table answers, and there is a policy.
    pub(crate) ready: bool,
    /// The table.
    pub(crate) table: TablePart,
    /// The policy.
    pub(crate) policy: PolicyPart,
    /// The circuit breaker of each outside system that this process has called.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub(crate) breakers: BTreeMap<String, State>,
    /// Whether people can sign in: the settings that are missing, none if all are there.
    pub(crate) missing_settings: Vec<&'static str>,
    /// Whether the outside world is a sandbox.
    pub(crate) sandbox: bool,
}

/// The table.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TablePart {
    /// Whether it answers.
    pub(crate) reachable: bool,
}

/// The policy.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PolicyPart {
    /// The revision in force; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    /// What is wrong with the files now, where an edit is being ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
}

impl Probe {
    /// Asks everything that the API needs.
    pub(crate) async fn of(app: &App) -> Self {
        let env = app.env();
        let asked = env.store().control().await;
        if let Err(error) = &asked {
            tracing::error!(%error, "the table is not reachable");
        }
        let policy = app.policy();
        let config = env.config();
        let settings = [("ROYAL_ISSUER", config.issuer.is_none()), ("ROYAL_JWKS", config.jwks.is_none())];
        Self {
            ready: asked.is_ok() && policy.is_some(),
            table: TablePart { reachable: asked.is_ok() },
            policy: PolicyPart {
                revision: policy.map(|policy| policy.revision().to_owned()),
                problem: env.policy().problem(),
            },
            breakers: env.breakers().states(),
            missing_settings: settings.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect(),
            sandbox: config.sandbox,
        }
    }
}
