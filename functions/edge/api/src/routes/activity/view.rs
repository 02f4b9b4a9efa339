//! What is shown of something that happened.

use crate::{
    auth::Permit,
    problem::Problem,
    view::{LinkView, action::AgentRef},
};
use domain::{AuditRecord, Record, task::Task, text::Lang};
use serde::Serialize;
use std::collections::BTreeMap;
use store::seen::Wanted;
use utoipa::ToSchema;

/// Something that happened: the audit record, and in words what it is about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Activity)]
pub(super) struct ActivityView {
    #[serde(flatten)]
    link: LinkView,
    #[serde(flatten)]
    thing: Thing,
}

/// What something is about, where that is an action or a task.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ActivityThing)]
pub(super) struct Thing {
    /// What an action does, or what work a task is: told by us, never in an agent's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    /// Whose action or task it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<AgentRef>,
}

impl ActivityView {
    pub(super) fn new(link: &AuditRecord, around: &BTreeMap<String, Thing>) -> Self {
        let thing = around.get(&link.subject).cloned().unwrap_or_default();
        Self { link: LinkView::from(link), thing }
    }
}

/// What the links are about, by their subjects, in as few requests as there can be.
pub(super) async fn around(
    permit: &Permit,
    links: &[AuditRecord],
    lang: Lang,
) -> Result<BTreeMap<String, Thing>, Problem> {
    let rows = links.iter().fold(Wanted::default(), |rows, link| match link.subject.split_once('#') {
        Some(("ACTION", id)) => rows.thing::<Record>(id),
        Some(("TASK", id)) => rows.thing::<Task>(id),
        _ => rows,
    });
    let seen = permit.store().see(rows).await?;
    let mut things = BTreeMap::new();
    for subject in links.iter().map(|link| &link.subject) {
        let thing = match subject.split_once('#') {
            Some(("ACTION", id)) => seen.thing::<Record>(id)?.map(|row| of_action(&row.value, lang)),
            Some(("TASK", id)) => seen.thing::<Task>(id)?.map(|row| of_task(&row.value)),
            _ => None,
        };
        things.extend(thing.map(|thing| (subject.clone(), thing)));
    }
    Ok(things)
}

fn of_action(record: &Record, lang: Lang) -> Thing {
    let proposal = &record.proposal;
    Thing { about: Some(proposal.action.sentence(lang)), agent: Some(AgentRef::from(&proposal.agent)) }
}

fn of_task(task: &Task) -> Thing {
    Thing { about: Some(task.kind.clone()), agent: Some(AgentRef::from(&task.agent)) }
}
