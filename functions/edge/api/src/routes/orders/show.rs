//! One order.

use super::{around, detail::OrderDetail, id::OrderId};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Id, Language},
    problem::Problem,
    view::{HistoryView, spoken, versioned},
};
use axum::response::Response;
use domain::Order;

/// Shows an order with its lines, parcels and money, what was found about it, what it waits for, its actions and its record.
#[utoipa::path(get, path = "/orders/{id}", operation_id = "showOrder", tag = "Orders",
    params(("id" = String, Path, description = "The shop's id of the order.", example = "5678901234567")),
    responses((status = 200, description = "The order.", body = OrderDetail)))]
pub(super) async fn show(caller: Caller, Id(id): Id<OrderId>, Language(lang): Language) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadOrders, About::Nothing)?;
    let found = permit.store().history::<Order>(id.as_str()).await?;
    let (row, chain) = found.ok_or_else(|| Problem::not_found("order", id.as_str()))?;
    let actions = around::actions(&permit, &row.value).await?;
    let history = HistoryView::of(&row, &chain);
    let detail = OrderDetail::new(&row.value, (&actions, &chain), history, lang);
    Ok(spoken(versioned(detail, row.seq), lang))
}
