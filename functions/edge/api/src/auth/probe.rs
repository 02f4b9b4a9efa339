//! What may be known of the system without a token: whether it works, and what may be counted with one.

use super::App;
use runtime::breaker::State;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Store, seen::Wanted};
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
    /// The channels in which approvers are told, as far as they were used or looked for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) channels: BTreeMap<&'static str, ChannelPart>,
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
    /// Whether it was published; the system was delivered with it if not.
    pub(crate) published: bool,
    /// What is wrong: a published revision that cannot be loaded, or an edit of the files that is being ignored. The last
    /// good revision goes on deciding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
}

/// A channel in which approvers are told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelPart {
    /// `on`, `off` or `failing`.
    #[schema(example = "off")]
    pub(crate) state: String,
    /// Why it is not on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
}

/// The channels that were used or looked for; none where the table does not answer.
async fn channels(store: &Store) -> BTreeMap<&'static str, ChannelPart> {
    let names = ["mail", "chat"];
    let source = |name: &str| format!("channel:{name}");
    let wanted = names.iter().fold(Wanted::default(), |wanted, name| wanted.fact(&source(name)));
    let Ok(seen) = store.see(wanted).await else { return BTreeMap::new() };
    let part = |fields: &BTreeMap<String, String>| {
        let why = fields.get("why").filter(|why| !why.is_empty()).cloned();
        Some(ChannelPart { state: fields.get("state")?.clone(), why })
    };
    let known = |name| Some((name, part(&seen.fact(&source(name)).ok().flatten()?.fields)?));
    names.into_iter().filter_map(known).collect()
}

impl Probe {
    /// Asks everything that the API needs.
    pub(crate) async fn of(app: &App) -> Self {
        let env = app.env();
        let asked = env.store().control().await;
        if let Err(error) = &asked {
            tracing::error!(%error, "the table is not reachable");
        }
        app.refresh().await;
        let policy = app.policy();
        let config = env.config();
        let settings = [("ROYAL_ISSUER", config.issuer.is_none()), ("ROYAL_JWKS", config.jwks.is_none())];
        Self {
            ready: asked.is_ok() && policy.is_some(),
            table: TablePart { reachable: asked.is_ok() },
            policy: PolicyPart {
                revision: policy.map(|policy| policy.revision().to_owned()),
                published: env.policy().is_published(),
                problem: env.policy().problem(),
            },
            breakers: env.breakers().states(),
            channels: channels(env.store()).await,
            missing_settings: settings.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect(),
            sandbox: config.sandbox,
        }
    }
}
