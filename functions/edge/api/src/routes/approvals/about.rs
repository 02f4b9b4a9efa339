//! A request as the rules of access see it: what it asks, who wrote it, and who lent the reader a role for it.

use crate::{
    auth::{About, Permit},
    problem::Problem,
};
use domain::{ActionId, Record, delegation::Delegations, task::Task};
use policy::rules::access::{Delegation, Request};
use store::{Chained as _, Row, StoreError, seen::Wanted};

/// The request `id`.
///
/// # Errors
/// When nobody was ever asked about it.
pub(in crate::routes) async fn asked(permit: &Permit, id: ActionId) -> Result<Row<Record>, Problem> {
    let row = permit.store().get::<Record>(&id.to_string()).await?;
    row.filter(|row| row.value.approval.is_some()).ok_or_else(|| Problem::not_found("request", &id.to_string()))
}

/// The request `id`, and what others lent the reader, by one reading of the table.
///
/// # Errors
/// When nobody was ever asked about it.
pub(in crate::routes) async fn read(permit: &Permit, id: ActionId) -> Result<(Row<Record>, Delegations), Problem> {
    let (id, lent) = (id.to_string(), nothing_lent(permit));
    let wanted = Wanted::default().thing::<Record>(&id).thing::<Delegations>(&lent.id());
    let seen = permit.store().see(wanted).await?;
    let row = seen.thing::<Record>(&id)?.filter(|row| row.value.approval.is_some());
    let row = row.ok_or_else(|| Problem::not_found("request", &id))?;
    let held = seen.thing::<Delegations>(&lent.id())?;
    Ok((row, held.map_or(lent, |held| held.value)))
}

/// What others lent the reader.
pub(in crate::routes) async fn lent(permit: &Permit) -> Result<Delegations, StoreError> {
    let none = nothing_lent(permit);
    let held = permit.store().get::<Delegations>(&none.id()).await?;
    Ok(held.map_or(none, |held| held.value))
}

/// That nobody lent the reader anything: for what no borrowed role opens.
pub(in crate::routes) fn nothing_lent(permit: &Permit) -> Delegations {
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
    let by = match record.proposal.task {
        Some(task) => permit.store().get::<Task>(&task.to_string()).await?.map(|row| row.value.by),
        None => None,
    };
    Ok(at_first_sight(permit, record, lent, by))
}

/// The same, as far as the request itself says it: where the work that it came from was given by a person, that is
/// not known here, unless it is told as `by`.
pub(in crate::routes) fn at_first_sight(
    permit: &Permit,
    record: &Record,
    lent: &Delegations,
    by: Option<String>,
) -> About {
    let proposal = &record.proposal;
    let people = proposal.authors.iter().flat_map(|author| [author.human.clone(), author.account.clone()]);
    let request = Request {
        kind: proposal.action.kind().to_owned(),
        roles: record.approval.as_ref().map(|approval| approval.roles.clone()).unwrap_or_default(),
        authors: [proposal.agent.to_string()].into_iter().chain(people).chain(by).collect(),
    };
    let held = lent.covering(proposal.id, permit.now());
    let lent = held.map(|held| Delegation { from_human: held.human.clone(), roles: held.roles.clone() });
    About::Request(request, lent.collect())
}
