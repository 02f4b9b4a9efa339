//! The resources, a folder each.

mod actions;
mod activity;
mod agents;
mod approvals;
mod audit;
mod budgets;
mod ceo;
mod clusters;
mod control;
mod customers;
mod delegations;
mod journeys;
pub(crate) mod mcp;
mod me;
mod orders;
mod policies;
mod reports;
mod system;
mod tasks;

use crate::{auth::App, openapi};
use utoipa_axum::router::OpenApiRouter;

/// Where the resources are.
pub(crate) const BASE: &str = "/api/v1";

/// All routes, with their documentation.
pub(crate) fn all() -> OpenApiRouter<App> {
    let resources = OpenApiRouter::new()
        .merge(tasks::routes())
        .merge(agents::routes())
        .merge(approvals::routes())
        .merge(actions::routes())
        .merge(delegations::routes())
        .merge(journeys::routes())
        .merge(orders::routes())
        .merge(activity::routes())
        .merge(audit::routes())
        .merge(ceo::routes())
        .merge(clusters::routes())
        .merge(reports::routes())
        .merge(budgets::routes())
        .merge(policies::routes())
        .merge(customers::routes())
        .merge(control::routes())
        .merge(me::routes());
    OpenApiRouter::with_openapi(openapi::base()).nest(BASE, resources).merge(system::routes())
}
