//! What the CEO function ruled.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Language, Params, Wanted},
    problem::Problem,
    routes::audit::{Only, day_of, of_day},
    view::{Page, action::ActionView, spoken},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{AuditRecord, Record, task::Task, text::Lang};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::seen::{self, Seen};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

/// Name of the function.
const CEO: &str = "ceo";
/// The work by which it rules on a product.
const REVIEW: &str = "review.product";
const ACTION: &str = "ACTION#";
const TASK: &str = "TASK#";

/// Which rulings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// The day in UTC, such as `2026-11-20`; today if not given.
    #[param(format = Date)]
    day: Option<String>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// One ruling: on an action that policy leaves to the CEO function, or on a product.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CeoDecision {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// `approved`, `rejected`, or `escalated` to a person.
    #[schema(example = "approved")]
    ruling: String,
    /// Why, as it was put on record.
    reasons: Vec<String>,
    /// The action that was ruled on, as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<ActionView>,
    /// The task by which a product was ruled on.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    /// The journey of that product.
    #[serde(skip_serializing_if = "Option::is_none")]
    journey: Option<String>,
}

/// Lists what the CEO function ruled on one day, latest first. A page can be short and still have a next one.
#[utoipa::path(get, path = "/ceo/decisions", operation_id = "listCeoDecisions", tag = "CEO",
    params(Filter), responses((status = 200, description = "A page of rulings.", body = Page<CeoDecision>)))]
pub(super) async fn list(
    caller: Caller,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadDashboard, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, filter.cursor)?;
    let day = day_of("day", filter.day.as_deref(), permit.now())?;
    let only = Only { by: Some(CEO.to_owned()), ..Only::default() };
    let page = of_day(permit.store(), day, &wanted, &only).await?;
    let seen = around(&permit, &page.items).await?;
    let mut items = Vec::new();
    for link in &page.items {
        items.extend(ruling(link, &seen, lang)?);
    }
    Ok(spoken(Json(Page { items, next: page.next }).into_response(), lang))
}

/// The actions and tasks that the links are about, in as few requests as there can be.
async fn around(permit: &Permit, links: &[AuditRecord]) -> Result<Seen, Problem> {
    let rows = links.iter().fold(seen::Wanted::default(), |rows, link| {
        match (link.subject.strip_prefix(ACTION), link.subject.strip_prefix(TASK)) {
            (Some(id), _) => rows.thing::<Record>(id),
            (_, Some(id)) => rows.thing::<Task>(id),
            _ => rows,
        }
    });
    Ok(permit.store().see(rows).await?)
}

/// The ruling that a link holds, where it holds one.
fn ruling(link: &AuditRecord, seen: &Seen, lang: Lang) -> Result<Option<CeoDecision>, Problem> {
    if let Some(id) = link.subject.strip_prefix(ACTION) {
        let record = seen.thing::<Record>(id)?;
        return Ok(Some(CeoDecision {
            at: link.at,
            ruling: link.entry.what.clone(),
            reasons: link.entry.reasons.clone(),
            action: record.map(|row| ActionView::new(&row.value, lang)),
            task: None,
            journey: None,
        }));
    }
    let Some(id) = link.subject.strip_prefix(TASK) else { return Ok(None) };
    let task = seen.thing::<Task>(id)?.map(|row| row.value).filter(|task| task.kind == REVIEW);
    Ok(task.and_then(|task| of_product(link, &task)))
}

fn of_product(link: &AuditRecord, task: &Task) -> Option<CeoDecision> {
    let says = |field: &str| task.report.get(field).and_then(Value::as_bool);
    let ruling = match (says("escalated"), says("approved")?) {
        (Some(true), _) => "escalated",
        (_, true) => "approved",
        (_, false) => "rejected",
    };
    let reason = task.report.get("reason").and_then(Value::as_str);
    Some(CeoDecision {
        at: link.at,
        ruling: ruling.to_owned(),
        reasons: reason.map(str::to_owned).into_iter().collect(),
        action: None,
        task: Some(task.id.to_string()),
        journey: task.journey.map(|id| id.to_string()),
    })
}
