//! One action.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, Language},
    problem::Problem,
    refusals,
    view::{
        HistoryView,
        action::{ActionDetail, PremiseView, Surroundings},
        spoken, versioned,
    },
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{ActionId, AuditRecord, Record, text::Lang};
use store::Row;

/// Shows an action with its whole history, and whether the record of it is whole.
#[utoipa::path(get, path = "/actions/{id}", operation_id = "showAction", tag = "Actions",
    params(("id" = String, Path, description = "The action's id.")),
    responses((status = 200, description = "The action.", body = ActionDetail)))]
pub(super) async fn show(caller: Caller, Id(id): Id<ActionId>, Language(lang): Language) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadActions, About::Nothing)?;
    let Some((row, chain)) = permit.store().history::<Record>(&id.to_string()).await? else {
        return waiting(&permit, id, lang).await;
    };
    let detail = detail(&permit, &row, &chain, lang).await?;
    Ok(spoken(versioned(detail, row.seq), lang))
}

/// The action while it waits for the gate. It may be taken between the two readings: then it is there at last.
async fn waiting(permit: &Permit, id: ActionId, lang: Lang) -> Result<Response, Problem> {
    if let Some(proposal) = permit.store().proposal(id).await? {
        return Ok(spoken(Json(ActionDetail::proposed(&proposal, lang)).into_response(), lang));
    }
    let taken = permit.store().history::<Record>(&id.to_string()).await?;
    let (row, chain) = taken.ok_or_else(|| Problem::not_found("action", &id.to_string()))?;
    Ok(spoken(versioned(detail(permit, &row, &chain, lang).await?, row.seq), lang))
}

/// Everything about the action in `row`.
pub(in crate::routes) async fn detail(
    permit: &Permit,
    row: &Row<Record>,
    chain: &[AuditRecord],
    lang: Lang,
) -> Result<ActionDetail, Problem> {
    let record = &row.value;
    let premises = &record.proposal.premises;
    let around = Surroundings {
        premises: match record.status.settled() {
            true => PremiseView::written(premises),
            false => PremiseView::now(permit.store(), premises).await?,
        },
        refused: refusals::of(permit, record.proposal.id).await?,
        history: HistoryView::of(row, chain),
    };
    Ok(ActionDetail::new(record, around, lang))
}
