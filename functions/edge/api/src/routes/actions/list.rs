//! Actions, by status.

use crate::{
    auth::{About, Caller, Verb},
    extract::{ActionKind, Language, Params, Wanted, Words, schema},
    problem::Problem,
    view::{Order, Page, action::ActionView, spoken, walk},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{AgentName, Record, Status, Tier, text::Lang};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which actions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only actions with this status, such as `EXECUTED`.
    #[param(schema_with = schema::action_status, required = false)]
    status: Option<Status>,
    /// Only what this agent, or a specialist of it, proposed.
    #[param(value_type = Option<String>, pattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length = 80)]
    agent: Option<AgentName>,
    /// Only actions of this type, such as `product.publish`.
    #[serde(rename = "type")]
    #[param(schema_with = schema::action_type, required = false)]
    kind: Option<ActionKind>,
    /// Only actions of this tier.
    #[param(schema_with = schema::tier, required = false)]
    tier: Option<Tier>,
    /// Only what has this text in what will happen, the target, the agent's name or title, or the id.
    #[param(value_type = Option<String>, max_length = 100)]
    q: Option<Words>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

impl Filter {
    fn wants(&self, record: &Record, lang: Lang) -> bool {
        let by = &record.proposal.agent;
        self.agent.as_ref().is_none_or(|agent| agent == by || agent.as_str() == by.function())
            && self.kind.as_ref().is_none_or(|kind| kind.as_str() == record.proposal.action.kind())
            && self.tier.is_none_or(|tier| record.decision.tier == tier)
            && self.q.as_ref().is_none_or(|words| words.are_in(record, lang))
    }
}

/// Lists actions: one status after the other, each latest first. A filtered page can be short and still have a next one.
#[utoipa::path(get, path = "/actions", operation_id = "listActions", tag = "Actions",
    params(Filter), responses((status = 200, description = "A page of actions.", body = Page<ActionView>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadActions, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor.clone())?;
    let statuses = filter.status.map_or(Status::ALL.to_vec(), |status| vec![status]);
    let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
    let page =
        walk::<Record>(permit.store(), &names, (&wanted, Order::Latest), |record| filter.wants(record, lang)).await?;
    let page = page.map(|row| ActionView::new(&row.value, lang));
    Ok(spoken(Json(page).into_response(), lang))
}
