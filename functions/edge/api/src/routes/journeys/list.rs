//! Journeys, by stage.

use super::view::JourneyView;
use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted, schema},
    problem::Problem,
    view::{Order, Page, walk},
};
use axum::Json;
use domain::journey::{Journey, Stage};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which journeys.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only journeys in this stage, such as `DECIDING`.
    #[param(schema_with = schema::stage, required = false)]
    stage: Option<Stage>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists journeys: one stage after the other, each latest first.
#[utoipa::path(get, path = "/journeys", operation_id = "listJourneys", tag = "Journeys",
    params(Filter), responses((status = 200, description = "A page of journeys.", body = Page<JourneyView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<JourneyView>>, Problem> {
    let permit = caller.may(Verb::ReadJourneys, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let stages = filter.stage.map_or(Stage::ALL.to_vec(), |stage| vec![stage]);
    let names: Vec<&str> = stages.iter().map(|stage| stage.name()).collect();
    let page = walk::<Journey>(permit.store(), &names, (&wanted, Order::Latest), |_| true).await?;
    Ok(Json(page.map(|row| JourneyView::from(&row.value))))
}
