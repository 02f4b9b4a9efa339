//! The dashboard's figures.

use super::{
    business::{Business, business},
    counts::{Counts, counts},
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    problem::Problem,
    routes::control::{self, StopView},
};
use axum::Json;
use domain::Control;
use futures::future::try_join_all;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The whole store at a glance: only what is known, nothing that is not.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dashboard {
    /// When it was put together.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// The policy revision in force; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_revision: Option<String>,
    /// How many things are where.
    #[serde(flatten)]
    counts: Counts,
    /// What was sold and what is left of it; absent where nothing was booked in 30 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    business: Option<Business>,
    /// The agents, all together.
    agents: Crew,
    /// The stops that are on.
    stops: Vec<StopView>,
}

/// All agents together.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Crew {
    /// Agents in the catalogue.
    total: usize,
    /// Agents that have ever run.
    ran: usize,
    /// Agents that a stop covers.
    paused: usize,
    /// Runs that ended well.
    succeeded: u64,
    /// Runs that failed.
    failed: u64,
    /// Runs that ended well, of all that ended, in whole percent; absent before the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    success_percent: Option<u64>,
}

/// Shows what is waiting, what was done and how the agents do.
#[utoipa::path(get, path = "/ceo/dashboard", operation_id = "showDashboard", tag = "CEO",
    responses((status = 200, description = "The figures that exist.", body = Dashboard)))]
pub(super) async fn dashboard(caller: Caller) -> Result<Json<Dashboard>, Problem> {
    let permit = caller.may(Verb::ReadDashboard, About::Nothing)?;
    let (control, _) = control::read(&permit).await?;
    let stops = control.stops.iter();
    Ok(Json(Dashboard {
        at: permit.now(),
        policy_revision: permit.policy().map(|policy| policy.revision().to_owned()),
        counts: counts(&permit).await?,
        business: business(&permit).await?,
        agents: crew(&permit, &control).await?,
        stops: stops.map(|(scope, stop)| StopView::new(scope, stop)).collect(),
    }))
}

async fn crew(permit: &Permit, control: &Control) -> Result<Crew, Problem> {
    let members = permit.roster().members();
    let views = members.iter().map(|m| permit.store().agent(m.name.as_str()));
    let views = try_join_all(views).await?;
    let paused = |m: &&crate::Member| control.stops_agent(&m.name).is_some();
    let succeeded: u64 = views.iter().map(|view| view.succeeded).sum();
    let failed: u64 = views.iter().map(|view| view.failed).sum();
    Ok(Crew {
        total: members.len(),
        ran: views.iter().filter(|view| view.runs > 0).count(),
        paused: members.iter().filter(paused).count(),
        success_percent: (succeeded * 100).checked_div(succeeded + failed),
        succeeded,
        failed,
    })
}
