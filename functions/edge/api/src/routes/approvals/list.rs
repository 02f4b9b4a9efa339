//! Requests that wait, by deadline.

use super::{card::ApprovalCard, priority::last_call};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Language, Params, Wanted, schema},
    problem::Problem,
    view::{Order, Page, spoken, walk},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{Action, AgentName, Record, Status, Tier};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only what this agent, or a specialist of it, proposed.
    #[param(value_type = Option<String>, pattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length = 80)]
    agent: Option<AgentName>,
    /// Only what agents of this cluster proposed.
    cluster: Option<String>,
    /// Only actions of this type, such as `product.publish`.
    #[serde(rename = "type")]
    #[param(schema_with = schema::action_type, required = false)]
    kind: Option<Kind>,
    /// Only actions of this tier: `CEO` or `HIGH`.
    #[param(schema_with = schema::tier, required = false)]
    tier: Option<Tier>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// A type of an action that exists.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Kind(String);

impl TryFrom<String> for Kind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if Action::KINDS.contains(&text.as_str()) {
            return Ok(Self(text));
        }
        Err(format!("unknown type, expected one of {}", Action::KINDS.join(", ")))
    }
}

impl Filter {
    fn wants(&self, record: &Record) -> bool {
        let (agent, kind) = (&record.proposal.agent, record.proposal.action.kind());
        self.agent.as_ref().is_none_or(|wanted| wanted == agent || wanted.as_str() == agent.function())
            && self.cluster.as_deref().is_none_or(|wanted| wanted == agent.cluster())
            && self.kind.as_ref().is_none_or(|wanted| wanted.0 == kind)
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
