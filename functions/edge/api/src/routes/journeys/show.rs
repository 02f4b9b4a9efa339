//! One journey.

use super::view::JourneyDetail;
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::Problem,
    view::{HistoryView, versioned},
};
use axum::response::Response;
use domain::{JourneyId, journey::Journey};

/// Shows a journey with what every stage found and everything that happened to it.
#[utoipa::path(get, path = "/journeys/{id}", operation_id = "showJourney", tag = "Journeys",
    params(("id" = String, Path, description = "The journey's id.")),
    responses((status = 200, description = "The journey.", body = JourneyDetail)))]
pub(super) async fn show(caller: Caller, Id(id): Id<JourneyId>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadJourneys, About::Nothing)?;
    let id = id.to_string();
    let found = permit.store().history::<Journey>(&id).await?;
    let (row, chain) = found.ok_or_else(|| Problem::not_found("journey", &id))?;
    let history = HistoryView::of(&row, &chain);
    Ok(versioned(JourneyDetail::new(&row.value, history), row.seq))
}
