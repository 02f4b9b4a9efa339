//! The agents of a cluster, all together.

use crate::{Member, auth::Permit, problem::Problem};
use domain::Control;
use futures::future::try_join_all;
use serde::Serialize;
use store::view::AgentView;
use utoipa::ToSchema;

/// The agents of a cluster.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClusterAgents)]
pub(super) struct Crew {
    /// Agents in the catalogue.
    total: usize,
    /// Agents that run, and whose last run ended well.
    healthy: usize,
    /// Agents that run, and whose last run failed.
    failing: usize,
    /// Agents that a stop covers.
    paused: usize,
    /// Agents that run, and never ran yet.
    idle: usize,
}

impl Crew {
    /// The agents of `cluster` as they are now, under the stops in `control`.
    pub(super) async fn read(permit: &Permit, cluster: &str, control: &Control) -> Result<Self, Problem> {
        let members: Vec<&Member> =
            permit.roster().members().iter().filter(|member| member.name.cluster() == cluster).collect();
        let known = members.iter().map(|member| permit.store().agent(member.name.as_str()));
        let known = try_join_all(known).await?;
        let mut crew = Self { total: members.len(), ..Self::default() };
        for (member, known) in members.iter().zip(&known) {
            *crew.place(control.stops_agent(&member.name).is_some(), known) += 1;
        }
        Ok(crew)
    }

    fn place(&mut self, stopped: bool, known: &AgentView) -> &mut usize {
        match known.last_outcome.as_deref() {
            _ if stopped => &mut self.paused,
            None => &mut self.idle,
            Some("failed") => &mut self.failing,
            Some(_) => &mut self.healthy,
        }
    }
}
