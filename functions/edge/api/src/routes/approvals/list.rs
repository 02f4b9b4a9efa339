//! Requests that wait, by deadline.

use super::{card::ApprovalCard, priority::last_call};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted},
    problem::Problem,
    view::{Order, Page, spoken, walk},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{Record, Status, Tier};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only what this agent, or a specialist of it, proposed.
    agent: Option<String>,
    /// Only what agents of this cluster proposed.
    cluster: Option<String>,
    /// Only actions of this type, such as `product.publish`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Only actions of this tier: `CEO` or `HIGH`.
    #[param(value_type = Option<String>)]
    tier: Option<Tier>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl Filter {
    fn wants(&self, record: &Record) -> bool {
        let (agent, action) = (&record.proposal.agent, &record.proposal.action);
        let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|w| w == found);
        (is(&self.agent, agent.as_str()) || is(&self.agent, agent.function()))
            && is(&self.cluster, agent.cluster())
            && is(&self.kind, action.kind())
            && self.tier.is_none_or(|tier| tier == record.decision.tier)
    }
}

/// Lists the requests that wait for people, the nearest deadline first.
#[utoipa::path(get, path = "/approvals", operation_id = "listApprovals", tag = "Approvals",
    params(Filter), responses((status = 200, description = "A page of requests.", body = Page<ApprovalCard>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor.clone())?;
    let pending = [Status::Pending.name()];
    let keep = |record: &Record| filter.wants(record);
    let page = walk(permit.store(), &pending, (&wanted, Order::Earliest), keep).await?;
    let times = (last_call(permit.policy().as_deref()), permit.now());
    let items = page.items.iter().filter_map(|row| {
        let approval = row.value.approval.as_ref()?;
        Some(ApprovalCard::new((&row.value, approval), times, lang))
    });
    let page = Page { items: items.collect(), next: page.next };
    Ok(spoken(Json(page).into_response(), lang))
}
