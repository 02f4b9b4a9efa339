//! All budgets, in pages: the store, its clusters, its agents, then the campaigns that there are.

use super::{books::Books, view::BudgetView};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted, schema},
    problem::{Kind, Problem},
    view::Page,
};
use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which budgets.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only budgets of this kind.
    #[param(schema_with = schema::budget_kind, required = false)]
    kind: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// Lists the budgets that have a limit or were used: limit, use and room of the last hour, day and week.
#[utoipa::path(get, path = "/budgets", operation_id = "listBudgets", tag = "Budgets",
    params(Filter), responses((status = 200, description = "A page of budgets.", body = Page<BudgetView>)))]
pub(super) async fn list(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<BudgetView>>, Problem> {
    let permit = caller.may(Verb::ReadBudgets, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let kind = filter.kind.map(|kind| known(&kind)).transpose()?;
    let books = Books::open(&permit).await?;
    let (shown, next) = books.page(&permit, kind, &wanted).await?;
    let items = shown.iter().map(|budget| books.view(budget)).collect();
    Ok(Json(Page { items, next }))
}

fn known(kind: &str) -> Result<&'static str, Problem> {
    let found = schema::BUDGET_KINDS.into_iter().find(|known| *known == kind);
    found.ok_or_else(|| {
        let known = schema::BUDGET_KINDS.join(", ");
        Problem::field(Kind::Query, "kind", format!("`{kind}` is no kind of budget"), format!("send one of {known}"))
    })
}
