//! The health of the whole, as far as it can be counted.

use crate::takings::{self, Takings};
use agent::{AgentError, Context, Turn};
use domain::{Status, journey::Stage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::view::AgentView;

/// Things of one kind that are counted before a count says "at least".
const MOST: usize = 1000;

/// The agents to look at; those of the product cluster where nothing is said.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Roster {
    agents: Vec<String>,
}

impl Default for Roster {
    fn default() -> Self {
        let agents =
            ["product-manager", "product-scout", "product-vetting", "product-pricing", "product-publisher", "ceo"];
        Self { agents: agents.map(str::to_owned).into() }
    }
}

/// How many there are of each.
pub(crate) type Counts = BTreeMap<&'static str, usize>;

/// What was counted, and what stands out.
#[derive(Debug, Serialize)]
struct Health {
    /// Journeys by stage.
    journeys: Counts,
    /// Actions by status.
    actions: Counts,
    /// Agents by name.
    agents: BTreeMap<String, AgentView>,
    /// What was sold and what is left of it; absent while nothing was booked.
    business: Option<Takings>,
    /// What a person should look at.
    findings: Vec<String>,
    /// What nobody can say yet.
    missing: Vec<String>,
}

/// Counts, and says what stands out.
pub(crate) async fn health(ctx: &Context<'_>, roster: &Roster) -> Result<Turn, AgentError> {
    let (journeys, actions) = (journeys(ctx).await?, actions(ctx).await?);
    let mut agents = BTreeMap::new();
    for name in &roster.agents {
        agents.insert(name.clone(), ctx.reads.agent(name).await?);
    }
    let findings = findings(&actions, &agents);
    let business = takings::of(ctx).await?;
    let mut missing = takings::missing(business.as_ref());
    missing.push("customer satisfaction: nobody measures it yet".to_owned());
    Ok(Turn::report(&Health { journeys, actions, agents, business, findings, missing }))
}

/// Journeys by stage.
pub(crate) async fn journeys(ctx: &Context<'_>) -> Result<Counts, AgentError> {
    let mut journeys = Counts::new();
    for stage in Stage::ALL {
        journeys.insert(stage.name(), ctx.reads.journeys_in(stage.name(), MOST).await?);
    }
    Ok(journeys)
}

/// Actions by status.
pub(crate) async fn actions(ctx: &Context<'_>) -> Result<Counts, AgentError> {
    let mut actions = Counts::new();
    for status in Status::ALL.into_iter().filter(|status| *status != Status::Proposed) {
        actions.insert(status.name(), ctx.reads.actions_in(status.name(), MOST).await?);
    }
    Ok(actions)
}

/// What a person should look at, in words.
pub(crate) fn findings(actions: &Counts, agents: &BTreeMap<String, AgentView>) -> Vec<String> {
    let stands_out = [
        (Status::Pending, "wait for a person"),
        (Status::Unknown, "are in doubt: nobody knows whether they arrived"),
        (Status::Failed, "failed"),
        (Status::Held, "are held by a stop"),
    ];
    let counted = stands_out.into_iter().filter_map(|(status, what)| {
        let count = actions.get(status.name()).copied().unwrap_or_default();
        (count > 0).then(|| format!("{count} actions {what}"))
    });
    counted.chain(agents.iter().filter_map(|(name, view)| ailing(name, view))).collect()
}

/// What is wrong with an agent, if anything.
fn ailing(name: &str, view: &AgentView) -> Option<String> {
    if view.runs == 0 {
        return Some(format!("{name} has never run"));
    }
    let last = view.last_run.as_deref().unwrap_or("an unknown time");
    let failed = view.last_outcome.as_deref() == Some("failed");
    failed.then(|| format!("the last run of {name}, at {last}, failed ({} of {} runs)", view.failed, view.runs))
}
