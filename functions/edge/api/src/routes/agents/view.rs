//! What is shown of an agent.

use crate::{Member, auth::Permit, problem::Problem, routes::control::StopView};
use domain::Control;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// An agent, or one of its specialists.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Agent)]
pub(super) struct AgentView {
    /// Its name as paths have it: a specialist's `/` is a `~`.
    #[schema(example = "product-scout~eu-home")]
    id: String,
    /// Its name.
    #[schema(example = "product-scout/eu-home")]
    name: String,
    /// The function that plays it.
    #[schema(example = "product-scout")]
    function: String,
    /// Its cluster.
    #[schema(example = "product")]
    cluster: String,
    /// What it does.
    about: String,
    /// `ACTIVE` or `PAUSED`.
    status: &'static str,
    /// The stop that keeps it from running, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    stop: Option<StopView>,
    /// Runs in all.
    runs: u64,
    /// Runs that ended well.
    succeeded: u64,
    /// Runs that failed.
    failed: u64,
    /// When it last ran; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_run: Option<String>,
    /// How its last run ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_outcome: Option<String>,
    /// When it last said that it is alive; absent if it never did.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<String>,
}

impl AgentView {
    /// The agent as it is now, under the stops in `control`.
    pub(super) async fn read(permit: &Permit, member: &Member, control: &Control) -> Result<Self, Problem> {
        let name = &member.name;
        let known = permit.store().agent(name.as_str()).await?;
        let stop = control.stops_agent(name);
        Ok(Self {
            id: name.as_str().replace('/', "~"),
            name: name.to_string(),
            function: name.function().to_owned(),
            cluster: name.cluster().to_owned(),
            about: member.about.clone(),
            status: if stop.is_some() { "PAUSED" } else { "ACTIVE" },
            stop: stop.map(|(scope, stop)| StopView::new(scope, stop)),
            runs: known.runs,
            succeeded: known.succeeded,
            failed: known.failed,
            last_run: known.last_run,
            last_outcome: known.last_outcome,
            last_seen: known.last_seen,
        })
    }

    /// The same agent, that was heard of just now.
    pub(super) fn seen(self, now: OffsetDateTime) -> Self {
        Self { last_seen: Some(store::keys::instant(now)), ..self }
    }
}
