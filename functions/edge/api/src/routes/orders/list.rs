//! Orders, latest change first.

use super::{
    find::{Sought, page},
    view::OrderView,
    waits::{Known, asked},
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted, Words, schema},
    problem::Problem,
    view::{Page, spoken},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{Order, Record, order::OrderStage};
use serde::Deserialize;
use store::{Row, Store};
use utoipa::IntoParams;

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only orders in this stage, such as `HELD`.
    #[param(schema_with = schema::order_stage, required = false)]
    stage: Option<OrderStage>,
    /// Only the order with this id of the shop, or orders with this text in their name, such as `#1001`.
    #[param(value_type = Option<String>, max_length = 100, example = "1001")]
    q: Option<Words>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists orders, what changed last first. An id is looked up; names are looked through page by page, so such a page can be short and still have a next one.
#[utoipa::path(get, path = "/orders", operation_id = "listOrders", tag = "Orders",
    params(Filter), responses((status = 200, description = "A page of orders.", body = Page<OrderView>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadOrders, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let stages = filter.stage.map_or(OrderStage::ALL.to_vec(), |stage| vec![stage]);
    let found = page(permit.store(), &Sought { stages, words: filter.q }, &wanted).await?;
    let known = under_way(permit.store(), &found.items).await?;
    Ok(spoken(Json(found.map(|row| OrderView::new(&row.value, &known, lang))).into_response(), lang))
}

/// Where the actions are that the orders wait for, in as few requests as there can be.
async fn under_way(store: &Store, rows: &[Row<Order>]) -> Result<Known, Problem> {
    let mut ids = Vec::new();
    for row in rows {
        ids.extend(asked(&row.value).map(|parcel| parcel.action.to_string()));
    }
    let records = store.things::<Record>(&ids).await?;
    Ok(records.into_iter().map(|row| (row.value.proposal.id, row.value.status)).collect())
}
