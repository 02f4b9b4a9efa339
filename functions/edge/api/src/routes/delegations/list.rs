//! Who stands in for whom now.

use super::view::DelegationView;
use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted},
    problem::Problem,
    view::{Order, Page, walk},
};
use axum::Json;
use domain::delegation::Delegations;
use serde::Deserialize;
use store::Row;
use utoipa::IntoParams;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Most accounts of the page, each with all that it stands in for: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists who stands in for whom now: everybody sees it.
#[utoipa::path(get, path = "/delegations", operation_id = "listDelegations", tag = "Delegations",
    params(Filter), responses((status = 200, description = "A page of delegations.", body = Page<DelegationView>)))]
pub(super) async fn list(
    caller: Caller,
    Params(filter): Params<Filter>,
) -> Result<Json<Page<DelegationView>>, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let (now, held) = (permit.now(), ["HELD"]);
    let page = walk::<Delegations>(permit.store(), &held, (&wanted, Order::Earliest), |_| true).await?;
    let shown = |row: &Row<Delegations>| {
        let standing = row.value.held.iter().filter(|held| now < held.until);
        standing.map(|held| DelegationView::new(&row.value.to, held)).collect::<Vec<_>>()
    };
    Ok(Json(Page { items: page.items.iter().flat_map(shown).collect(), next: page.next }))
}
