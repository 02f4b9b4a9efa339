//! A request as the rules of access see it: what it asks, who wrote it, and who lent the reader a role for it.

use crate::{
    auth::{About, Permit},
    problem::Problem,
};
use domain::{ActionId, Record, delegation::Delegations, task::Task};
use policy::rules::access::{Delegation, Request};
use store::{Chained as _, Row, StoreError, seen::Wanted};

/// The request `id`, and what others lent the reader, by one reading of the table.
///
/// # Errors
/// When nobody was ever asked about it.
pub(in crate::routes) async fn read(permit: &Permit, id: ActionId) -> Result<(Row<Record>, Delegations), Problem> {
    let (id, lent) = (id.to_string(), none(permit));
    let wanted = Wanted::default().thing::<Record>(&id).thing::<Delegations>(&lent.id());
    let seen = permit.store().see(wanted).await?;
    let row = seen.thing::<Record>(&id)?.filter(|row| row.value.approval.is_some());
    let row = row.ok_or_else(|| Problem::not_found("request", &id))?;
    let held = seen.thing::<Delegations>(&lent.id())?;
    Ok((row, held.map_or(lent, |held| held.value)))
}

/// What others lent the reader.
pub(in crate::routes) async fn lent(permit: &Permit) -> Result<Delegations, StoreError> {
    let none = none(permit);
    let held = permit.store().get::<Delegations>(&none.id()).await?;
    Ok(held.map_or(none, |held| held.value))
}

fn none(permit: &Permit) -> Delegations {
    Delegations::none(&permit.person().account.to_lowercase(), permit.now())
}

/// The request in `record` as the rules of access see it.
///
/// # Errors
/// When it cannot be read who asked for the work that it came from: then nobody may decide it.
pub(in crate::routes) async fn about(
    permit: &Permit,
    record: &Record,
    lent: &Delegations,
) -> Result<About, StoreError> {
    let proposal = &record.proposal;
    let by = match proposal.task {
        Some(task) => permit.store().get::<Task>(&task.to_string()).await?.map(|row| row.value.by),
        None => None,
    };
    Ok(About::Request(request(record, by), covering(permit, record, lent)))
}

/// What it asks, and who wrote it: the agent, the people who asked for it or changed it, and whoever gave the work
/// that it came from.
fn request(record: &Record, by: Option<String>) -> Request {
    let proposal = &record.proposal;
    let people = proposal.authors.iter().flat_map(|author| [author.human.clone(), author.account.clone()]);
    let roles = record.approval.as_ref().map(|approval| approval.roles.clone()).unwrap_or_default();
    Request {
        kind: proposal.action.kind().to_owned(),
        roles,
        authors: [proposal.agent.to_string()].into_iter().chain(people).chain(by).collect(),
    }
}

fn covering(permit: &Permit, record: &Record, lent: &Delegations) -> Vec<Delegation> {
    let held = lent.covering(record.proposal.id, permit.now());
    held.map(|held| Delegation { from_human: held.human.clone(), roles: held.roles.clone() }).collect()
}
